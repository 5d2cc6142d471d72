"""What several forms of these pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Position
from estafeta.lib.ids import LARGEST

INDENT = "\u2003"


def saved(form: forms.BaseForm, save: Callable[[dict[str, Any]], object]) -> bool:
    """Save what is valid; False when the form has to be shown again with what is wrong."""
    if not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except Invalid as wrong:
        wrong.put_into(form)
        return False
    return True


def numbers(data: QueryDict, name: str) -> list[int]:
    """The ids sent under this name; what is no number is left out."""
    found = (text for text in data.getlist(name) if text.isdecimal() and len(text) < 20)
    return [int(text) for text in found if int(text) < LARGEST]


def departments_of(data: QueryDict, name: str) -> list[Department]:
    """The departments sent under this name, in the order of the tree."""
    return Department.objects.filter(pk__in=numbers(data, name)).in_tree_order()


def offered_positions() -> list[str]:
    """The dictionary of positions."""
    return list(Position.objects.values_list("name", flat=True))
