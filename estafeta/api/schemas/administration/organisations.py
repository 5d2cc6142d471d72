"""Organisations."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from estafeta.accounts.models import Organisation
from estafeta.api.schemas.administration.base import Change, Name, Switch, Versioned, left_out
from estafeta.api.schemas.base import LongText, Page


class ManagedOrganisation(Versioned):
    """An organisation whose people are clients."""

    counted: ClassVar[frozenset[str]] = frozenset({"people"})

    id: int
    name: str
    note: str
    is_active: bool = Field(description="Otherwise it is no longer offered for people")
    people: int = Field(description="Active people of it")

    @classmethod
    def of(cls, row: Organisation) -> ManagedOrganisation:
        """Expects `active_people` to be counted."""
        return cls(
            id=row.pk, name=row.name, note=row.note, is_active=row.is_active,
            people=row.active_people,  # type: ignore[attr-defined]
        )  # fmt: skip


class ManagedOrganisations(Page):
    """In the order of their ids."""

    organisations: list[ManagedOrganisation]


class OrganisationChange(Change):
    """What is known of an organisation."""

    name: Name = left_out(examples=["Alpha Ltd"])
    note: LongText = left_out(description="For those who administer")
    is_active: Switch = left_out()


class OrganisationBody(OrganisationChange):
    """A new organisation."""

    name: Name = Field(examples=["Alpha Ltd"])
