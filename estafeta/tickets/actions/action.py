"""What all verbs share: transaction, lock, permission, status, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.db import transaction

from estafeta.tickets import permissions, submissions
from estafeta.tickets.actions import values
from estafeta.tickets.actions.aftermath import Before, Done, settle
from estafeta.tickets.conversation import mentions
from estafeta.tickets.errors import Changed, Gone, NotNow
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import CONVERSATION, Verb

if TYPE_CHECKING:
    pass

__all__ = ["ACTIONS", "BODIES", "Done", "action", "judge"]

P = ParamSpec("P")

ACTIONS: dict[Verb, Callable[..., Entry]] = {}
"""Every verb's function, filled by `@action`; faces that take a verb by name look here."""


@dataclass(frozen=True)
class Body:
    """What a verb does to a locked row.

    `gathers`: all it reads and writes goes through `baton` and `Ticket.save`, so that many tickets
    can be written together.
    """

    act: Callable[..., Done]
    gathers: bool


BODIES: dict[Verb, Body] = {}
"""For `together`, which does a verb to many tickets by the same rules."""


def action(
    verb: Verb, *, gathers: bool = False
) -> Callable[[Callable[Concatenate[Ticket, P], Done]], Callable[Concatenate[Ticket, P], Entry]]:
    """Make a function the one way to do `verb`.

    The body changes rows and returns the facts; it runs on the locked row inside one transaction,
    after the permission and the status were asked. The entry is returned, and the caller's ticket
    is brought up to date. Raises NotAllowed, NotNow, Changed, Gone or Invalid, and then changes nothing.
    """

    def decorate(
        body: Callable[Concatenate[Ticket, P], Done],
    ) -> Callable[Concatenate[Ticket, P], Entry]:
        @submissions.acts_once
        @wraps(body)
        def act(ticket: Ticket, /, *args: P.args, **kwargs: P.kwargs) -> Entry:
            by: Any = kwargs["by"]
            mentions.read_ahead(
                kwargs.get("text"), by=by, ticket=ticket, longest=values.LONGEST_TEXT
            )
            with transaction.atomic():
                row = _locked(ticket, kwargs)
                if ticket.submission and (known := submissions.known(by, ticket.submission)):
                    return known
                relation = permissions.Relation.between(by, row)
                judge(verb, relation, ticket.expected_length, strictly=ticket.is_expected_strictly)
                before = Before.of(relation)
                done = body(row, *args, **kwargs)
                [entry, *_others] = settle(verb, [(before, done)], by=by)
                if ticket.submission:
                    submissions.remember(by, ticket.submission, entry)
            _bring_up_to_date(ticket, row)
            return entry

        ACTIONS[verb] = act
        BODIES[verb] = Body(body, gathers)
        return act

    return decorate


def _locked(ticket: Ticket, given: dict[str, Any]) -> Ticket:
    """The row, and those that the verb writes besides: in one order, whoever names which.

    These are the `other` ticket of the verb, and the one into which the ticket was merged. Without
    the key: who writes a part twice makes PostgreSQL look whether its whole is still there.
    """
    other = given.get("other")
    numbers = {ticket.pk, ticket.merged_into_id} - {None}
    if other is not None:
        numbers.add(other.pk)
    rows = Ticket.with_deleted.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")
    found = {row.pk: row for row in rows}
    if ticket.pk not in found or (other is not None and other.pk not in found):
        raise Gone
    if other is not None:
        given["other"] = found[other.pk]
    row = found[ticket.pk]
    if row.merged_into_id is not None:
        late = Ticket.with_deleted.select_for_update(no_key=True).filter(pk=row.merged_into_id)
        row.merged_into = found.get(row.merged_into_id) or late.get()
    return row


def judge(
    verb: Verb,
    relation: permissions.Relation,
    expected: int | None,
    *,
    strictly: bool = False,
) -> None:
    """Whether this person may do it, whether anybody was quicker, whether it is possible now."""
    ticket = relation.ticket
    permissions.require(verb, relation)
    _refuse_if_changed(verb, relation, expected, strictly=strictly)
    if verb not in ALLOWED[Status(ticket.status)]:
        raise NotNow(verb, ticket)


def _refuse_if_changed(
    verb: Verb, relation: permissions.Relation, expected: int | None, *, strictly: bool
) -> None:
    """Tells only of what the person may read: of nothing, where he acts by the number alone."""
    ticket = relation.ticket
    if expected is None or expected >= ticket.journal_length:
        return
    if not relation.sees() or (verb in CONVERSATION and not strictly):
        return
    entries = ticket.entries.filter(seq__gt=expected).readable_by(relation.person)
    if strictly:
        entries = entries.exclude(actor=relation.person)
    else:
        entries = entries.exclude(verb__in=CONVERSATION)
    missed = list(entries.select_related("actor"))
    if missed:
        raise Changed(ticket, missed)


def _bring_up_to_date(ticket: Ticket, row: Ticket) -> None:
    for name in (*(f.attname for f in Ticket._meta.concrete_fields), "_state"):
        setattr(ticket, name, getattr(row, name))
    ticket._state.fields_cache.update(row._state.fields_cache)
    ticket.expected_length = ticket.submission = None
    ticket.is_expected_strictly = False
