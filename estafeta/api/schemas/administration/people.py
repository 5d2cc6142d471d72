"""People as administrators keep them, and what follows when somebody leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from estafeta.accounts.models import Person
from estafeta.api.schemas.administration.base import Change, Line, Name, Switch, Versioned, left_out
from estafeta.api.schemas.base import Body, Id, Named, Out, Page
from estafeta.api.schemas.people import MembershipOut
from estafeta.api.schemas.tickets import maybe

Login = Annotated[str, StringConstraints(max_length=150)]
Who = Literal["staff", "clients", "inactive", "all"]


class Rights(Out):
    """What somebody may do beyond his departments."""

    is_director: bool
    is_administrator: bool
    is_lead: bool = Field(description="Sees all tickets of the organisation")
    may_edit_clients: bool
    may_announce: bool
    may_write_knowledge: bool
    may_see_reports: bool


class ManagedPerson(Versioned):
    """A person with everything that is set for him."""

    id: int
    login: str | None = Field(description="Null: cannot sign in")
    name: str
    email: str
    phone: str
    room: str
    position: str
    contacts: str
    organisation: Named | None = Field(description="Null: belongs to this organisation")
    language: str = Field(description="Empty: that of the installation")
    time_zone: str = Field(description="Empty: that of the installation")
    is_active: bool
    rights: Rights
    departments: list[MembershipOut]
    created_at: datetime

    @classmethod
    def of(cls, row: Person) -> ManagedPerson:
        """Expects organisation and memberships with their departments to be loaded."""
        places = sorted(row.memberships.all(), key=lambda one: one.department.path)
        return cls(
            id=row.pk, login=row.login, name=row.name, email=row.email, phone=row.phone,
            room=row.room, position=row.position, contacts=row.contacts,
            organisation=maybe(row.organisation), language=row.language, time_zone=row.time_zone,
            is_active=row.is_active, created_at=row.created_at,
            rights=Rights(**{name: getattr(row, name) for name in Rights.model_fields}),
            departments=[
                MembershipOut(id=one.department_id, name=one.department.name, is_head=one.is_head)
                for one in places
            ],
        )  # fmt: skip


class ManagedPeople(Page):
    """In the order of their ids."""

    people: list[ManagedPerson]


class PlaceOfPerson(Body):
    """A department and what the person is there."""

    department: Id
    is_head: Switch = False


class ClientChange(Change):
    """The card of a person."""

    name: Name = left_out(examples=["Anna Petrova"])
    email: Line = left_out(examples=["a.petrova@example.org"])
    phone: Line = left_out(examples=["+7 312 214"])
    room: Line = left_out(examples=["214"])
    position: Line = left_out(examples=["Accountant"])
    contacts: Line = left_out(description="Whatever else reaches them")
    organisation: Id | None = left_out(description="Null: belongs to this organisation")


class ClientBody(ClientChange):
    """A new client."""

    name: Name = Field(examples=["Anna Petrova"])
    another: Switch = Field(
        False, description="Somebody else than the one with the same e-mail or phone"
    )


class RightsChange(Change):
    """Those that are left out stay."""

    is_director: Switch = left_out(description="Sees all tickets")
    is_administrator: Switch = left_out()
    is_lead: Switch = left_out(description="Sees all tickets of the organisation")
    may_edit_clients: Switch = left_out()
    may_announce: Switch = left_out()
    may_write_knowledge: Switch = left_out()
    may_see_reports: Switch = left_out()


class PersonChange(RightsChange, ClientChange):
    """Card, login, rights, departments.

    Rights stand in `rights`, as they are read; by themselves they are understood as well.
    """

    login: Login | None = left_out(
        description="Null: cannot sign in any more", examples=["a.petrova"]
    )
    language: Line = left_out(description="Empty: that of the installation", examples=["ru"])
    time_zone: Line = left_out(description="Like `Asia/Bishkek`; empty: the installation's")
    departments: Annotated[list[PlaceOfPerson], Field(max_length=200)] = left_out(
        description="Exactly these and no others", examples=[[{"department": 1, "is_head": False}]]
    )
    rights: RightsChange = left_out(examples=[{"may_announce": True}])


class PersonBody(PersonChange):
    """A new person. A password comes with a link: `send_link`."""

    name: Name = Field(examples=["Anna Petrova"])


class LinkSent(Out):
    """A link with which the person sets a password is on its way to this address."""

    email: str
