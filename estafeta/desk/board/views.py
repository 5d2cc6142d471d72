"""A list as a board: a column for each status or performer, cards moved by verbs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.desk.board import columns
from estafeta.desk.lists import filter_words
from estafeta.desk.lists.address import Address
from estafeta.desk.lists.named import asked, path_of
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in

BY = {"status": columns.by_status, "performer": columns.by_performer}


@require_safe
@signed_in
def board(request: DeskRequest, list_name: str) -> HttpResponse:
    """`?by=status` or `performer`, narrowed like the list; only the columns where htmx asks."""
    screen, question = asked(request, list_name, request.GET)
    by = request.GET.get("by", "status")
    if by not in BY or not request.user.is_agent:
        by = "status"
    address = Address(request)
    context = {
        "screen": screen,
        "columns": BY[by](question, request.user, home=screen.home),
        "refresh_url": request.get_full_path(),
    }
    if is_fragment(request):
        return render(request, "desk/board/columns.html", context)
    context |= {
        "address": address,
        "filters": question.filters,
        "active": filter_words.active_chips(question.filters, address, request.user),
        "bys": [
            (_("By status"), address.set(by="status"), by == "status"),
            (_("By performer"), address.set(by="performer"), by == "performer"),
        ]
        if request.user.is_agent
        else [],
        "list_url": path_of(list_name) + address.query_text(without=("by",)),
        "clear": address.unfiltered(),
        "ignored": [f"{name}={value}" for name, value in question.filters.ignored],
    }
    return render_page(request, "desk/board/page.html", context)
