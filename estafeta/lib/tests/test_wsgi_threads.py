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


def test_only_some_have_their_turn_at_once_and_the_slow_give_it_up() -> None:
    async def play() -> list[str]:
        turns, told = wsgi_threads.Turns(1, slow=0.05), []

        async def one(name: str, seconds: float) -> None:
            end = await turns.begin()
            told.append(f"{name} begins")
            await asyncio.sleep(seconds)
            told.append(f"{name} ends")
            end()

        await asyncio.gather(one("quick", 0.01), one("slow", 0.3), one("last", 0.01))
        # Everybody has left once: one begins at once, the next waits again.
        assert turns._free == 1
        return told

    assert asyncio.run(play()) == [
        "quick begins", "quick ends", "slow begins", "last begins", "last ends", "slow ends",
    ]  # fmt: skip


def test_who_goes_away_while_waiting_leaves_no_place_taken() -> None:
    async def play() -> int:
        turns = wsgi_threads.Turns(1, slow=5.0)
        end = await turns.begin()
        waiting = [asyncio.ensure_future(turns.begin()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        end()
        waiting[1].cancel()  # it had just been given its turn
        (await waiting[2])()
        return turns._free

    assert asyncio.run(play()) == 1
