"""What is true of every ticket at every moment, whatever anybody did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Q

from estafeta.accounts.models import Person
from estafeta.tickets import visibility
from estafeta.tickets.models import (
    Entry,
    Hold,
    Link,
    Participant,
    PendingDeadline,
    PendingHandOver,
    ReadMark,
    Tally,
    Ticket,
)
from estafeta.tickets.performers import separately
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.statuses import LEADS_TO, OPEN_STATUSES, Status
from estafeta.tickets.verbs import Verb


def check(people: Iterable[Person]) -> None:
    """Raise AssertionError for whatever is not in order."""
    tickets = list(Ticket.with_deleted.all())
    for ticket in tickets:
        assert check_chain(ticket) == []
        _holds(ticket)
        _relations(ticket)
        if ticket.status == Status.DELETED:
            continue  # everything else rests as it was, until it is restored
        _hands(ticket)
        _status(ticket)
        _parts(ticket)
        _pending(ticket)
        marks = ReadMark.objects.filter(ticket=ticket)
        assert all(mark.seq <= ticket.journal_length for mark in marks)
    _tallies(tickets)
    _sight(tickets, people)


def _holds(ticket: Ticket) -> None:
    holds = list(Hold.objects.filter(ticket=ticket).order_by("pk"))
    running = [hold for hold in holds if hold.until is None]
    assert len(running) == (1 if ticket.status in OPEN_STATUSES else 0)
    for hold in holds:
        assert hold.until is None or hold.until >= hold.since
    for before, after in pairwise(holds):
        assert before.until is not None
        assert before.until <= after.since
    if running:
        assert running[0] is holds[-1]
        assert running[0].person_id == ticket.performer_id
        assert running[0].department_id == ticket.department_id


def _hands(ticket: Ticket) -> None:
    performing = set(
        Participant.objects.filter(ticket=ticket, is_performer=True).values_list(
            "person", flat=True
        )
    )
    if ticket.status == Status.NEW:
        assert not performing
        assert ticket.performer_id is None
    if ticket.performer_id is None:
        assert not performing
    else:
        assert ticket.performer_id in performing
    if ticket.status in (Status.IN_PROGRESS, Status.WAITING, Status.REVIEW):
        assert performing
    assert (ticket.wait_for != "") == (ticket.status == Status.WAITING)
    assert (ticket.closed_at is None) == (ticket.status in OPEN_STATUSES)


def _parts(ticket: Ticket) -> None:
    """Where each finishes separately, the baton is with somebody who has yet to finish."""
    parts = separately.parts(ticket)
    if not ticket.is_separate:
        assert not parts.exclude(finished_at=None).exists()
    elif ticket.status in (Status.IN_PROGRESS, Status.WAITING):
        assert parts.filter(person=ticket.performer_id, finished_at=None).exists()
    assert not parts.filter(is_performer=False).exclude(finished_at=None).exists()


def _pending(ticket: Ticket) -> None:
    """What waits for an answer waits on both sides, and only while it can be answered."""
    offered = PendingHandOver.objects.filter(ticket=ticket).exists()
    assert offered == (ticket.offered_until is not None)
    assert not offered or ticket.status == Status.NEW
    proposed = PendingDeadline.objects.filter(ticket=ticket).exists()
    assert proposed == (ticket.proposed_due is not None)
    assert not proposed or ticket.status in OPEN_STATUSES
    assert (ticket.review_since is not None) == (ticket.status == Status.REVIEW)
    assert not ticket.shifts or ticket.original_due is not None
    assert ticket.deadline is None or ticket.original_due is not None


def _status(ticket: Ticket) -> None:
    """The last verb that moves tickets leads to where the ticket is."""
    moving = [
        entry
        for entry in Entry.objects.filter(ticket=ticket).order_by("seq")
        if entry.verb in LEADS_TO and not _stays(entry)
    ]
    last = moving[-1]
    if last.verb == Verb.REPLY:
        assert ticket.status == Status.IN_PROGRESS
    else:
        assert ticket.status in LEADS_TO[Verb(last.verb)] or last.facts.get("free") is False


def _stays(entry: Entry) -> bool:
    if entry.verb == Verb.COMPLETE:
        return entry.facts.get("all_finished") is False
    if entry.facts.get("takes_in"):
        return True
    return entry.verb == Verb.REPLY and not entry.facts.get("resumed")


def _relations(ticket: Ticket) -> None:
    """A merged ticket leads somewhere, parts and merges make no circle, links have two ends."""
    if ticket.status != Status.DELETED:
        assert (ticket.merged_into_id is not None) == (ticket.status == Status.MERGED)
    for name in ("parent", "merged_into"):
        seen, above = {ticket.pk}, getattr(ticket, name)
        while above is not None:
            assert above.pk not in seen, f"a circle of {name}"
            seen.add(above.pk)
            above = getattr(above, name)
    links = Link.objects.filter(Q(ticket=ticket) | Q(other=ticket))
    ties = Ticket.with_deleted.filter(Q(parent=ticket) | Q(merged_into=ticket))
    if links.exists() or ties.exists() or ticket.taggings.exists():
        assert ticket.is_related
    for row in ticket.participants.filter(only_follows=True):
        assert row.is_follower
        flags = (row.is_performer, row.is_addressee, row.has_performed, row.was_mentioned)
        assert not any(flags)


def _tallies(tickets: list[Ticket]) -> None:
    counted = Counter((ticket.department_id, ticket.status) for ticket in tickets)
    kept = {
        (row.department_id, row.status): row.amount for row in Tally.objects.all() if row.amount
    }
    assert kept == dict(counted)


def _sight(tickets: list[Ticket], people: Iterable[Person]) -> None:
    """The rule as a filter and the rule for one ticket in memory say the same."""
    present: dict[int, set[int]] = {ticket.pk: set() for ticket in tickets}
    for number, person in Participant.objects.values_list("ticket", "person"):
        present[number].add(person)
    for reader in people:
        by_filter = set(Ticket.objects.visible_to(reader).values_list("pk", flat=True))
        one_by_one = {
            ticket.pk
            for ticket in tickets
            if visibility.sees(reader.standing, ticket, present[ticket.pk])
        }
        assert by_filter == one_by_one, reader
