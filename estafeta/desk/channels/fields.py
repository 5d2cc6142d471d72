"""What the page of a channel knows of each field of its form, and in which part it stands.

A form may name `sections` (how the names of their fields begin -> what they are called; `way` says
which is chosen) and `rare` (names of fields that few need).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from estafeta.notifications.administering import settings
from estafeta.notifications.channels.channel import Channel

Line = dict[str, Any]


def fields_of(channel: Channel, form: forms.Form) -> list[Line]:
    """One line a field, in the order of the form."""
    values, outside = settings.stored(channel), channel.set_outside()
    sections, rare = getattr(form, "sections", {}), getattr(form, "rare", ())
    return [
        {
            "bound": form[name],
            "is_hidden": field.widget.is_hidden,
            "section": begin if (begin := name.split("_")[0]) in sections else "",
            "is_rare": name in rare,
            "is_usual": values.get(name) in (field.initial, None, ""),
            "is_secret": settings.is_secret(field),
            "is_set": bool(outside.get(name) if name in outside else values.get(name)),
            "is_outside": name in outside,
            "value": _shown(field, outside.get(name)),
            "may_be_forgotten": not field.required,
        }
        for name, field in form.fields.items()
    ]


def sections_of(form: forms.Form, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Open is the part that is chosen, and where something is wrong."""
    found = []
    for name, label in getattr(form, "sections", {}).items():
        own = [line for line in lines if line["section"] == name]
        is_open = form["way"].value() == name or any(line["bound"].errors for line in own)
        found.append({"label": label, "fields": own, "is_open": is_open})
    return found


def is_rare_open(lines: Iterable[Line], switches: forms.Form) -> bool:
    """Whether something of what few need is set here, or wrong."""
    limit = switches["messages_a_minute"]
    rare = [line for line in lines if line["is_rare"]]
    is_wrong = any(line["bound"].errors for line in rare) or bool(limit.errors)
    return is_wrong or bool(limit.value()) or not all(line["is_usual"] for line in rare)


def _shown(field: forms.Field, value: Any) -> str:
    if settings.is_secret(field):
        return _("set, not shown") if value else "—"
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    return str(labels.get(str(value), value)) if value not in (None, "") else "—"
