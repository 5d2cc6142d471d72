"""Server-sent events as bytes."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from estafeta.realtime.sources import Told

HEARTBEAT = b"event: beat\ndata: {}\n\n"
"""An event, not a comment: a page has to hear it to know that the stream lives."""
RETRY_MS = (1000, 4000)


def event(name: str, data: str, *, number: int | None = None) -> bytes:
    """Write one event; `number` becomes the id from which a client goes on after a break."""
    line = "" if number is None else f"id: {number}\n"
    return f"{line}event: {name}\ndata: {data}\n\n".encode()


def hello(person: int) -> bytes:
    """Say whose stream it is; after a break all come back unevenly."""
    retry = f"retry: {random.randint(*RETRY_MS)}\n"
    return retry.encode() + event("hello", json.dumps({"person": person}))


def reached(popup: int, entry: int, sources: dict[str, int], announced: int) -> bytes:
    """Up to this pop-up, this entry, these rows and announcements the person has been told everything."""
    data = {"entry": entry, "sources": sources, "announced": announced}
    return event("reached", json.dumps(data), number=popup)


def ticket(number: int, seq: int, entry: int, crowd: int) -> bytes:
    """Tell that a ticket this person sees has changed; `entry`: up to where that was read.

    `crowd`: about how many browsers are told at the same time; the more, the later each one fetches.
    """
    data = {"number": number, "seq": seq, "entry": entry, "crowd": crowd}
    return event("ticket", json.dumps(data))


def gone(number: int) -> bytes:
    """This person no longer sees the ticket."""
    return event("gone", json.dumps({"number": number}))


def news(source: str, told: Told) -> bytes:
    """Tell of a row of another room; its number is where to go on from."""
    data = f'"number": {told.number}, "event": "{told.event}", "data": {told.data}'
    return event("news", f'{{"source": "{source}", {data}}}')


def missed(source: str, number: int) -> bytes:
    """Too much was missed of a source: pages that show it fetch themselves anew."""
    data = {"source": source, "number": number, "event": "reload", "data": {}}
    return event("news", json.dumps(data))


def presence(place: str, people: list[dict[str, Any]]) -> bytes:
    """Who else is at a place now."""
    return event("presence", json.dumps({"place": place, "people": people}, ensure_ascii=False))


def states(changed: dict[int, str]) -> bytes:
    """Whose state has changed: online, away or offline."""
    return event("states", json.dumps({"states": changed}))


# The person's rights have changed: other counts, other lists.
COUNTERS = event("counters", "{}")
# Too much was missed to tell it all: fetch everything again.
RELOAD = event("reload", "{}")
