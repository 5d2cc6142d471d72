"""How an entry of the security trail reads: facts are data, words are made when shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from estafeta.accounts.models import Person, SecurityEntry, Site
from estafeta.accounts.models.department import AssignmentMode, HandOverMode, Unanswered
from estafeta.accounts.models.security_entry import Kind
from estafeta.desk.people import channel_words
from estafeta.tickets.models import Acceptance, Evidence, Priority

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
    "performers": gettext_lazy("Performers"),
    "priority": gettext_lazy("Priority"),
    "evidence": gettext_lazy("Completion must carry"),
    "prefix": gettext_lazy("Prefix of ticket numbers"),
    "is_hidden": gettext_lazy("Hidden"),
    "assignment_mode": gettext_lazy("Who gets new tickets"),
    "hand_over_mode": gettext_lazy("Tickets handed over to it"),
    "hand_over_hours": gettext_lazy("Hours to accept or decline"),
    "hand_over_unanswered": gettext_lazy("When nobody answers in time"),
}
_VALUES: dict[str, Any] = {
    "acceptance": Acceptance,
    "priority": Priority,
    "evidence": Evidence,
    "assignment_mode": AssignmentMode,
    "hand_over_mode": HandOverMode,
    "hand_over_unanswered": Unanswered,
}


def details(entry: SecurityEntry) -> list[str]:
    """Short lines under what happened."""
    facts = entry.facts
    lines = [_change(entry.group, name, pair) for name, pair in facts.get("changes", {}).items()]
    lines += channel_words.details(facts)
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
    if entry.kind == Kind.DEPARTMENT_MERGED:
        lines.append(_("Became part of %(name)s") % {"name": facts["into"]["name"]})
        lines.append(_("Tickets: %(count)s") % {"count": facts["moved"].get("tickets", 0)})
        lines.append(_("People: %(names)s") % {"names": ", ".join(facts["moved"]["people"]) or "—"})
    if "absence" in facts:
        lines += _absence(facts["absence"])
    if facts.get("count"):
        lines.append(_("Sessions: %(count)s") % {"count": facts["count"]})
    return lines


def _absence(told: dict[str, str]) -> list[str]:
    start, end = (
        date_format(localtime(datetime.fromisoformat(told[key])), "SHORT_DATETIME_FORMAT")
        if told[key] else "…"
        for key in ("from", "until")
    )  # fmt: skip
    lines = [f"{start} – {end}"]
    if told["deputy"]:
        lines.append(_("Stands in: %(name)s") % {"name": told["deputy"]})
    return lines


def _change(group: str, name: str, pair: list[Any]) -> str:
    before, after = (_value(_word(name, value)) for value in pair)
    return f"{_label(group, name)}: {before} → {after}"


def _word(name: str, value: Any) -> Any:
    """The label of a choice."""
    if isinstance(value, list):
        return ", ".join(str(_word(name, one)) for one in value)
    choices = dict(_VALUES[name].choices) if name in _VALUES else {}
    return choices.get(value, value)


def _label(group: str, name: str) -> str:
    if name.startswith("priority."):
        value, part = name.split(".")[1:]
        level = str(dict(Priority.choices).get(int(value), value))
        return f"{_STRUCTURE['priority']} ({level}), {part}"
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
