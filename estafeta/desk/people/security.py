"""Administration: the security trail, newest first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person, SecurityEntry
from estafeta.accounts.models.security_entry import Group
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.security_words import details
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import bounded

ROWS = 50
FILTERS = ("kind", "person", "before")


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """A page of entries, by kind and person."""
    entries = SecurityEntry.objects.all()
    kind, person = request.GET.get("kind", ""), _person(request.GET.get("person", ""))
    if kind in Group.values:
        entries = entries.of_group(kind)
    if person is not None:
        entries = entries.concerning(person)
    if before := _number(request.GET.get("before", "")):
        entries = entries.filter(seq__lt=before)
    rows = list(entries[: ROWS + 1])
    context = {
        "tabs": tabs("security"), "person": person, "kind": kind, "chips": _chips(request, kind),
        "lines": _lines(rows[:ROWS]),
        "newest": _link(request, before="") if before else "",
        "older": _link(request, before=str(rows[ROWS - 1].seq)) if len(rows) > ROWS else "",
        "without_person": _link(request, person="", before=""),
    }  # fmt: skip
    return render_page(request, "desk/people/security.html", context)


def _lines(rows: list[SecurityEntry]) -> list[dict[str, Any]]:
    numbers = {row.actor_id for row in rows} | {row.about_id for row in rows}
    people = Person.objects.in_bulk([number for number in numbers if number])
    return [
        {
            "entry": row, "details": details(row), "actor": people.get(row.actor_id or 0),
            "actor_name": row.facts.get("by", ""), "about_name": row.facts.get("about", ""),
            "is_about_another": row.about_id not in (None, row.actor_id),
        }
        for row in rows
    ]  # fmt: skip


def _chips(request: DeskRequest, current: str) -> list[dict[str, Any]]:
    kinds = [("", _("All")), *Group.choices]
    return [
        {"label": label, "href": _link(request, kind=kind, before=""), "current": kind == current}
        for kind, label in kinds
    ]


def _link(request: DeskRequest, **changed: str) -> str:
    wanted = {name: request.GET.get(name, "") for name in FILTERS} | changed
    return f"?{urlencode({name: value for name, value in wanted.items() if value})}"


def _number(text: str) -> int:
    return bounded(int(text)) if text.isdecimal() and len(text) < 25 else 0


def _person(text: str) -> Person | None:
    return Person.objects.filter(pk=_number(text)).first()
