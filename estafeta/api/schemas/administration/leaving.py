"""Somebody leaves: what follows, and where the tickets go."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from estafeta.api.schemas.administration.people import ManagedPerson
from estafeta.api.schemas.base import Body, Id, Named, Out


class LeftTicket(Out):
    """A ticket that has to go somewhere."""

    number: int
    label: str
    department: Named
    title: str | None = Field(description="Null: it is not yours to read")


class LeavingOut(Out):
    """What follows when the person is switched off."""

    tickets: list[LeftTicket] = Field(description="In his hands or meant for him; at most 1000")
    amount: int = Field(description="Of all of them")
    to_be_accepted: int = Field(description="Results that wait for him as their author")
    sessions: int = Field(description="Places where he is signed in; they end")


class HeirBody(Body):
    """Who goes on with one ticket."""

    ticket: Id
    person: Id


class DeactivateBody(Body):
    """Where the open tickets go; required when there are any."""

    tickets: Literal["free", "colleague", "each"] | None = Field(
        None,
        description="`free`: each is free in its department; `colleague`: that person has them "
        "all; `each`: as `heirs` says, and those not named there are free",
    )
    colleague: Id | None = Field(None, description="With `colleague`: who")
    heirs: Annotated[list[HeirBody], Field(max_length=1000)] = Field(
        [], description="With `each`: who has which"
    )


class LeftOut(Out):
    """Somebody is switched off."""

    person: ManagedPerson
    moved: int = Field(description="How many tickets have gone on")
