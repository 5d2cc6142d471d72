"""The web application, plain ASGI: live stream, files, and pages through WSGI.

Pages run under WSGI inside this process because Django's own ASGI handler opens a database
connection for every request of a synchronous view.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "estafeta.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

_wsgi = get_wsgi_application()

# Only now: these read Django's settings.
from estafeta.lib import filesend  # noqa: E402
from estafeta.lib.handed_files import HandedFiles  # noqa: E402
from estafeta.lib.whole_body import Uploads, WholeBody  # noqa: E402
from estafeta.lib.wsgi_threads import WSGIThreads  # noqa: E402
from estafeta.notifications import popups  # noqa: E402
from estafeta.realtime.stream import Stream  # noqa: E402

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PAGE_THREADS = 16
_events = Stream(popups)
_threads = WSGIThreads(_wsgi, threads=PAGE_THREADS)


async def _in_a_thread(scope: Scope, receive: Receive, send: Send) -> None:
    """Pages. A name with "_" would be taken for one with "-" that only a proxy may send."""
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    plain = {**scope, "headers": headers}
    await _threads(plain, _as_coroutine(receive), send)


_uploads = Uploads(("/attachments", "/api/v1/files"), settings.UPLOAD_MEGABYTES * 1_000_000)
_pages = WholeBody(HandedFiles(_in_a_thread), uploads=_uploads)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand each request to the part that answers it."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    if scope["type"] != "http":
        raise ValueError(f"Estafeta does not speak {scope['type']}")
    path = scope["path"]
    if path == "/events":
        await _events(scope, receive, send)
    elif path.startswith(filesend.PREFIX):
        await filesend.app(scope, receive, send)
    else:
        await _pages(scope, receive, send)


def _as_coroutine(receive: Receive) -> Receive:
    """granian's `receive` returns a future; a2wsgi schedules what it gets as a coroutine."""

    async def once() -> MutableMapping[str, Any]:
        return await receive()

    return once


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
