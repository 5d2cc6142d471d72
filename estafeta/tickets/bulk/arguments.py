"""The keywords of a verb as JSON, for a run that is worked off later: rows by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model

ROWS = {"accounts.person", "accounts.department", "tickets.topic", "tickets.tag", "tickets.ticket"}
"""What may be named; nothing else is fetched."""


def kept(keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Raises TypeError for what cannot be kept: such a verb is not for many tickets."""
    return {name: _kept(value) for name, value in keywords.items()}


def read(written: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords again; a row that is gone meanwhile is None."""
    return {name: _read(value) for name, value in written.items()}


def _kept(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return {"plain": value}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, Model):
        if value._meta.label_lower not in ROWS:
            raise TypeError(value._meta.label)
        return {"row": value._meta.label_lower, "pk": value.pk}
    if isinstance(value, list | tuple):
        return {"several": [_kept(one) for one in value]}
    if isinstance(value, Mapping):
        return {"named": kept(value)}
    raise TypeError(type(value).__name__)


def _read(written: Any) -> Any:
    if "plain" in written:
        return written["plain"]
    if "moment" in written:
        return datetime.fromisoformat(written["moment"])
    if "named" in written:
        return read(written["named"])
    if "several" in written:
        return [one for one in map(_read, written["several"]) if one is not None]
    if written["row"] not in ROWS:
        raise LookupError(written["row"])
    rows: Any = apps.get_model(written["row"])
    return rows._default_manager.filter(pk=written["pk"]).first()
