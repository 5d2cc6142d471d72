"""The dialog of filters: conditions that all have to hold, and groups of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.desk.lists import filter_fields, filter_words, looks
from estafeta.desk.lists.address import Address
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.tickets.lists.filter_reading import Reading
from estafeta.tickets.lists.filters import MATCHES, MOST_GROUPS, is_filter

if TYPE_CHECKING:
    from django.http import QueryDict

    from estafeta.desk.lists.filter_values import Choice

OWN = ("path", "show", "add", "add_group", "drop")
"""Parameters that only this dialog has."""


@dataclass(frozen=True)
class GroupForm:
    """One group as it is being put together."""

    number: int
    match: str
    fields: list[filter_fields.Field]
    others: list[Choice]
    """What can be asked besides."""


@require_safe
@signed_in
def filters(request: DeskRequest) -> HttpResponse:
    """The form; it sends to the list itself. `add=2.topic` shows one field more in a group."""
    path = request.GET.get("path", "")
    if not looks.is_list(path) and not looks.is_board(path):
        raise Http404
    query = request.GET.copy()
    shown = _shown(query)
    for number in _dropped(query):
        for name in [name for name in query if name.startswith(f"{number}.")]:
            del query[name]
        shown = [name for name in shown if not name.startswith(f"{number}.")]
    for name in OWN:
        query.pop(name, None)
    reader = request.user
    offered = filter_fields.offered(reader)
    numbers = _numbers(query, shown, "add_group" in request.GET)
    conditions = Reading(query).conditions()
    groups = [_group(query, number, shown, offered, request) for number in numbers]
    fields = filter_fields.fields(conditions, offered, reader)
    more = [field for field in fields if field.name not in filter_fields.MAIN]
    address = Address(request, path, query)
    context = {
        "path": path,
        "kept": address.kept(),
        "main": [field for field in fields if field.name in filter_fields.MAIN],
        "more": more,
        "is_more_open": any(field.values or field.since or field.until for field in more),
        "groups": groups,
        "matches": list(filter_words.matches().items()),
        "match": query.get("match", "all"),
        "show": ",".join(_names(groups)),
        "may_add": len(groups) < MOST_GROUPS,
        "clear": address.unfiltered(),
        "here": request.path,
    }
    if is_fragment(request):
        return render(request, "desk/lists/filters_dialog.html", context)
    return render_page(request, "desk/lists/filters_page.html", context)


def _shown(query: QueryDict) -> list[str]:
    names = [*query.get("show", "").split(","), *query.getlist("add")]
    return [name for name in dict.fromkeys(names) if "." in name and is_filter(name)]


def _dropped(query: QueryDict) -> list[int]:
    return [number for number in _every() if query.get("drop") == str(number)]


def _every() -> Iterable[int]:
    return range(1, MOST_GROUPS + 1)


def _numbers(query: QueryDict, shown: list[str], is_one_more: bool) -> list[int]:
    """Of groups there are, and perhaps of a new one."""
    names = [*query, *shown]
    found = [n for n in _every() if any(name.startswith(f"{n}.") for name in names)]
    free = [number for number in _every() if number not in found]
    return [*found, free[0]] if is_one_more and free else found


def _group(
    query: QueryDict, number: int, shown: list[str], offered: list[str], request: DeskRequest
) -> GroupForm:
    prefix = f"{number}."
    reading = Reading(query, prefix)
    conditions = reading.conditions()
    on = [
        name for name in offered
        if filter_fields.values_of(conditions, name) or prefix + name in shown
    ]  # fmt: skip
    called = filter_fields.labels()
    return GroupForm(
        number,
        reading.one("match", MATCHES) or ("all" if on else "any"),
        filter_fields.fields(conditions, on, request.user, prefix),
        [(prefix + name, called[name]) for name in offered if name not in on],
    )


def _names(groups: list[GroupForm]) -> list[str]:
    return [field.name for group in groups for field in group.fields]
