"""Styles and scripts under an address that names their content: cached for ever, never stale.

The whole folder has one version, so that scripts and styles can name each other by relative paths.
In a published copy modules and style sheets are put together, and each file has a compressed twin,
which is what browsers are sent.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import tempfile
from hashlib import blake2b
from pathlib import Path

from estafeta.lib import scripts

# Fonts and pictures are compressed already.
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt", ".html"}
KEPT = 2
ON_EVERY_PAGE = "app.js"
_BESIDE = re.compile(r'^@import "(?P<name>[\w-]+\.css)";\n', re.MULTILINE)


def version(source: Path) -> str:
    """Name the content of a folder, and the way in which it is put together."""
    digest = blake2b(Path(scripts.__file__).read_bytes(), digest_size=6)
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
    join(made)
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


def join(folder: Path) -> None:
    """Put together what a page would fetch in many pieces."""
    if (folder / "js" / ON_EVERY_PAGE).is_file():
        scripts.publish(folder / "js", ON_EVERY_PAGE)
    css = folder / "css"
    for sheet in css.glob("*.css"):
        text = sheet.read_text()
        joined = _BESIDE.sub(lambda found: (css / found["name"]).read_text(), text)
        if joined != text:
            sheet.write_text(joined)


def _forget_old(folder: Path, current: Path) -> None:
    # The one before stays for pages that are open during an upgrade.
    versions = [path for path in folder.iterdir() if path.is_dir() and path != current]
    versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in versions[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
