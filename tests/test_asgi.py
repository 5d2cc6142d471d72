"""What stands between the server and the pages."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from estafeta import asgi


def answer(monkeypatch: pytest.MonkeyPatch, headers: list[tuple[bytes, bytes]]) -> list[Any]:
    """The scopes that pages were given for one request."""
    given: list[Any] = []

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        given.append(scope)

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        """Nobody listens."""

    monkeypatch.setattr(asgi, "_threads", pages)
    scope = {"type": "http", "method": "POST", "path": "/sign-in", "headers": headers}
    asyncio.run(asgi.application(scope, receive, send))
    return given


def test_a_header_cannot_be_smuggled_in_under_another_spelling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = [(b"x_forwarded_for", b"1.2.3.4"), (b"x-forwarded-for", b"9.9.9.9"), (b"host", b"a")]
    (scope,) = answer(monkeypatch, sent)
    assert scope["headers"] == sent[1:]


def test_a_request_whose_sender_left_takes_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answer(monkeypatch, [(b"content-length", b"5")]) == []
