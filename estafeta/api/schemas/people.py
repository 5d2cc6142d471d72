"""People, departments, organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from estafeta.accounts.models import Person
from estafeta.api.schemas.base import Named, Out, Page


class PersonOut(Out):
    """A person. Clients learn names only: the fields of a card are null for them."""

    id: int
    name: str
    position: str | None
    organisation: Named | None
    phone: str | None
    room: str | None
    email: str | None
    departments: list[Named] | None
    is_active: bool | None

    @classmethod
    def card(cls, person: Person) -> PersonOut:
        """What agents see; expects memberships and organisation to be loaded."""
        organisation = person.organisation
        return cls(
            id=person.pk,
            name=person.name,
            position=person.position,
            organisation=Named(id=organisation.pk, name=organisation.name)
            if organisation
            else None,
            phone=person.phone,
            room=person.room,
            email=person.email,
            departments=[
                Named(id=row.department_id, name=row.department.name)
                for row in person.memberships.all()
            ],
            is_active=person.is_active,
        )

    @classmethod
    def name_only(cls, person: Person) -> PersonOut:
        """What clients see of others."""
        return cls(
            id=person.pk, name=person.name, position=None, organisation=None, phone=None, room=None,
            email=None, departments=None, is_active=None,
        )  # fmt: skip


class PeoplePage(Page):
    """People in the order of their ids."""

    people: list[PersonOut]


class MembershipOut(Out):
    """A department of the person's."""

    id: int
    name: str
    is_head: bool


class TokenOut(Out):
    """The token that was sent."""

    name: str
    scope: Literal["read", "write", "admin"]
    expires_at: datetime


class Me(Out):
    """Who asks, and with what."""

    id: int
    login: str | None
    name: str
    email: str
    language: str
    time_zone: str
    is_agent: bool
    is_director: bool
    is_administrator: bool
    organisation: Named | None
    photo: str = Field(description="Its address; empty: none")
    departments: list[MembershipOut]
    token: TokenOut


class DepartmentOut(Out):
    """A node of the tree."""

    id: int
    name: str
    parent: int | None = Field(description="Id of the department above; null: a root")
    depth: int
    is_active: bool
    prefix: str = Field(description="Of ticket numbers there, its own or inherited; may be empty")
    is_offered: bool = Field(description="Whether you can choose it for a ticket")


class Departments(Out):
    """The whole tree, parents before children."""

    departments: list[DepartmentOut]
