"""The right column: facts, people, the requester's card with his other tickets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, When

from estafeta.accounts.models import Membership
from estafeta.accounts.standing import Standing
from estafeta.desk import whereabouts
from estafeta.lib.prepared import Prepared
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.sight import SeenBy

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

OTHERS = 5
LOOKED_AT = 100
"""Of the tickets of a requester, those that changed last."""
MOST_PEOPLE = 40
SHOWN = 8
"""Of an address of two hundred the page names some and counts the rest."""


@dataclass(frozen=True)
class People:
    """Who has to do with the ticket, from one query; of very many only the first."""

    rows: list[Participant]

    @classmethod
    def of(cls, ticket: Ticket, reader: Person) -> People:
        """The reader first, then performers, then those who confirmed, then as they came to it."""
        return cls(_PEOPLE(reader=reader.pk, ticket=ticket.pk))

    def row_of(self, person: Person) -> Participant | None:
        """This person's own tie; the reader's is always among the rows."""
        return next((row for row in self.rows if row.person_id == person.pk), None)

    def performers(self, ticket: Ticket) -> list[Person]:
        """Those who work on it now, the holder of the baton first."""
        rows = [row for row in self.rows if row.is_performer]
        rows.sort(key=lambda row: (row.person_id != ticket.performer_id, row.pk))
        return [row.person for row in rows]

    @property
    def addressees(self) -> list[Participant]:
        """To whom it is addressed in person, with whether they confirmed having seen it."""
        return sorted((row for row in self.rows if row.is_addressee), key=_came)[:SHOWN]

    @property
    def followers(self) -> list[Person]:
        """Who only wants to hear of it."""
        return [row.person for row in sorted(self.rows, key=_came) if row.is_follower][:SHOWN]

    @property
    def acknowledged(self) -> list[Participant]:
        """Who confirmed, and who has yet to."""
        asked = [row for row in self.rows if row.is_addressee or row.acknowledged_at]
        return sorted(asked, key=lambda row: (row.acknowledged_at is None, row.pk))[:SHOWN]


def _people(reader: int, ticket: int) -> Any:
    concerned = (
        Q(person=reader)
        | Q(is_performer=True)
        | Q(is_addressee=True)
        | Q(acknowledged_at__isnull=False)
        | Q(is_follower=True)
    )
    rows = Participant.objects.filter(concerned, ticket=ticket).select_related("person")
    return rows.order_by(
        Case(When(person=reader, then=0), default=1),
        "-is_performer",
        F("acknowledged_at").asc(nulls_last=True),
        "pk",
    )[:MOST_PEOPLE]


_PEOPLE = Prepared(_people)


def _came(row: Participant) -> int:
    return row.pk


@dataclass(frozen=True)
class Requester:
    """His card. `others` are those of his tickets that the reader may see, open ones first."""

    person: Person
    place: str
    contacts: list[str]
    others: list[Ticket]
    has_more: bool
    has_card: bool
    """The reader may look into the directory of clients, and this person stands there."""


def requester_of(ticket: Ticket, reader: Person) -> Requester | None:
    """Nothing on one's own ticket: one knows oneself."""
    person = ticket.requester
    if person.pk == reader.pk:
        return None
    others = _OTHERS(reader, requester=person.pk, shown=ticket.pk)
    names = _belongs_to(person)
    return Requester(
        person=person,
        place=" · ".join(
            word for word in (*names, person.position, whereabouts.room(person)) if word
        ),
        contacts=[
            word for word in (whereabouts.phone(person), person.email, person.contacts) if word
        ],
        others=others[:OTHERS],
        has_more=len(others) > OTHERS,
        has_card=reader.is_agent and _is_client(person, names),
    )


def _others(reader: Standing, requester: int, shown: int) -> Any:
    rows = Ticket.objects.visible_to(reader).latest_of(requester, LOOKED_AT).exclude(pk=shown)
    named = ("number", "title", "status", "department")
    return rows.only(*named).order_by("-changed_at")[: OTHERS + 1]


_OTHERS: SeenBy[Ticket] = SeenBy(_others)


def _belongs_to(person: Person) -> list[str]:
    """The organisation of a client, the departments of staff."""
    if person.organisation:
        return [person.organisation.name]
    return list(_DEPARTMENTS(person=person.pk))


def _is_client(person: Person, names: list[str]) -> bool:
    """As `Person.objects.clients` has it, from what is read already."""
    if not person.is_active or person.is_director or person.is_administrator:
        return False
    return person.organisation_id is not None or not names


_DEPARTMENTS = Prepared(
    lambda person: (
        Membership.objects.filter(person=person)
        .order_by("pk")
        .values_list("department__name", flat=True)
    )
)
