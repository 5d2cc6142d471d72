"""What administrators set for the whole installation.

Both shapes of the settings are made from the fields that may be set, so that a new one is here too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db import models
from django.utils import translation
from pydantic import Field, StringConstraints, create_model

from estafeta.accounts import brand
from estafeta.accounts.actions.branding import LONGEST_NAME, TINTS
from estafeta.accounts.actions.site import FIELDS
from estafeta.accounts.models import Site
from estafeta.api.schemas.administration.base import Change, Line, Switch, Versioned, left_out
from estafeta.api.schemas.base import Body, Out
from estafeta.api.schemas.tickets import PriorityName
from estafeta.lib.sniff import Kind

Words = Annotated[str, StringConstraints(max_length=LONGEST_NAME)]
Language: Any = Literal[tuple(code for code, _name in settings.LANGUAGES)]
Tint: Any = Literal[tuple(tint for tint in TINTS if tint)]
OWN_KINDS: dict[str, Any] = {"refused_file_kinds": list[Kind], "language": Language}
"""What is kept as words and is a list or a choice."""


def _kind(name: str) -> Any:
    field: Any = Site._meta.get_field(name)
    if name in OWN_KINDS:
        return OWN_KINDS[name]
    if isinstance(field, models.BooleanField):
        return Switch
    if isinstance(field, models.IntegerField):
        return Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)]
    return Annotated[str, StringConstraints(max_length=field.max_length)]


def _told(name: str) -> str:
    field: Any = Site._meta.get_field(name)
    with translation.override("en"):
        return str(field.verbose_name)


def settings_of(site: Site) -> dict[str, Any]:
    """As both shapes name them."""
    values = {name: getattr(site, name) for name in FIELDS}
    values["refused_file_kinds"] = site.refused_file_kinds.split()
    return values


def _shape(name: str, base: type[Any], told: str, field: Callable[..., Any]) -> Any:
    fields: dict[str, Any] = {
        setting: (_kind(setting), field(description=_told(setting))) for setting in FIELDS
    }
    return create_model(name, __base__=base, __doc__=told, **fields)


SettingsOut = _shape("SettingsOut", Versioned, "How the installation behaves.", Field)
SettingsChange = _shape("SettingsChange", Change, "What is left out stays.", left_out)


class LookOut(Versioned):
    """How the installation shows itself."""

    name: str = Field(description="Empty: the name of the organisation")
    accent: str = Field(description="A colour like #2457c5; empty: our own")
    logo: str = Field(description="Its address; empty: none. Administrators choose it on the page")

    @classmethod
    def of(cls, site: Site) -> LookOut:
        """As the row says."""
        logo = brand.brand().logo if site.logo else ""
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
