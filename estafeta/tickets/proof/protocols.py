"""The chain of protocols of what was removed for good."""

from __future__ import annotations

from collections.abc import Iterator

from estafeta.lib import chain
from estafeta.tickets.models import Purge, Ticket


def purged_between(after: int, up_to: int) -> list[tuple[int, str]]:
    """Id and hash of removed entries with ids in these bounds, in order."""
    found = Purge.objects.values_list("seals", flat=True)
    return sorted(
        (number, entry_hash)
        for seals in found.iterator(chunk_size=500)
        for number, _place, entry_hash in seals
        if after < number <= up_to
    )


def hash_of(protocol: Purge) -> str:
    """The hash that its content and the one before it should have."""
    content = {
        "seq": protocol.seq, "number": protocol.number, "at": chain.moment(protocol.at),
        "by": protocol.by_id, "reason": protocol.reason, "counts": protocol.counts,
        "seals": protocol.seals,
    }  # fmt: skip
    return chain.link(protocol.previous_hash, content)


def faults() -> Iterator[str]:
    """What is wrong with the protocols: changed, missing, or a ticket that is still there."""
    previous, place = "", 0
    for protocol in Purge.objects.order_by("seq").iterator(chunk_size=500):
        place += 1
        if protocol.seq != place:
            yield f"purge protocol {place} is missing"
            place = protocol.seq
        elif protocol.previous_hash != previous:
            yield f"purge protocol {place} does not follow the one before it"
        if protocol.hash != hash_of(protocol):
            yield f"purge protocol {place} has been changed"
        if Ticket.with_deleted.filter(pk=protocol.number).exists():
            yield f"ticket {protocol.number} is there, though a protocol says that it was removed"
        previous = protocol.hash
