"""What all verbs share: transaction, lock, permission, status, counters, journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.db import transaction

from estafeta.lib import clock
from estafeta.tickets import journal, permissions, submissions, tallies
from estafeta.tickets.actions import values
from estafeta.tickets.errors import Changed, NotNow
from estafeta.tickets.models import Comment, Entry, Participant, ReadMark, Ticket
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import CONVERSATION, WRITTEN, Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

P = ParamSpec("P")

ACTIONS: dict[Verb, Callable[..., Entry]] = {}
"""Every verb's function, filled by `@action`; faces that take a verb by name look here."""


@dataclass
class Done:
    """What a verb's body tells the journal."""

    facts: dict[str, Any] = field(default_factory=dict)
    comment: Comment | None = None


def action(
    verb: Verb,
) -> Callable[[Callable[Concatenate[Ticket, P], Done]], Callable[Concatenate[Ticket, P], Entry]]:
    """Make a function the one way to do `verb`.

    The body changes rows and returns the facts; it runs on the locked row inside one transaction,
    after the permission and the status were asked. The entry is returned, and the caller's ticket
    is brought up to date. Raises NotAllowed, NotNow, Changed or Invalid, and then changes nothing.
    """

    def decorate(
        body: Callable[Concatenate[Ticket, P], Done],
    ) -> Callable[Concatenate[Ticket, P], Entry]:
        @submissions.acts_once
        @wraps(body)
        def act(ticket: Ticket, /, *args: P.args, **kwargs: P.kwargs) -> Entry:
            by: Any = kwargs["by"]
            values.render_ahead(kwargs.get("text"))
            with transaction.atomic():
                row = Ticket.objects.select_for_update().get(pk=ticket.pk)
                if ticket.submission and (known := submissions.known(by, ticket.submission)):
                    return known
                relation = permissions.Relation.between(by, row)
                permissions.require(verb, relation)
                _refuse_if_changed(verb, row, ticket.expected_length)
                if verb not in ALLOWED[Status(row.status)]:
                    raise NotNow(verb, row)
                place, length = tallies.place_of(row), row.journal_length
                done = body(row, *args, **kwargs)
                tallies.move(place, tallies.place_of(row))
                entry = journal.record(
                    verb, row, by=by, facts=done.facts, comment=done.comment
                )  # fmt: skip
                _stay_read(row, by, length)
                _acknowledge(relation)
                if ticket.submission:
                    submissions.remember(by, ticket.submission, entry)
            _bring_up_to_date(ticket, row)
            return entry

        ACTIONS[verb] = act
        return act

    return decorate


def _stay_read(ticket: Ticket, person: Person, length_before: int) -> None:
    """Whoever acts has read everything, unless somebody wrote something he has not opened."""
    if person.is_system:
        return
    mark = ReadMark.objects.filter(ticket=ticket, person=person).first()
    read = mark.seq if mark else 0
    if read < length_before:
        written = ticket.entries.filter(seq__gt=read, seq__lte=length_before, verb__in=WRITTEN)
        if written.exclude(actor=person).exists():
            return
    # In one step, because his page may be marking the ticket read at this moment.
    ReadMark.objects.bulk_create(
        [ReadMark(ticket=ticket, person=person, seq=ticket.journal_length)],
        update_conflicts=True,
        unique_fields=["person", "ticket"],
        update_fields=["seq"],
    )


def _acknowledge(relation: permissions.Relation) -> None:
    """Whoever acts on what was addressed to him has seen it, and need not say so."""
    row = relation.participant
    if row is not None and row.is_addressee and row.acknowledged_at is None:
        Participant.objects.filter(pk=row.pk, is_addressee=True, acknowledged_at=None).update(
            acknowledged_at=clock.now()
        )


def _refuse_if_changed(verb: Verb, ticket: Ticket, expected: int | None) -> None:
    if expected is None or expected >= ticket.journal_length or verb in CONVERSATION:
        return
    missed = list(
        ticket.entries.filter(seq__gt=expected).exclude(verb__in=CONVERSATION).select_related("actor")
    )  # fmt: skip
    if missed:
        raise Changed(ticket, missed)


def _bring_up_to_date(ticket: Ticket, row: Ticket) -> None:
    for name in (*(f.attname for f in Ticket._meta.concrete_fields), "_state"):
        setattr(ticket, name, getattr(row, name))
    ticket._state.fields_cache.update(row._state.fields_cache)
    ticket.expected_length = ticket.submission = None
