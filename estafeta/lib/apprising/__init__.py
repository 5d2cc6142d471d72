"""A hundred chat and push services behind addresses of one form, spoken to by Apprise.

The library weighs more than a worker and follows addresses that people typed: it runs in a process
of its own that lives as long as there is something to say, has little memory, writes no files, and
connects to nothing that the guard of `lib.outside` refuses.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 25.0
_KEPT = (
    "PATH", "LANG", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
)  # fmt: skip


class Looked(NamedTuple):
    """What an address is: the service it names, and how it may be shown; else `wrong` says why not."""

    service: str = ""
    shown: str = ""
    wrong: str = ""


class Said(NamedTuple):
    """What came of a message; `status` is that of HTTP, 0 where there was none."""

    is_sent: bool
    status: int = 0
    reason: str = ""


class Hung(Exception):
    """The process gave no answer in time, or died."""


class Speaker:
    """The process, for one thread. Raises Hung."""

    def __init__(self, allowed: Sequence[str] = (), *, kind: str = "chat") -> None:
        self._allowed = list(allowed)
        self._kind = kind
        self._process: subprocess.Popen[bytes] | None = None

    def look(self, url: str) -> Looked:
        """Judge an address without asking anybody."""
        return Looked(**self._ask({"do": "look", "url": url}))

    def send(self, url: str, title: str, body: str, *, is_urgent: bool = False) -> Said:
        """Say it there."""
        told = {"do": "send", "url": url, "title": title, "body": body, "is_urgent": is_urgent}
        return Said(**self._ask(told))

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _ask(self, told: dict[str, Any]) -> dict[str, Any]:
        try:
            process = self._running()
            assert process.stdin is not None
            process.stdin.write(json.dumps(told).encode() + b"\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(_line(process))
        except (OSError, ValueError, Hung) as error:
            self.close()
            raise Hung(str(error) or type(error).__name__) from error
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            keeps = {name: os.environ[name] for name in _KEPT if name in os.environ}
            keeps["PYTHONPATH"] = str(Path(__file__).resolve().parents[3])
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "estafeta.lib.apprising"),
                    *(json.dumps(self._allowed), self._kind),
                ],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=keeps,
            )  # fmt: skip
        return self._process


def _line(process: subprocess.Popen[bytes]) -> bytes:
    """What the process says next, to the end of the line."""
    assert process.stdout is not None
    end, got = time.monotonic() + SECONDS, b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not got.endswith(b"\n"):
            if not selector.select(max(0.0, end - time.monotonic())):
                raise Hung("no answer in time")
            part = os.read(process.stdout.fileno(), 65536)
            if not part:
                raise Hung("the process has ended")
            got += part
    return got
