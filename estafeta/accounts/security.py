"""The only writer of the security trail, and the check of its chain.

Call `record` inside the transaction of what it tells about, as its last step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from django.db import transaction

from estafeta.accounts.models.security_entry import Kind, SecurityChain, SecurityEntry
from estafeta.lib import chain, clock

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def record(
    kind: Kind, *, by: Person | None, about: Person | None = None, **facts: Any
) -> SecurityEntry:
    """Append one entry; `by` is None where nobody is known, as in a failed sign-in."""
    if by is not None:
        facts["by"] = by.name
    if about is not None:
        facts["about"] = about.name
    with transaction.atomic():
        trail = lock()
        entry = SecurityEntry(
            seq=trail.length + 1, kind=kind, actor=by, about=about, address=current_address(),
            at=clock.now(), facts=facts, previous_hash=trail.head,
        )  # fmt: skip
        entry.hash = hash_of(entry)
        entry.save()
        trail.length, trail.head = entry.seq, entry.hash
        trail.save()
    return entry


def lock() -> SecurityChain:
    """Take the trail's one row until the transaction ends.

    Actions that change people do this first: they happen one after another, so that two of them
    neither deadlock nor both remove the last administrator.
    """
    return SecurityChain.objects.select_for_update().get_or_create(pk=1)[0]


def hash_of(entry: SecurityEntry) -> str:
    """The hash that the entry's content and its `previous_hash` should have."""
    content = {
        "seq": entry.seq, "kind": str(entry.kind), "actor": entry.actor_id,
        "about": entry.about_id, "address": entry.address, "at": chain.moment(entry.at),
        "facts": entry.facts,
    }  # fmt: skip
    return chain.link(entry.previous_hash, content)


def current_address() -> str:
    """Where the current request comes from; empty outside of requests."""
    request = context.request
    return (get_client_ip(request) or "") if request is not None else ""


def faults() -> Iterator[str]:
    """Walk the whole trail and name each entry that is not as it was written."""
    expected, previous = 1, ""
    for entry in SecurityEntry.objects.order_by("seq").iterator(chunk_size=2000):
        while expected < entry.seq:
            yield f"security entry {expected} is missing"
            expected += 1
            previous = entry.previous_hash
        if entry.previous_hash != previous:
            yield f"security entry {entry.seq} does not follow the entry before it"
        if entry.hash != hash_of(entry):
            yield f"security entry {entry.seq} has been changed"
        previous, expected = entry.hash, entry.seq + 1
    trail = SecurityChain.objects.filter(pk=1).first() or SecurityChain()
    for seq in range(expected, trail.length + 1):
        yield f"security entry {seq} is missing"
    if expected - 1 > trail.length:
        yield f"security entry {trail.length + 1} and later ones were added"
    elif expected - 1 == trail.length and previous != trail.head:
        yield f"security entry {trail.length} is not the one that was written"
