"""A verb done to many tickets in one transaction, by the rules by which it is done to one.

Each ticket is judged and acted on for itself; those that are refused stay as they were, with the
reason. What all of them need is read once before, and what follows is written once after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from estafeta.accounts.models import Department, Person
from estafeta.lib.prepared import Prepared
from estafeta.tickets import gathering
from estafeta.tickets.actions.action import BODIES, Body, Done, judge
from estafeta.tickets.actions.aftermath import Before, settle
from estafeta.tickets.errors import Gone, Invalid, Refused
from estafeta.tickets.models import Entry, Participant, Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    Outcome = tuple[int, Entry | Refused]

Keywords = Callable[[int], Mapping[str, Any]]
"""Number of a ticket -> keywords of the verb, besides `by`. May raise Refused."""


def act_together(
    verb: Verb,
    numbers: Sequence[int],
    *,
    by: Person,
    keywords: Keywords = lambda _number: {},
    expected: Mapping[int, int] | None = None,
    others: Collection[int] = (),
) -> list[Outcome]:
    """What came of each ticket, in the order given: its new entry, or why it was left as it is.

    `expected` are the lengths of journals when the person looked, where that is known; `others` are
    the tickets that the keywords call `other`, which are locked with the rest. Runs in one
    transaction, which holds other writers up: give it some hundreds at most.
    """
    body, expected = BODIES[verb], expected or {}
    outcomes: dict[int, Entry | Refused] = {}
    acts: list[tuple[Before, Done]] = []
    with transaction.atomic():
        beside = {*others, *_merged_into(verb, numbers)}
        relations = _locked({*numbers, *beside}, by)
        rows = {number: relation.ticket for number, relation in relations.items()}
        if not _is_here(by):
            relations = {}
        for number in dict.fromkeys(numbers):
            relation = relations.get(number)
            try:
                if relation is None:
                    raise Gone
                judge(verb, relation, expected.get(number))
                before = Before.of(relation)
                done = _act(body, relation, {"by": by, **keywords(number)}, rows)
            except Refused as why:
                is_seen = relation is not None and (by.is_system or relation.sees())
                outcomes[number] = why if is_seen else Gone()
            else:
                acts.append((before, done))
        if acts:
            tickets = [before.ticket for before, _done in acts]
            gathering.write(tickets)
            for ticket in tickets:
                ticket.gathered = ticket.gathered or gathering.Gathered({})
            done_to = settle(verb, acts, by=by)[: len(acts)]
            outcomes |= {entry.ticket_id: entry for entry in done_to}
    return [(number, outcomes[number]) for number in dict.fromkeys(numbers)]


def expected_since(numbers: Sequence[int], as_of: int) -> dict[int, int]:
    """The lengths that journals had when `as_of` was the newest entry, of those that have grown."""
    grown = Entry.objects.filter(ticket__in=numbers, pk__gt=as_of).order_by()
    return {ticket: seq - 1 for ticket, seq in grown.values_list("ticket").annotate(Min("seq"))}


def _is_here(by: Person) -> bool:
    """Locked, for the reason that `baton` has: nobody takes tickets while he is switched off."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk=by.pk, is_active=True)
    return bool(rows.values_list("pk"))


def _merged_into(verb: Verb, numbers: Sequence[int]) -> set[int]:
    """Where the undo of merges is told besides."""
    if verb is not Verb.UNMERGE:
        return set()
    rows = Ticket.objects.filter(pk__in=numbers, merged_into__isnull=False).order_by()
    return set(rows.values_list("merged_into", flat=True))


def _locked(numbers: Collection[int], by: Person) -> dict[int, Relation]:
    """In the order of numbers, as everybody locks who locks several."""
    tickets = _ROWS(tickets=sorted(set(numbers)))
    people = Person.objects.in_bulk({t.performer_id for t in tickets if t.performer_id})
    places = Department.objects.in_bulk({ticket.department_id for ticket in tickets})
    found = {ticket.pk: ticket for ticket in tickets}
    for ticket in tickets:
        known = ticket._state.fields_cache
        if ticket.merged_into_id in found:
            # Many may have been merged into one: its chain has to grow in one place.
            known["merged_into"] = found[ticket.merged_into_id]
        known["department"] = places[ticket.department_id]
        if ticket.performer_id:
            known["performer"] = people[ticket.performer_id]
    ties = {tie.ticket_id: tie for tie in _TIES(person=by.pk, tickets=sorted(set(numbers)))}
    return {ticket.pk: Relation(by, ticket, ties.get(ticket.pk)) for ticket in tickets}


def _rows(tickets: list[int]) -> Any:
    rows = Ticket.objects.select_for_update(no_key=True).filter(pk__in=tickets).order_by("pk")
    return rows.defer("text", "text_html")


_ROWS: Prepared[Ticket] = Prepared(_rows)
_TIES: Prepared[Participant] = Prepared(
    lambda person, tickets: Participant.objects.filter(person=person, ticket__in=tickets)
)


def _act(
    body: Body, relation: Relation, keywords: dict[str, Any], rows: Mapping[int, Ticket]
) -> Done:
    ticket = relation.ticket
    if "other" in keywords:
        keywords["other"] = _other(keywords["other"], rows)
    if not body.gathers:
        touched = [keywords.get("other"), ticket.merged_into if ticket.merged_into_id else None]
        with _as_they_were(one for one in touched if one is not None), transaction.atomic():
            return body.act(ticket, **keywords)
    ticket.gathered = gathering.Gathered({relation.person.pk: relation.participant})
    return body.act(ticket, **keywords)


def _other(named: Ticket | None, rows: Mapping[int, Ticket]) -> Ticket:
    """The locked row of what the verb is about besides."""
    found = rows.get(named.pk) if named is not None else None
    if found is None:
        raise Invalid("other", _("The other ticket is not there any more."))
    return found


@contextmanager
def _as_they_were(tickets: Iterable[Ticket]) -> Iterator[None]:
    """What is refused half-way is undone in the database; rows that the next verb needs follow."""
    kept = [(one, {k: v for k, v in vars(one).items() if k != "_state"}) for one in tickets]
    try:
        yield
    except Refused:
        for one, values in kept:
            vars(one).update(values)
        raise
