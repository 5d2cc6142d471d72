"""Where the bytes of files lie: a folder, or a storage that speaks S3. Names are made up here."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

ALIAS = "attachments"


class Blobs(Protocol):
    """What both storages can do."""

    def save(self, name: str, content: Any) -> str: ...
    def delete(self, name: str) -> None: ...
    def exists(self, name: str) -> bool: ...
    def size(self, name: str) -> int: ...
    def part(self, name: str, first: int, last: int) -> IO[bytes]: ...


class FolderBlobs(FileSystemStorage):
    """Files under one folder, readable by the owner of the process only."""

    def _save(self, name: str, content: File[bytes]) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        with open(self.path(kept), "rb") as file:
            os.fsync(file.fileno())
        return kept

    def part(self, name: str, first: int, last: int) -> IO[bytes]:
        """The bytes from `first` on; whoever reads stops at `last`."""
        file = open(self.path(name), "rb")  # noqa: SIM115, the caller closes it
        file.seek(first)
        return file

    def delete(self, name: str) -> None:
        """Gone already is gone."""
        with suppress(FileNotFoundError):
            super().delete(name)


def blobs() -> Blobs:
    """The one of this installation."""
    return cast(Blobs, storages[ALIAS])


def fresh_name() -> str:
    """Nobody can guess it, and no folder becomes crowded."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token}"


def put(source: Path, name: str) -> str:
    """Keep a copy of a file under the name."""
    with source.open("rb") as file:
        return blobs().save(name, File(file))


def local_copy(name: str, into: Path) -> Path:
    """The bytes as a file of this machine, for programs that need one."""
    with blobs().part(name, 0, blobs().size(name) - 1) as source, into.open("wb") as out:
        while piece := source.read(1024 * 1024):
            out.write(piece)
    return into
