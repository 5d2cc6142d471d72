"""Pictures of files: small ones for the page, large ones for the viewer, pages of PDFs.

Bytes of strangers are decoded in a process of its own with little memory and little time: a picture
that fills either ends that process and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SMALL, LARGE, CLEAN = "small.webp", "large.webp", "clean"
DRAWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""A browser shows these itself; of them nothing but what was decoded here is shown."""
PAGED = "application/pdf"
SECONDS = 40
_FEW_AT_A_TIME = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Looks:
    """What was found; no `width` means that no picture could be made."""

    width: int = 0
    height: int = 0
    pages: int = 0
    is_clean: bool = False
    """A copy without place, device and whatever is hidden behind the picture lies in the folder."""


def look(source: Path, media_type: str, folder: Path) -> Looks:
    """Make the pictures of a file in the folder; nothing for what is no picture."""
    if media_type not in DRAWN and media_type != PAGED:
        return Looks()
    told = _run("look", media_type, str(source), str(folder))
    return Looks(**told) if told else Looks()


def draw_page(source: Path, number: int, into: Path) -> bool:
    """One page of a PDF, counted from 1, as a picture; whether it could be made."""
    return bool(_run("page", str(number), str(source), str(into)))


def _run(*arguments: str) -> dict[str, Any] | None:
    command = [sys.executable, "-m", "estafeta.lib.pictures", *arguments]
    keeps = {
        key: os.environ[key]
        for key in ("PATH", "LANG", "LD_LIBRARY_PATH", "PYTHONPATH")
        if key in os.environ
    }
    keeps["PYTHONPATH"] = str(Path(__file__).resolve().parents[3])
    with _FEW_AT_A_TIME:
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=SECONDS, check=True, env=keeps,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            told: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, OSError, ValueError):
            return None
    return told
