"""Styles and scripts under an address that names their content: cached for ever, never stale.

The whole folder has one version, so that scripts and styles can name each other by relative paths.
A published copy holds a compressed twin of each file, which is what browsers are sent.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from hashlib import blake2b
from pathlib import Path

# Fonts and pictures are compressed already.
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt", ".html"}
KEPT = 2


def version(source: Path) -> str:
    """Name the content of a folder."""
    digest = blake2b(digest_size=6)
    for path in sorted(source.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(source).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()


def publish(source: Path, folder: Path) -> Path:
    """Make sure that the current version lies in `folder`, and little else; give its path."""
    target = folder / version(source)
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
    made.chmod(0o755)
    shutil.copytree(source, made, dirs_exist_ok=True)
    for path in made.rglob("*"):
        if path.suffix in COMPRESSED:
            twin = path.with_name(f"{path.name}.gz")
            twin.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    try:
        os.rename(made, target)
    except OSError:  # another process was quicker
        shutil.rmtree(made)
    _forget_old(folder, target)
    return target


def _forget_old(folder: Path, current: Path) -> None:
    # The one before stays for pages that are open during an upgrade.
    versions = [path for path in folder.iterdir() if path.is_dir() and path != current]
    versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in versions[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
