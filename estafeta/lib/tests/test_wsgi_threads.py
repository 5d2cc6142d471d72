"""An answer goes out in one step, a long one piece by piece, and a broken one not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from estafeta.lib import wsgi_threads
from estafeta.lib.wsgi_threads import WSGIThreads

Message = dict[str, Any]
SCOPE = {
    "type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1",
    "headers": [],
}  # fmt: skip


def answer(pieces: Iterable[bytes]) -> list[Message]:
    """What is sent for an application that answers with these pieces."""

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return pieces

    return asyncio.run(_ask(application))


async def _ask(application: Any) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await WSGIThreads(application, threads=1)(dict(SCOPE), receive, send)
    return sent


def test_a_short_answer_is_one_head_and_one_body() -> None:
    head, body = answer([b"one ", b"two"])
    assert head["status"] == 200
    assert head["headers"] == [(b"content-type", b"text/plain")]
    assert body == {"type": "http.response.body", "body": b"one two", "more_body": False}


def test_a_long_answer_goes_out_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wsgi_threads, "HELD", 5)
    head, *bodies = answer([b"abc", b"def", b"ghi", b"j"])
    assert head["type"] == "http.response.start"
    assert b"".join(message["body"] for message in bodies) == b"abcdefghij"
    assert [message["more_body"] for message in bodies] == [True, True, False]


def test_what_breaks_on_the_way_is_not_answered_as_if_it_were_whole() -> None:
    def pieces() -> Iterable[bytes]:
        yield b"half"
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        answer(pieces())
