"""Server-sent events as bytes."""

from __future__ import annotations

import json
import random

HEARTBEAT = b":\n\n"
RETRY_MS = (1000, 4000)


def event(name: str, data: str, *, number: int | None = None) -> bytes:
    """Write one event; `number` becomes the id from which a client goes on after a break."""
    line = "" if number is None else f"id: {number}\n"
    return f"{line}event: {name}\ndata: {data}\n\n".encode()


def hello(person: int) -> bytes:
    """Say whose stream it is; after a break all come back unevenly."""
    retry = f"retry: {random.randint(*RETRY_MS)}\n"
    return retry.encode() + event("hello", json.dumps({"person": person}))


def reached(popup: int, entry: int) -> bytes:
    """Up to this pop-up and this entry the person has been told everything now."""
    return event("reached", json.dumps({"entry": entry}), number=popup)


def ticket(number: int, seq: int, entry: int) -> bytes:
    """Tell that a ticket this person sees has changed; `entry`: up to where that was read."""
    return event("ticket", json.dumps({"number": number, "seq": seq, "entry": entry}))


def gone(number: int) -> bytes:
    """This person no longer sees the ticket."""
    return event("gone", json.dumps({"number": number}))


# The person's rights have changed: other counts, other lists.
COUNTERS = event("counters", "{}")
# Too much was missed to tell it all: fetch everything again.
RELOAD = event("reload", "{}")
