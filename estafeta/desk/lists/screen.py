"""A list on its page: filters, order, one page of rows; and what refreshes it while it is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from estafeta.desk import limits
from estafeta.desk.lists import filter_words, looks, refresh, rows, sorting
from estafeta.desk.lists.address import Address
from estafeta.desk.lists.chips import Chip, Quick, quick_chips
from estafeta.desk.navigation import counters_of
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.tickets.lists.counters import DENSE
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.listing import Listing
from estafeta.tickets.lists.orders import BadCursor, Order
from estafeta.tickets.lists.paging import SIZES, Question
from estafeta.tickets.models import SavedView

SIZE_COOKIE = "estafeta_rows"
A_YEAR = 365 * 86400


@dataclass(frozen=True)
class Screen:
    """What one list says about itself."""

    title: str
    listing: Listing
    empty_title: str
    empty_text: str
    summary: str = ""
    quick: list[Quick] = field(default_factory=list)
    home: int | None = None
    """The department that goes without saying."""
    order: Order = field(default_factory=Order)
    template: str = "desk/lists/page.html"
    marks_words: bool = False
    more: dict[str, Any] = field(default_factory=dict)
    """What only its own template shows."""
    view: SavedView | None = None
    """The saved view that is shown."""
    is_changed: bool = False
    """Its filters are others than those that were kept."""


def show(request: DeskRequest, screen: Screen) -> HttpResponse:
    """The page, or only its rows where htmx asks for them."""
    is_search = request.GET.get("q") and "shown" not in request.GET
    if is_search and (wait := limits.seconds_to_wait(limits.Limited.SEARCH, request)):
        return limits.too_often(request, limits.Limited.SEARCH, wait)
    question, unknown_order = question_of(request, screen)
    size = _size(request)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        if is_fragment(request) and "shown" in request.GET and not (after or before):
            body = refresh.shown_rows(question, size, request.GET["shown"])
        else:
            body = refresh.fresh_rows(question, size, after=after, before=before)
    except BadCursor as wrong:
        return _bad_cursor(request, wrong)
    address = Address(request)
    look = looks.here(request)
    quick = quick_chips(screen.quick, question.filters, address)
    context = {
        "screen": screen,
        "filters": question.filters,
        "address": address,
        "rows": rows.rows_of(
            body.tickets,
            request.user,
            home=screen.home,
            marked=question.filters.asked.words if screen.marks_words else "",
            extra=look.extra,
        ),
        "body": body,
        "refresh_url": refresh.address(request, body),
        "sorts": sorting.heads(question.order, address),
        "quick": quick,
        "reader": request.user,
        "source": address.source(screen.listing.name, question.order),
        "look": look,
    }
    if is_fragment(request):
        response = render(request, "desk/lists/fragment.html", context)
    else:
        context |= _around(screen, question, address, size, unknown_order)
        context["active"] = _active(screen, question, address, quick)
        response = render_page(request, screen.template, context)
    if request.GET.get("size") == str(size):
        response.set_cookie(SIZE_COOKIE, str(size), max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


def question_of(request: DeskRequest, screen: Screen) -> tuple[Question, str]:
    """What the address asks of the list; and the order it names, if there is none such."""
    sort = request.GET.get("sort", "")
    order = Order.read(sort)
    amounts = counters_of(request).by_department.values()
    question = Question(
        listing=screen.listing,
        reader=request.user,
        filters=Filters.read(request.GET),
        order=order or screen.order,
        is_dense=sum(amount.total() for amount in amounts) > DENSE,
    )
    return question, "" if order or not sort else sort


def _around(
    screen: Screen, question: Question, address: Address, size: int, unknown_order: str
) -> dict[str, Any]:
    filters = question.filters
    ignored = [*filters.ignored, *([("sort", unknown_order)] if unknown_order else [])]
    return {
        "ignored": [f"{name}={value}" for name, value in ignored],
        "orders": sorting.choices(question.order, address),
        "sizes": [(str(number), address.set(size=str(number)), number == size) for number in SIZES],
    }


def _active(screen: Screen, question: Question, address: Address, quick: list[Chip]) -> list[Chip]:
    """The filters that are on, unless a quick choice says it."""
    if any(chip.current for chip in quick):
        return []
    without = "q" if screen.marks_words else ""
    return filter_words.active_chips(question.filters, address, question.reader, without=without)


def _size(request: DeskRequest) -> int:
    for text in (request.GET.get("size"), request.COOKIES.get(SIZE_COOKIE)):
        for size in SIZES:
            if text == str(size):
                return size
    return SIZES[0]


def _bad_cursor(request: DeskRequest, wrong: BadCursor) -> HttpResponse:
    context = {"title": _("This page does not exist"), "text": str(wrong), "href": request.path}
    if is_fragment(request):
        return HttpResponseBadRequest(str(wrong))
    return render_page(request, "desk/lists/bad_cursor.html", context, status=400)
