"""Administration: the list of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Person
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.presence import states

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from estafeta.accounts.models.person import PersonQuerySet

ROWS = 50


def _whos() -> dict[str, tuple[str, PersonQuerySet]]:
    everybody = Person.objects.exclude(login="system")
    return {
        "staff": (_("Staff"), everybody.filter(is_active=True).staff()),
        "clients": (_("Clients"), everybody.filter(is_active=True).clients()),
        "inactive": (_("Switched off"), everybody.filter(is_active=False)),
        "all": (_("All"), everybody),
    }


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """Search and filters over everybody; who is switched off stands only under its own chip."""
    whos, text = _whos(), request.GET.get("q", "")[:200]
    who = request.GET.get("who", "")
    who = who if who in whos else ("all" if text else "staff")
    found = whos[who][1].find(text).select_related("organisation")
    rows = found.prefetch_related("memberships__department")
    context = {
        "tabs": tabs("manage_people"), "text": text, "who": who,
        "chips": _chips(whos, who, text), **page_of(rows, request, ROWS),
    }  # fmt: skip
    shown = [person.pk for person in context["page"].object_list]
    context["states"] = states.of_people(shown, to=request.user)
    return render_page(request, "desk/people/people.html", context)


def _chips(whos: dict[str, Any], who: str, text: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label, "href": f"?{urlencode({'who': name, 'q': text})}",
            "current": name == who, "count": rows.find(text).count(),
        }
        for name, (label, rows) in whos.items()
    ]  # fmt: skip


def page_of(rows: QuerySet[Any], request: DeskRequest, size: int) -> dict[str, Any]:
    """One page of a list, and the links to the pages beside it."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    return {
        "page": page,
        "newer": _link(request, page.previous_page_number()) if page.has_previous() else "",
        "older": _link(request, page.next_page_number()) if page.has_next() else "",
    }


def _link(request: DeskRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
