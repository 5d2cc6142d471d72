"""Send files of people in small pieces, without a thread or the whole file in memory.

An address is given out signed (`address_of`) by a page that checked who asks; the sender checks
nothing but the signature.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO
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


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a file (ASGI)."""
    if scope["method"] not in ("GET", "HEAD"):
        await _refuse(send, 405)
        return
    name = scope["path"].removeprefix(PREFIX)
    path = _file(name, parse_qs(scope["query_string"].decode("latin-1")))
    if path is None:
        await _refuse(send, 404)
        return
    try:
        file = await asyncio.to_thread(path.open, "rb")
    except OSError:
        await _refuse(send, 404)
        return
    with file:
        await _answer(scope, send, file, path)


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


async def _answer(scope: Scope, send: Send, file: BinaryIO, path: Path) -> None:
    about = path.stat()
    tag = blake2b(f"{about.st_mtime_ns}:{about.st_size}".encode(), digest_size=8).hexdigest()
    asked = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    headers = {
        "content-type": TYPES[path.suffix.lower()],
        "etag": f'"{tag}"',
        "accept-ranges": "bytes",
        "cache-control": "private, max-age=604800",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
    }
    if asked.get("if-none-match") == headers["etag"]:
        await _reply(send, 304, headers)
        return
    status, first, last = _part(asked.get("range", ""), about.st_size)
    if status == 416:
        await _reply(send, 416, {"content-range": f"bytes */{about.st_size}"})
        return
    if status == 206:
        headers["content-range"] = f"bytes {first}-{last}/{about.st_size}"
    headers["content-length"] = str(last - first + 1)
    await _start(send, status, headers)
    left = last - first + 1 if scope["method"] == "GET" else 0
    await asyncio.to_thread(file.seek, first)
    while left > 0:
        piece = await asyncio.to_thread(file.read, min(PIECE, left))
        if not piece:
            break
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


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


async def _refuse(send: Send, status: int) -> None:
    await _reply(send, status, {"content-type": "text/plain", "cache-control": "no-store"})


async def _reply(send: Send, status: int, headers: dict[str, str]) -> None:
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    pairs = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
