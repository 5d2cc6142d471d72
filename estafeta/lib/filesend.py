"""Send files of people in small pieces, without a thread or the whole file in memory.

The address of a photo is given out signed (`address_of`) by a page that checked who asks; the sender
checks nothing but the signature. Files of tickets are asked for anew each time (`handed_files.py`).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qs, quote

from django.conf import settings
from django.core.signing import BadSignature, Signer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PREFIX = "/files/"
PIECE = 64 * 1024
# Only what a browser shows as a picture; anything else is not sent.
TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})$")


def _signer() -> Signer:
    return Signer(salt="estafeta.files")


def address_of(name: str) -> str:
    """Give the signed address of a file that lies under MEDIA_ROOT."""
    return f"{PREFIX}{quote(name)}?s={_signer().signature(name)}"


@dataclass(frozen=True)
class Source:
    """Bytes that can be read from any place; what has the same `mark` has the same bytes."""

    mark: str
    size: int
    part: Callable[[int, int], IO[bytes]]
    """From the first byte to the last; whoever calls it closes it."""


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a file (ASGI)."""
    if scope["method"] not in ("GET", "HEAD"):
        await refuse(send, 405)
        return
    name = scope["path"].removeprefix(PREFIX)
    path = _file(name, parse_qs(scope["query_string"].decode("latin-1")))
    if path is None:
        await refuse(send, 404)
        return
    headers = [
        ("content-type", TYPES[path.suffix.lower()]),
        ("cache-control", "private, max-age=604800"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "same-origin"),
    ]
    try:
        await send_part(scope, send, _source(path), headers)
    except OSError:
        await refuse(send, 404)


def _file(name: str, query: dict[str, list[str]]) -> Path | None:
    try:
        _signer().unsign(f"{name}:{query.get('s', [''])[0]}")
    except BadSignature:
        return None
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root) or path.suffix.lower() not in TYPES or not path.is_file():
        return None
    return path


def _source(path: Path) -> Source:
    about = path.stat()

    def part(first: int, last: int) -> IO[bytes]:
        file = path.open("rb")
        file.seek(first)
        return file

    return Source(f"{about.st_mtime_ns}:{about.st_size}", about.st_size, part)


async def send_part(
    scope: Scope, send: Send, source: Source, headers: Sequence[tuple[str, str]]
) -> None:
    """Send what was asked for: the whole, a range, or that nothing has changed.

    Raises OSError before anything is sent when the bytes are not there.
    """
    tag = blake2b(source.mark.encode(), digest_size=8).hexdigest()
    asked = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    told = [*headers, ("etag", f'"{tag}"'), ("accept-ranges", "bytes")]
    if f'"{tag}"' in asked.get("if-none-match", ""):
        await _reply(send, 304, told)
        return
    wanted = asked.get("range", "") if asked.get("if-range", f'"{tag}"') == f'"{tag}"' else ""
    status, first, last = _part(wanted, source.size)
    if status == 416:
        await _reply(send, 416, [("content-range", f"bytes */{source.size}")])
        return
    if status == 206:
        told.append(("content-range", f"bytes {first}-{last}/{source.size}"))
    left = last - first + 1
    told.append(("content-length", str(left)))
    if scope["method"] != "GET" or left <= 0:
        await _reply(send, status, told)
        return
    file = await asyncio.to_thread(source.part, first, last)
    try:
        await _start(send, status, told)
        while left > 0:
            piece = await asyncio.to_thread(file.read, min(PIECE, left))
            if not piece:
                break
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        await asyncio.to_thread(file.close)


def _part(asked: str, size: int) -> tuple[int, int, int]:
    """Give the status and the first and last byte; one range is enough for every browser."""
    found = _RANGE.match(asked)
    if not found or found.groups() == ("", ""):
        return 200, 0, size - 1
    start, end = found.groups()
    if not start:
        first, last = max(size - int(end), 0), size - 1
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
    return (206, first, last) if first <= last else (416, 0, 0)


async def refuse(send: Send, status: int) -> None:
    """Say no without a word."""
    await _reply(send, status, [("content-type", "text/plain"), ("cache-control", "no-store")])


async def _reply(send: Send, status: int, headers: Sequence[tuple[str, str]]) -> None:
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _start(send: Send, status: int, headers: Sequence[tuple[str, str]]) -> None:
    pairs = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
