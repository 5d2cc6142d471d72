"""Runs over many tickets: begun, worked off in chunks, taken back.

A chunk is one transaction: its verbs, its journal lines and how far the run is stand or fall
together, so that a run whose worker is killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions.merging import UNDONE_WITHIN
from estafeta.tickets.actions.together import act_together, expected_since
from estafeta.tickets.bulk import arguments, refusals
from estafeta.tickets.bulk.verbs import INVERSES
from estafeta.tickets.errors import Gone, Invalid, NotAllowed, Refused
from estafeta.tickets.models import BulkRun, Entry, Ticket
from estafeta.tickets.submissions import Key, KeyReused
from estafeta.tickets.verbs import Verb
from estafeta.tickets.via import Via, coming_via, current_via

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MOST = 5000
"""Of a longer answer that many are taken."""
CHUNK = 200
"""Others write between two chunks."""
AT_ONCE = 200
"""So many are done while the person waits; more are a job with progress."""
KEPT = timedelta(days=30)


def begin(
    verb: Verb,
    numbers: Sequence[int],
    *,
    by: Person,
    keywords: Mapping[str, Any],
    as_of: int | None = None,
    sent_as: Key | None = None,
) -> BulkRun:
    """Do it, or have it done if it is long: see `is_finished`. Raises Invalid, KeyReused.

    `as_of` is the newest entry when the person looked: what others changed since stays as it is.
    What was sent before under the same key is not done again. The ticket that the others are merged
    into, linked to or made parts of is none of them.
    """
    if sent_as and (known := _sent_before(by, sent_as)):
        return known
    wanted = _without_the_other(numbers, keywords)
    if not wanted:
        raise Invalid("numbers", _("Choose at least one ticket."))
    if len(wanted) > MOST:
        words = _("Too many tickets at once: %(count)s, at most %(most)s.")
        raise Invalid("numbers", words % {"count": len(wanted), "most": MOST})
    try:
        written = arguments.kept(keywords)
    except TypeError as unfit:
        raise Invalid("", _("This can be done to one ticket only.")) from unfit
    run = BulkRun(
        person=by, verb=verb, arguments=written, numbers=wanted, as_of=as_of,
        via=current_via(), begun_at=clock.now(),
        key=sent_as.key if sent_as else "", digest=sent_as.digest if sent_as else "",
    )  # fmt: skip
    try:
        return _start(run)
    except IntegrityError:
        # Sent twice at the same moment; the other was faster.
        if sent_as is None or (known := _sent_before(by, sent_as)) is None:
            raise
        return known


def undo(run: BulkRun, *, by: Person) -> BulkRun:
    """Take back what the run has done, as far as nobody has acted since. Raises NotAllowed, Invalid."""
    if run.person_id != by.pk:
        raise NotAllowed(Verb(run.verb))
    if not may_be_undone(run):
        raise Invalid("", _("This cannot be taken back."))
    inverse = INVERSES[Verb(run.verb)]
    back = BulkRun(
        person=by, verb=inverse.verb, numbers=[number for number, _seq in run.done], undoes=run,
        via=current_via(), begun_at=clock.now(),
    )  # fmt: skip
    return _start(back)


def may_be_undone(run: BulkRun) -> bool:
    """Finished, did something that has an inverse, and is neither an undoing nor undone."""
    is_new = run.is_finished and run.undoes_id is None and bool(run.done)
    if run.verb == Verb.MERGE and clock.now() >= run.begun_at + UNDONE_WITHIN:
        return False
    return is_new and Verb(run.verb) in INVERSES and not BulkRun.objects.filter(undoes=run).exists()


def _without_the_other(numbers: Sequence[int], keywords: Mapping[str, Any]) -> list[int]:
    other = keywords.get("other")
    dropped = other.pk if isinstance(other, Ticket) else None
    return [number for number in dict.fromkeys(numbers) if number != dropped]


def _sent_before(by: Person, sent: Key) -> BulkRun | None:
    run = BulkRun.objects.filter(person=by, key=sent.key).first()
    if run is None:
        return None
    if run.digest != sent.digest:
        raise KeyReused(sent.key)
    if _is_short(run):
        run = go_on(run)  # whoever began it may have been killed
    run.is_repeated = True
    return run


def _is_short(run: BulkRun) -> bool:
    return len(run.numbers) <= AT_ONCE


def _start(run: BulkRun) -> BulkRun:
    from estafeta.tickets.bulk.job import work_off

    if _is_short(run):
        with transaction.atomic():
            run.save()
        return go_on(run)
    with transaction.atomic():
        run.save()
        work_off.enqueue(run.pk)
    return run


def go_on(run: BulkRun) -> BulkRun:
    """Deal with what is left, chunk by chunk."""
    with coming_via(Via(run.via)):
        while not run.is_finished:
            run = _next_chunk(run.pk)
    return run


def _next_chunk(pk: int) -> BulkRun:
    with transaction.atomic():
        run = BulkRun.objects.select_for_update().get(pk=pk)
        if run.is_finished:
            return run
        run.person = _as_he_is_now(run.person_id)
        chunk = run.numbers[run.position : run.position + CHUNK]
        for number, outcome in _outcomes(run, chunk):
            if isinstance(outcome, Entry):
                run.done.append([number, outcome.seq])
            else:
                run.refused.append(refusals.kept(number, outcome))
        run.position += len(chunk)
        if run.position >= len(run.numbers):
            # What was said stands on the tickets, and goes with them.
            run.finished_at, run.arguments = clock.now(), {}
        run.save(update_fields=["done", "refused", "position", "finished_at", "arguments"])
    return run


def _as_he_is_now(person: int) -> Person:
    from estafeta.accounts.models import Person

    return Person.objects.get(pk=person)


def _outcomes(run: BulkRun, chunk: Sequence[int]) -> list[tuple[int, Entry | Refused]]:
    verb, by = Verb(run.verb), run.person
    if run.undoes is not None:
        seqs = {number: seq for number, seq in run.undoes.done if number in set(chunk)}
        entries = _done_by(run.undoes, seqs)
        others = {one.facts["other"] for one in entries.values() if "other" in one.facts}
        keywords = _undoing(run.undoes, entries)
        return act_together(
            verb, chunk, by=by, keywords=keywords, expected=seqs, others=others
        )  # fmt: skip
    given = arguments.read(run.arguments)
    expected = expected_since(chunk, run.as_of) if run.as_of is not None else None
    other = given.get("other")
    return act_together(
        verb, chunk, by=by, keywords=lambda _number: given, expected=expected,
        others=[other.pk] if other else [],
    )  # fmt: skip


def _done_by(run: BulkRun, seqs: Mapping[int, int]) -> dict[int, Entry]:
    """By ticket: the line that the run wrote."""
    rows = Entry.objects.filter(ticket__in=list(seqs), verb=run.verb, seq__gte=min(seqs.values()))
    return {entry.ticket_id: entry for entry in rows if entry.seq == seqs[entry.ticket_id]}


def _undoing(run: BulkRun, entries: Mapping[int, Entry]) -> Any:
    inverse = INVERSES[Verb(run.verb)]

    def keywords(number: int) -> Mapping[str, Any]:
        entry = entries.get(number)
        found = inverse.keywords(entry) if entry else None
        if entry is None:
            raise Gone
        if found is None:
            raise Invalid("", _("This cannot be taken back."))
        return found

    return keywords


def forget_old() -> int:
    """Reports nobody will look at any more; how many."""
    old = BulkRun.objects.filter(begun_at__lt=clock.now() - KEPT)
    old.update(undoes=None)
    return old.delete()[0]
