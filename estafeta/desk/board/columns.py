"""The columns of a board and the cards in them, in a fixed number of queries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Person
from estafeta.desk.board import moves, words
from estafeta.desk.lists.rows import Row, rows_of
from estafeta.tickets.lists.amounts import counted
from estafeta.tickets.lists.listing import Listing
from estafeta.tickets.models import Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.statuses import OPEN_STATUSES, Status

if TYPE_CHECKING:
    from estafeta.tickets.lists.paging import Question

MOST_CARDS = 25
MOST_TICKETS = 300
"""Of a board by performers so many are laid out."""
MOST_PEOPLE = 12
MOST_COUNTED = 999
"""In one column; what is beyond is a plus."""
SHOWN = (Status.NEW, Status.IN_PROGRESS, Status.WAITING, Status.REVIEW, Status.DONE)


@dataclass(frozen=True)
class Card:
    """A ticket on the board; `moves` is JSON: column -> how to get there."""

    row: Row
    moves: str
    has_moves: bool


@dataclass(frozen=True)
class Column:
    """`key` is what cards name as their goal; `amount` counts the cards that are not laid out too."""

    key: str
    label: str
    cards: list[Card]
    amount: int
    empty: str
    person: Person | None = None

    @property
    def has_more(self) -> bool:
        """Not all cards are laid out."""
        return self.amount > len(self.cards)

    @property
    def amount_text(self) -> str:
        """For the head; with a plus where there are even more."""
        return f"{MOST_COUNTED}+" if self.amount > MOST_COUNTED else str(self.amount)


def by_status(question: Question, reader: Person, *, home: int | None) -> list[Column]:
    """One query a column, those of the rows, and one to count where a column is too full."""
    found = {status: _first(question, [status], MOST_CARDS + 1) for status in SHOWN}
    laid = {status: tickets[:MOST_CARDS] for status, tickets in found.items()}
    cards = _cards(
        [ticket for tickets in laid.values() for ticket in tickets], reader, home,
        lambda relation: moves.by_status(relation, SHOWN),
    )  # fmt: skip
    full = [status for status in SHOWN if len(found[status]) > MOST_CARDS]
    amounts = _counted(question, {SHOWN.index(one): {"status": one} for one in full})
    return [
        Column(
            str(status.value), str(status.label), [cards[ticket.pk] for ticket in laid[status]],
            amounts.get(place, len(found[status])), words.empty_status(status, question.filters),
        )
        for place, status in enumerate(SHOWN)
    ]  # fmt: skip


def by_performer(question: Question, reader: Person, *, home: int | None) -> list[Column]:
    """Whoever works on something here, and the people of the reader's departments."""
    tickets = _first(question, OPEN_STATUSES, MOST_TICKETS)
    people = _people(tickets, reader, home)
    known = {person.pk for person in people}
    cards = _cards(
        [ticket for ticket in tickets if ticket.performer_id in {None, *known}], reader, home,
        lambda relation: moves.by_performer(relation, people),
    )  # fmt: skip
    amounts = Counter(ticket.performer_id for ticket in tickets)
    if len(tickets) == MOST_TICKETS:
        by_key = {0: {"performer": None}} | {one.pk: {"performer": one.pk} for one in people}
        open_ones = {"status__in": OPEN_STATUSES}
        there = _counted(question, {key: open_ones | more for key, more in by_key.items()})
        amounts = Counter({key or None: amount for key, amount in there.items()})
    columns: list[tuple[str, str, Person | None]] = [(moves.FREE, _("Free"), None)]
    columns += [(str(person.pk), person.name, person) for person in people]
    return [
        _of_performer(key, label, person, tickets, cards, amounts, question)
        for key, label, person in columns
    ]


def _of_performer(
    key: str,
    label: str,
    person: Person | None,
    tickets: Sequence[Ticket],
    cards: dict[int, Card],
    amounts: Mapping[int | None, int],
    question: Question,
) -> Column:
    wanted = person.pk if person else None
    inside = [ticket for ticket in tickets if ticket.performer_id == wanted]
    found = [cards[ticket.pk] for ticket in inside[:MOST_CARDS]]
    empty = words.empty_performer(person, question.filters)
    return Column(key, label, found, amounts.get(wanted, 0), empty, person)


def _counted(question: Question, wanted: Mapping[int, dict[str, Any]]) -> dict[int, int]:
    """How many tickets of the answer are like this, by the same keys."""
    answers = {key: question.all().filter(**like) for key, like in wanted.items()}
    return counted(answers, MOST_COUNTED + 1)


def _first(question: Question, statuses: Sequence[Status], amount: int) -> list[Ticket]:
    """The first tickets of the answer in these statuses, along the same indexes as a page."""
    whole = question.listing.content
    part = whole._replace(tickets=whole.tickets.filter(status__in=statuses))
    narrow = replace(question, listing=Listing(question.listing.name, lambda: part))
    return list(narrow.choice(amount, question.order, None))


def _people(tickets: Sequence[Ticket], reader: Person, home: int | None) -> list[Person]:
    """Those who have something first, the reader before all, then by name."""
    busy = {ticket.performer_id for ticket in tickets if ticket.performer_id}
    places = {home} if home else reader.standing.departments
    rows = Person.objects.active().filter(memberships__department__in=places)
    there = set(rows.order_by("name").values_list("pk", flat=True)[: 2 * MOST_PEOPLE])
    found = Person.objects.filter(pk__in=busy | there | {reader.pk} if places else busy)
    people = list(found.prefetch_related("memberships").order_by("name"))
    people.sort(key=lambda one: (one.pk != reader.pk, one.pk not in busy))
    return people[:MOST_PEOPLE]


def _cards(
    tickets: Sequence[Ticket], reader: Person, home: int | None, moves_of: object
) -> dict[int, Card]:
    rows = {row.number: row for row in rows_of(tickets, reader, home=home)}
    found = {}
    for relation in Relation.between_all(reader, tickets):
        possible = {move.column: move.plain() for move in moves_of(relation)}  # type: ignore[operator]
        text = json.dumps(possible, ensure_ascii=False)
        found[relation.ticket.pk] = Card(rows[relation.ticket.pk], text, bool(possible))
    return found
