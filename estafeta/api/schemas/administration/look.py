"""How the installation shows itself: name, colour, what priorities are called."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from estafeta.accounts import brand
from estafeta.accounts.actions.branding import LONGEST_NAME, TINTS
from estafeta.accounts.models import Site
from estafeta.api.schemas.administration.base import Change, Line, Versioned, left_out
from estafeta.api.schemas.administration.settings import Language
from estafeta.api.schemas.base import Body, Out
from estafeta.api.schemas.tickets import PriorityName

Words = Annotated[str, StringConstraints(max_length=LONGEST_NAME)]
Tint: Any = Literal[tuple(tint for tint in TINTS if tint)]


class LookOut(Versioned):
    """How the installation shows itself."""

    name: str = Field(description="Empty: the name of the organisation")
    accent: str = Field(description="A colour like #2457c5; empty: our own")
    logo: str = Field(description="Its address; empty: none.")

    @classmethod
    def of(cls, site: Site) -> LookOut:
        """As the row says."""
        logo = brand.logo_of(site)
        return cls(name=site.brand_name, accent=site.accent, logo=logo)


class LookChange(Change):
    """The name above the menu and the colour of buttons and links."""

    name: Line = left_out(examples=["Help desk"])
    accent: Line = left_out(description="Like #2457c5", examples=["#2457c5"])


class PriorityOut(Out):
    """One of the four."""

    priority: PriorityName
    names: dict[str, str] = Field(description="By language; those left out are the product's own")
    colour: str = Field(description="Empty: as it is in the product")


class Priorities(Versioned):
    """From the most urgent down."""

    priorities: list[PriorityOut]


class PriorityLook(Body):
    """What one of them is called, and its colour; all of it is replaced."""

    priority: PriorityName
    names: Annotated[dict[Language, Words], Field(max_length=20)] = Field(
        {}, description="By language", examples=[{"en": "Drop everything"}]
    )
    colour: Tint | None = Field(None, description="Null: as it is in the product")


class PrioritiesChange(Body):
    """Those that are left out stay."""

    priorities: Annotated[list[PriorityLook], Field(min_length=1, max_length=4)]
