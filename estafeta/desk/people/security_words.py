"""How an entry of the security trail reads: facts are data, words are made when shown."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from estafeta.accounts.models import Person, SecurityEntry, Site

LONGEST = 120
_MODELS = {"people": Person, "rights": Person, "settings": Site}
_STRUCTURE: dict[str, Any] = {
    "name": pgettext_lazy("thing", "Name"),
    "note": gettext_lazy("Note"),
    "parent": gettext_lazy("Inside"),
    "department": gettext_lazy("Department"),
    "position": gettext_lazy("Place among its neighbours"),
    "acceptance": gettext_lazy("Who accepts the result"),
    "is_active": gettext_lazy("In use"),
}


def details(entry: SecurityEntry) -> list[str]:
    """Short lines under what happened."""
    facts = entry.facts
    lines = [_change(entry.group, name, pair) for name, pair in facts.get("changes", {}).items()]
    if "before" in facts:
        lines.append(f"{_places(facts['before'])} → {_places(facts['after'])}")
    if facts.get("login"):
        lines.append(_("Login typed: %(login)s") % {"login": facts["login"]})
    if facts.get("reason") == "inactive":
        lines.append(_("The right password, but switched off"))
    if facts.get("how") == "shown":
        lines.append(_("Shown to the administrator"))
    if facts.get("name"):
        lines.append(str(facts["name"]))
    if facts.get("count"):
        lines.append(_("Sessions: %(count)s") % {"count": facts["count"]})
    return lines


def _change(group: str, name: str, pair: list[Any]) -> str:
    before, after = (_value(value) for value in pair)
    return f"{_label(group, name)}: {before} → {after}"


def _label(group: str, name: str) -> str:
    if name in _STRUCTURE and group == "structure":
        return str(_STRUCTURE[name])
    try:
        return str(_MODELS[group]._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except (KeyError, FieldDoesNotExist):
        return name


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return "—"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _places(places: list[dict[str, Any]]) -> str:
    named = [
        _("%(name)s (head)") % {"name": place["name"]} if place["head"] else str(place["name"])
        for place in places
    ]
    return ", ".join(named) or "—"
