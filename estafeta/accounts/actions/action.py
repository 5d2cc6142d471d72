"""What all actions of this room share: one transaction, one after another."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from estafeta.accounts import security
from estafeta.accounts.errors import Invalid
from estafeta.lib.text import clean, one_line

P = ParamSpec("P")
R = TypeVar("R")


def action(body: Callable[P, R]) -> Callable[P, R]:
    """Run in a transaction that waits for other changes of people and settings to end."""

    @wraps(body)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            security.lock()
            return body(*args, **kwargs)

    return act


def fill(row: models.Model, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the values, cleaned, and tell what changed: field -> [before, after], as data."""
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        if isinstance(value, str):
            long = isinstance(row._meta.get_field(name), models.TextField)
            value = clean(value) if long else one_line(value)
        before = getattr(row, name)
        if (before or "") != (value or ""):
            changes[name] = [_as_data(before), _as_data(value)]
        setattr(row, name, value)
    return changes


def _as_data(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value


def check(row: models.Model) -> None:
    """Validate what people enter of the row; what Django finds becomes `Invalid`."""
    unseen = {field.name for field in row._meta.fields if not field.editable}
    try:
        row.full_clean(exclude=unseen)
    except ValidationError as error:
        raise Invalid.of(error) from None
