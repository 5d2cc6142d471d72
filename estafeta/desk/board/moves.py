"""What it means to move a card: each place of the board is reached by a verb, with its form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from estafeta.desk.tickets.offer import action
from estafeta.tickets.models import Acceptance, Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

FREE = "free"

INTO: dict[Status, tuple[Verb, ...]] = {
    Status.NEW: (Verb.RELEASE, Verb.REOPEN),
    Status.IN_PROGRESS: (Verb.RESUME, Verb.TAKE, Verb.RETURN_TO_WORK, Verb.ASSIGN),
    Status.WAITING: (Verb.WAIT,),
    Status.REVIEW: (Verb.COMPLETE,),
    Status.DONE: (Verb.ACCEPT, Verb.COMPLETE),
    Status.CANCELLED: (Verb.CANCEL,),
    Status.ARCHIVED: (Verb.ARCHIVE,),
}
"""The verbs that lead to a status, the most direct first."""


@dataclass(frozen=True)
class Move:
    """Into which column, by which verb; `dialog`: it asks something first."""

    column: str
    verb: str
    label: str
    url: str
    dialog: bool

    def plain(self) -> dict[str, Any]:
        """For the page's script."""
        return {"verb": self.verb, "label": self.label, "url": self.url, "dialog": self.dialog}


def by_status(relation: Relation, columns: Iterable[Status]) -> list[Move]:
    """Into which of the columns this person can move the card."""
    ticket, allowed = relation.ticket, set(allowed_verbs(relation))
    found = []
    for column in columns:
        verb = _into(column, ticket, allowed)
        if verb is not None and column != ticket.status:
            found.append(_move(str(column.value), relation, verb))
    return found


def _into(column: Status, ticket: Ticket, allowed: set[Verb]) -> Verb | None:
    for verb in INTO.get(column, ()):
        ends_at_once = ticket.acceptance == Acceptance.NOBODY
        if verb is Verb.COMPLETE and ends_at_once != (column is Status.DONE):
            continue
        if verb in allowed:
            return verb
    return None


def by_performer(relation: Relation, people: Iterable[Person]) -> list[Move]:
    """To which of these people, or to nobody."""
    ticket, allowed = relation.ticket, set(allowed_verbs(relation))
    found = []
    if Verb.RELEASE in allowed and ticket.performer_id:
        found.append(_move(FREE, relation, Verb.RELEASE))
    for person in people:
        if person.pk == ticket.performer_id:
            continue
        if person.pk == relation.person.pk and Verb.TAKE in allowed:
            found.append(_move(str(person.pk), relation, Verb.TAKE))
        elif (verb := _to_another(relation, person, allowed)) is not None:
            found.append(_move(str(person.pk), relation, verb, people=person.pk))
    return found


def _to_another(relation: Relation, person: Person, allowed: set[Verb]) -> Verb | None:
    standing = relation.person.standing
    own = standing.is_director or bool(person.standing.member_of & standing.headed)
    if Verb.ASSIGN in allowed and own:
        return Verb.ASSIGN
    return Verb.HAND_OVER if Verb.HAND_OVER in allowed else None


def _move(column: str, relation: Relation, verb: Verb, *, people: int | None = None) -> Move:
    button = action(relation, verb)
    url = f"{button.url}?people={people}" if people else button.url
    return Move(column, button.verb, button.label, url, button.dialog)
