"""Slow senders hold no thread, and whatever arrives reaches the page as it was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from estafeta.lib import whole_body
from estafeta.lib.whole_body import Uploads, WholeBody

Message = dict[str, Any]


class Page:
    """An application that keeps what it was given."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", bool(scope["headers"])
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        self.bodies.append(body)


def ask(
    page: WholeBody, pieces: Iterable[bytes], *, length: int | None = None, path: str = "/"
) -> list[Message]:
    """What is answered to a request of these pieces, of which the last never comes if it is None."""
    return asyncio.run(_ask(page, list(pieces), length, path))


async def _ask(
    page: WholeBody, pieces: list[bytes], length: int | None, path: str = "/"
) -> list[Message]:
    sent: list[Message] = []
    left = [*pieces]
    announced = sum(map(len, pieces)) if length is None else length

    async def receive() -> Message:
        if not left:
            await asyncio.Event().wait()
        piece = left.pop(0)
        return {
            "type": "http.request",
            "body": piece,
            "more_body": bool(left) or length is not None,
        }

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-length", str(announced).encode()), (b"cookie", b"a=b")]
    scope = {"type": "http", "path": path, "headers": headers if announced else []}
    await page(scope, receive, send)
    return sent


@pytest.mark.parametrize(
    "size", [1, 1000, 100_000, 600_000, whole_body.PIECE, 2 * whole_body.PIECE]
)
def test_a_body_arrives_as_it_was_sent(size: int) -> None:
    page, content = Page(), bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    ask(WholeBody(page), [content[: size // 2], content[size // 2 :]])
    assert page.bodies == [content]


def test_a_request_without_a_body_is_passed_on_at_once() -> None:
    page = Page()
    ask(WholeBody(page), [])
    assert page.bodies == [b""]


def test_whoever_does_not_finish_never_reaches_a_page() -> None:
    page = Page()
    answer = ask(WholeBody(page, seconds=0.05), [b"login="], length=1000)
    assert (page.bodies, answer[0]["status"]) == ([], 408)


def test_what_is_far_too_long_is_not_even_read() -> None:
    page = Page()
    answer = ask(WholeBody(page), [], length=whole_body.MOST_BYTES + 1)
    assert (page.bodies, answer[0]["status"]) == ([], 413)


def test_only_a_few_long_bodies_are_collected_at_once() -> None:
    page = Page()

    async def many() -> list[Any]:
        whole = WholeBody(page, seconds=0.4)
        long = whole_body.IN_MEMORY + 1
        slow = [_ask(whole, [b"x"], long) for _ in range(whole_body.MOST_LONG)]
        waiting = [asyncio.create_task(one) for one in slow]
        await asyncio.sleep(0.2)
        late = asyncio.create_task(_ask(whole, [b"y" * long], None))
        short = await _ask(whole, [b"z"], None)
        assert page.bodies == [b"z"], "a short one does not wait for the long ones"
        await asyncio.gather(*waiting, late)
        return short

    asyncio.run(many())
    assert len(page.bodies) == 2


def test_an_address_for_files_takes_larger_ones_and_only_that() -> None:
    page, most = Page(), whole_body.MOST_BYTES + 10
    whole = WholeBody(page, uploads=Uploads(("/up",), most))
    content = b"x" * most
    assert ask(whole, [content], path="/elsewhere")[0]["status"] == 413
    ask(whole, [content], path="/up")
    assert page.bodies == [content]
    too_long = most + whole_body.ROOM_AROUND + 1
    assert ask(whole, [], length=too_long, path="/up")[0]["status"] == 413


def test_a_file_may_take_longer_than_a_form_as_long_as_something_comes() -> None:
    page = Page()

    async def slowly() -> list[Message]:
        whole = WholeBody(page, seconds=0.2, uploads=Uploads(("/up",)))
        sent: list[Message] = []
        left = [b"x"] * 6

        async def receive() -> Message:
            await asyncio.sleep(0.1)
            return {"type": "http.request", "body": left.pop(), "more_body": bool(left)}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(b"content-length", b"6"), (b"authorization", b"Bearer x")]
        await whole({"type": "http", "path": "/up", "headers": headers}, receive, send)
        return sent

    assert asyncio.run(slowly()) == []
    assert page.bodies == [b"xxxxxx"]
    stalled = WholeBody(page, seconds=0.05, uploads=Uploads(("/up",)))
    assert ask(stalled, [b"x"], length=10, path="/up")[0]["status"] == 408


def test_few_files_are_looked_into_at_once_and_forms_do_not_wait_for_them() -> None:
    at_work, most, bodies = 0, 0, []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        nonlocal at_work, most
        at_work += scope["path"] == "/up"
        most = max(most, at_work)
        await asyncio.sleep(0.05)
        at_work -= scope["path"] == "/up"
        bodies.append(scope["path"])

    async def many() -> None:
        whole = WholeBody(page, uploads=Uploads(("/up",)))
        files = [_ask(whole, [b"x"], None, "/up") for _ in range(20)]
        await asyncio.gather(*files, _ask(whole, [b"x"], None, "/form"))

    asyncio.run(many())
    assert most == whole_body.MOST_UPLOADS_AT_WORK
    assert bodies.index("/form") <= whole_body.MOST_UPLOADS_AT_WORK


def test_a_file_of_nobody_is_not_even_received() -> None:
    page = Page()
    sent: list[Message] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("somebody reads what nobody may send")

    headers = [(b"content-length", b"1000")]
    whole = WholeBody(page, uploads=Uploads(("/up",)))
    asyncio.run(whole({"type": "http", "path": "/up", "headers": headers}, receive, send))
    assert (sent[0]["status"], page.bodies) == (401, [])
