"""Columns and the height of rows, as a person has chosen them for a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from estafeta.accounts.actions.looks import keep_look
from estafeta.desk.lists.columns import ALWAYS, BY_NAME, DEFAULT, Column, chosen, offered
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

DENSITIES = ("", "dense", "airy")
_PLACE = re.compile(r"/(inbox|sent|archive|tickets|following|search|(?:departments|views)/\d+)\Z")
_BOARD = re.compile(r"/lists/(?:inbox|sent|archive|all|following|department-\d+)/board\Z")
_SCROLLED = 6
"""With more columns than this, the table is wider than its place."""


@dataclass(frozen=True)
class Look:
    """`columns` is None for those that everybody has."""

    place: str
    columns: list[Column] | None = None
    density: str = ""

    @property
    def classes(self) -> str:
        """Of the element around the list."""
        words = [f"rows-{self.density}"] if self.density else []
        if self.columns and len(self.columns) > _SCROLLED:
            words.append("list-scrolled")
        return " ".join(words)

    @property
    def shown(self) -> list[Column]:
        """The columns there are, whoever chose them."""
        return self.columns or [BY_NAME[name] for name in DEFAULT]

    @property
    def names(self) -> list[str] | None:
        """Of the columns, where they are not the usual ones."""
        return [column.name for column in self.columns] if self.columns else None

    @property
    def heads(self) -> list[tuple[str, Any]] | None:
        """Name and label of each, where they are not the usual ones."""
        return [(column.name, column.label) for column in self.columns] if self.columns else None

    @property
    def extra(self) -> list[str]:
        """Names of columns that rows do not know by themselves."""
        own = self.columns or ()
        return [column.name for column in own if column.name not in DEFAULT]


def is_list(path: str) -> bool:
    """Whether a list stands at this address."""
    return _PLACE.fullmatch(path) is not None


def is_board(path: str) -> bool:
    """Whether a list stands at this address as a board."""
    return _BOARD.fullmatch(path) is not None


def here(request: DeskRequest) -> Look:
    """Of the list on which the person is, also when only a part of it is asked for."""
    current = urlsplit(request.headers.get("HX-Current-URL", "")).path or request.path
    found = _PLACE.search(current)
    return look_of(request.user, found[1] if found else "")


def look_of(person: Person, place: str) -> Look:
    """What was chosen for the list of this name."""
    kept = person.list_looks.get(place) if place else None
    if not isinstance(kept, dict):
        return Look(place)
    names = kept.get("columns") or DEFAULT
    density = kept.get("density", "")
    return Look(
        place,
        None if tuple(names) == DEFAULT else chosen(names, person),
        density if density in DENSITIES else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def look_dialog(request: DeskRequest) -> HttpResponse:
    """Ask for columns and height of rows of the list `place`; POST keeps them, or resets them."""
    place = request.POST.get("place", "") or request.GET.get("place", "")
    if not is_list(f"/{place}"):
        return HttpResponse(_("There is no such list."), status=422)
    if request.method == "POST":
        return _keep(request, place)
    look = look_of(request.user, place)
    shown = {column.name for column in look.shown}
    others = [column for column in offered(request.user) if column.name not in shown]
    context = {
        "place": place,
        "columns": [(column, column.name in shown) for column in (*look.shown, *others)],
        "always": ALWAYS,
        "density": look.density,
        "densities": [
            ("", _("Usual"), ""),
            ("dense", pgettext("rows", "Low"), ""),
            ("airy", pgettext("rows", "High"), ""),
        ],
        "is_own": place in request.user.list_looks,
    }
    if is_fragment(request):
        return render(request, "desk/lists/look.html", context)
    return render_page(request, "desk/lists/look_page.html", context)


def _keep(request: DeskRequest, place: str) -> HttpResponse:
    if "reset" in request.POST:
        keep_look(request.user, place, None)
    else:
        names = [c.name for c in chosen(request.POST.getlist("column"), request.user)]
        density = request.POST.get("density", "")
        look = {"columns": names, "density": density if density in DENSITIES else ""}
        keep_look(request.user, place, look)
    response = HttpResponse(status=204 if is_fragment(request) else 303)
    if is_fragment(request):
        response.headers["HX-Refresh"] = "true"
    else:
        response.headers["Location"] = f"/{place}"
    return response
