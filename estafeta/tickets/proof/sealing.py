"""Seals the journal day by day, and finds out later whether anything below a seal was changed.

Whoever can write to the database could rewrite a ticket's whole chain with new hashes. He cannot
rewrite a seal that somebody keeps elsewhere: in a mailbox, on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from django.db import transaction

from estafeta.accounts.models import SecurityEntry
from estafeta.accounts.models.security_entry import SecurityChain
from estafeta.lib import clock, merkle
from estafeta.tickets.models import Entry, Seal
from estafeta.tickets.proof.faults import SealFault, SealFaultKind
from estafeta.tickets.proof.protocols import purged_between

MOST = 32_768
"""So many entries at most lie under one seal: then a proof of one of them is quickly made."""
CHUNK = 5000
LAST = 2**63 - 1
MOST_PROOFS = 12
MOST_SEALS = 400
Progress = Callable[[int, int], None]


def seal_all() -> list[Seal]:
    """Seal what is new, in as many seals as it needs; one even where nothing is new."""
    made = [_seal_next()]
    while made[-1].entries == MOST:
        made.append(_seal_next())
    return made


def is_sealed_today() -> bool:
    """Whether this day (UTC) has its seal."""
    newest = Seal.objects.newest_first().first()
    return newest is not None and newest.made_at.date() == clock.now().date()


def hashes_under(seal: Seal) -> Iterator[tuple[int, str]]:
    """Id and hash of the entries that it covers, in the order of the tree.

    Of tickets that were removed for good, the protocols hold both.
    """
    return _hashes(seal.after, seal.up_to, seal.entries + 1)


def _hashes(after: int, up_to: int, most: int) -> Iterator[tuple[int, str]]:
    """The first of those between two ids."""
    rows = Entry.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk")[:most]
    there = rows.values_list("pk", "hash").iterator(chunk_size=CHUNK)
    return islice(merge(there, purged_between(after, up_to)), most)


def proofs_for(entries: Sequence[Entry]) -> dict[str, Any] | None:
    """That a ticket's entries, given in order, lie under seals; None while none of them does.

    For each day on which the ticket moved, the newest few: the last entry that was sealed then, and
    its neighbours in the tree. With them the seals from the first of those on: each one stands for
    everything before it, so whoever has kept any of them can compare.
    """
    seals = _seals_over(entries)
    proofs = []
    for seal in seals[-MOST_PROOFS:]:
        entry = [one for one in entries if seal.after < one.pk <= seal.up_to][-1]
        numbers, hashes = zip(*hashes_under(seal), strict=True)
        steps = merkle.proof_of(hashes, len(hashes), numbers.index(entry.pk))
        proofs.append(
            {"entry": entry.seq, "seal": seal.number, "steps": [list(step) for step in steps]}
        )
    if not proofs:
        return None
    later = list(Seal.objects.filter(number__gte=proofs[0]["seal"]).order_by("number"))
    if len(later) > MOST_SEALS:
        named = {proof["seal"] for proof in proofs}
        later = [one for one in later[:-MOST_SEALS] if one.number in named] + later[-MOST_SEALS:]
    return {
        "proofs": proofs,
        "seals": [
            {"content": seal.content(), "previous_hash": seal.previous_hash, "hash": seal.hash}
            for seal in later
        ],
    }


def _seals_over(entries: Sequence[Entry]) -> list[Seal]:
    found: list[Seal] = []
    for entry in entries:
        if found and entry.pk <= found[-1].up_to:
            continue
        seal = Seal.objects.filter(up_to__gte=entry.pk).order_by("number").first()
        if seal is None:
            break
        found.append(seal)
    return found


def _seal_next() -> Seal:
    last = Seal.objects.newest_first().first()
    after = last.up_to if last else 0
    tree, up_to = merkle.Tree(), after
    for number, entry_hash in _hashes(after, LAST, MOST):
        tree.add(entry_hash)
        up_to = number
    trail = SecurityChain.objects.filter(pk=1).first() or SecurityChain()
    seal = Seal(
        number=last.number + 1 if last else 1, made_at=clock.now(), after=after, up_to=up_to,
        entries=tree.size, root=tree.root(), security_length=trail.length,
        security_head=trail.head, previous_hash=last.hash if last else "",
    )  # fmt: skip
    seal.hash = seal.hash_now()
    with transaction.atomic():
        # The number is unique: of two who seal at once one fails and has nothing to repeat.
        seal.save(force_insert=True)
    return seal


def faults(progress: Progress | None = None) -> Iterator[SealFault]:
    """Compute every seal anew from the entries; `progress` hears (entries done, all)."""
    total = sum(Seal.objects.values_list("entries", flat=True).iterator())
    done, number, previous, after = 0, 1, "", 0
    for seal in Seal.objects.order_by("number").iterator(chunk_size=500):
        while number < seal.number:
            yield SealFault(SealFaultKind.MISSING, number)
            number, previous, after = number + 1, seal.previous_hash, seal.after
        if seal.hash != seal.hash_now() or seal.previous_hash != previous or seal.after != after:
            yield SealFault(SealFaultKind.CHANGED, seal.number)
        tree = merkle.Tree()
        for _number, entry_hash in hashes_under(seal):
            tree.add(entry_hash)
        if (tree.size, tree.root()) != (seal.entries, seal.root):
            yield SealFault(SealFaultKind.BROKEN, seal.number)
        if not _fits_the_trail(seal):
            yield SealFault(SealFaultKind.TRAIL, seal.number)
        done, number = done + seal.entries, seal.number + 1
        previous, after = seal.hash, seal.up_to
        if progress:
            progress(done, total)


def _fits_the_trail(seal: Seal) -> bool:
    if not seal.security_length:
        return True
    at = SecurityEntry.objects.filter(seq=seal.security_length)
    return list(at.values_list("hash", flat=True)) == [seal.security_head]
