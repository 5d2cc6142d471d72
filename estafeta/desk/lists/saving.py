"""Saved views: their pages, the dialogs that keep and change them, their numbers in the menu."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts.models import Department
from estafeta.desk.kept import kept
from estafeta.desk.lists import filter_words, screens
from estafeta.desk.lists.screen import Screen, show
from estafeta.desk.lists.views import read
from estafeta.desk.navigation import my_departments
from estafeta.desk.page import DeskRequest, is_fragment, render_page, signed_in
from estafeta.tickets.errors import Invalid
from estafeta.tickets.lists import saved_views
from estafeta.tickets.lists.filters import Filters, is_filter, is_id
from estafeta.tickets.models import SavedView

_SAID = ("sort", "changed")


@require_safe
@signed_in
@kept
def view_page(request: DeskRequest, number: int) -> HttpResponse:
    """The view's tickets; an address with filters of its own is a change that is not kept yet."""
    return show(request, _screen(request, _view(request, number)))


@require_POST
@signed_in
def read_view(request: DeskRequest, number: int) -> HttpResponse:
    """Mark everything in it as read."""
    return read(request, _screen(request, _view(request, number)))


@require_safe
@signed_in
def views_page(request: DeskRequest) -> HttpResponse:
    """All views a person has."""
    views = saved_views.of(request.user)
    shared = SavedView.shared_with.through.objects.filter(savedview__in=views)
    places: dict[int, list[tuple[int, str]]] = {}
    for view, pk, name in shared.values_list("savedview", "department", "department__name"):
        places.setdefault(view, []).append((pk, name))
    rows = [
        {
            "view": view,
            "words": filter_words.in_words(Filters.read(QueryDict(view.query)), request.user),
            "list": screens.title_of(request, view.list),
            "shared_with": places.get(view.pk, []),
        }
        for view in views
    ]
    context = {
        "own": [row for row in rows if row["view"].owner_id == request.user.pk],  # type: ignore[attr-defined]
        "shared": [row for row in rows if row["view"].owner_id != request.user.pk],  # type: ignore[attr-defined]
        "headed": request.user.standing.headed,
    }
    return render_page(request, "desk/lists/views.html", context)


@require_safe
@signed_in
def counts(request: DeskRequest) -> JsonResponse:
    """`{"3": "12", "5": "99+"}` for the views of the menu."""
    views = [view for view in saved_views.of(request.user) if view.in_menu]
    most = saved_views.MOST_COUNTED
    found = saved_views.counts(views, request.user)
    return JsonResponse({pk: f"{most}+" if n > most else str(n) for pk, n in found.items()})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_view(request: DeskRequest) -> HttpResponse:
    """Keep the list `list` with its `query` under a name."""
    asked = request.POST if request.method == "POST" else request.GET
    view = SavedView(list=asked.get("list", "")[:30], query=asked.get("query", ""))
    return _dialog(request, view)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_view(request: DeskRequest, number: int) -> HttpResponse:
    """Name, sharing and place in the menu of one's own view."""
    view = _view(request, number)
    if view.owner_id != request.user.pk:
        raise Http404
    return _dialog(request, view)


@require_POST
@signed_in
def keep_query(request: DeskRequest, number: int) -> HttpResponse:
    """The filters that are shown now take the place of those that were kept."""
    view = _view(request, number)
    try:
        saved_views.change_query(view, request.POST.get("query", ""), by=request.user)
    except Invalid as refused:
        return HttpResponse(str(refused), status=422)
    return _go(request, f"/views/{view.pk}")


@require_POST
@signed_in
def delete_view(request: DeskRequest, number: int) -> HttpResponse:
    """Remove one's own view; or, for `department`, take it out of that department's menus."""
    view = _view(request, number)
    department = request.POST.get("department", "")
    try:
        if is_id(department):
            saved_views.unshare(view, int(department), by=request.user)
        else:
            saved_views.delete(view, by=request.user)
    except Invalid as refused:
        return HttpResponse(str(refused), status=422)
    return _go(request, "/views")


@require_POST
@signed_in
def arrange(request: DeskRequest) -> HttpResponse:
    """Put one's own views into the order of `view`."""
    numbers = [int(text) for text in request.POST.getlist("view") if is_id(text)]
    saved_views.arrange(numbers, by=request.user)
    return HttpResponse(status=204, headers={"HX-Trigger": "live:counters"})


def _view(request: DeskRequest, number: int) -> SavedView:
    view = saved_views.find(request.user, number)
    if view is None:
        raise Http404
    return view


def _screen(request: DeskRequest, view: SavedView) -> Screen:
    asked = saved_views.question(view, request.user)
    if asked is None:
        raise Http404
    if not any(is_filter(name) or name in _SAID for name in request.GET):
        query = QueryDict(view.query, mutable=True)
        query.update(request.GET)
        request.GET = query  # type: ignore[assignment]
    is_changed = saved_views.written(request.GET.urlencode()) != view.query
    return screens.of_view(view, asked.listing, is_changed=is_changed)


def _dialog(request: DeskRequest, view: SavedView) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    wanted = list(view.shared_with.values_list("pk", flat=True)) if view.pk else []
    if request.method == "POST":
        wanted = [int(text) for text in request.POST.getlist("department") if is_id(text)]
        try:
            saved_views.save(
                view, by=request.user, name=request.POST.get("name", ""), departments=wanted,
                in_menu="in_menu" in request.POST,
            )  # fmt: skip
            return _go(request, f"/views/{view.pk}")
        except Invalid as refused:
            errors[refused.field] = [str(refused)]
    filters = Filters.read(QueryDict(view.query))
    context: dict[str, Any] = {
        "view": view,
        "words": filter_words.in_words(filters, request.user),
        "list": screens.title_of(request, view.list),
        "errors": errors,
        "departments": _departments(request),
        "wanted": wanted,
    }
    status = 422 if errors else 200
    if is_fragment(request):
        return render(request, "desk/lists/view_dialog.html", context, status=status)
    return render_page(request, "desk/lists/view_page.html", context, status=status)


def _departments(request: DeskRequest) -> list[Department]:
    return my_departments(request.user) if request.user.is_agent else []


def _go(request: DeskRequest, address: str) -> HttpResponse:
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)
