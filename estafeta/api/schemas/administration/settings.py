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

from estafeta.accounts.actions.site import FIELDS
from estafeta.accounts.models import Site
from estafeta.api.schemas.administration.base import Change, Switch, Versioned, left_out
from estafeta.lib.sniff import Kind

Language: Any = Literal[tuple(code for code, _name in settings.LANGUAGES)]
# Written out: the document names an enumeration by its class, and notifications have a `Kind` too.
FileKind: Any = Literal[tuple(Kind.values)]
OWN_KINDS: dict[str, Any] = {"refused_file_kinds": list[FileKind], "language": Language}
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
