"""Announcements: read again, sent, changed, withdrawn; closed above a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from estafeta.accounts import announcing, permissions
from estafeta.accounts.actions import announcements as actions
from estafeta.accounts.errors import Invalid, NotAllowed, Refused
from estafeta.accounts.models import Announcement
from estafeta.desk.announcements.form import AnnouncementForm, ways_of
from estafeta.desk.announcements.readers import foreseen
from estafeta.desk.page import DeskRequest, is_fragment, page_number, render_page, signed_in
from estafeta.lib.ids import bounded
from estafeta.notifications import mass

ROWS = 20
_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in
def listing(request: DeskRequest) -> HttpResponse:
    """What was announced to the person, closed ones too; whoever sends sees all of it.

    `?about=` is one that a message leads to, wherever in the list it stands.
    """
    person = request.user
    may_send = permissions.may_announce(person)
    rows = Announcement.objects.all() if may_send else announcing.addressed_to(person)
    rows = rows.select_related("author").prefetch_related("departments")
    pages = Paginator(rows.order_by("-pk"), ROWS)
    about = _about(request)
    before = rows.filter(pk__gt=about).count() if about else 0
    page = pages.get_page(before // ROWS + 1 if about else page_number(request))
    context = {
        "may_send": may_send,
        "about": about,
        "lines": [(row, permissions.may_change_announcement(person, row)) for row in page],
        "newer": f"?page={page.number - 1}" if page.has_previous() else "",
        "older": f"?page={page.number + 1}" if page.has_next() else "",
    }
    return render_page(request, "desk/announcements/page.html", context)


@_get_and_post
@signed_in
def new(request: DeskRequest) -> HttpResponse:
    """Send one."""
    if not permissions.may_announce(request.user):
        raise Http404
    return _form(request, None)


@_get_and_post
@signed_in
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Say it otherwise."""
    return _form(request, _changeable(request, number))


@require_POST
@signed_in
def withdraw(request: DeskRequest, number: int) -> HttpResponse:
    """Nobody sees it any more."""
    try:
        actions.withdraw_announcement(_changeable(request, number), by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The announcement is withdrawn."))
    return HttpResponseRedirect(reverse("announcements"))


@require_POST
@signed_in
def close(request: DeskRequest, number: int) -> HttpResponse:
    """Close one for oneself."""
    row = Announcement.objects.filter(pk=bounded(number)).first()
    if row is None or not _concerns(request, row):
        raise Http404
    try:
        actions.dismiss(row, by=request.user)
    except Invalid as refused:
        if is_fragment(request):
            return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, str(refused))
    if is_fragment(request):
        return HttpResponse()
    back = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(back if known else "/")


def _about(request: DeskRequest) -> int:
    given = request.GET.get("about", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def _concerns(request: DeskRequest, row: Announcement) -> bool:
    paths = tuple(department.path for department in row.departments.all())
    return announcing.concerns(request.user, row, paths)


def _changeable(request: DeskRequest, number: int) -> Announcement:
    row = Announcement.objects.filter(pk=bounded(number)).first()
    if row is None or not permissions.may_change_announcement(request.user, row):
        raise Http404
    return row


def _form(request: DeskRequest, row: Announcement | None) -> HttpResponse:
    form = AnnouncementForm(request.POST) if request.method == "POST" else AnnouncementForm.of(row)
    only_looks = "look" in request.POST
    if form.is_bound and form.is_valid() and not only_looks and _saved(request, form, row):
        messages.success(
            request,
            _("The announcement is changed.") if row else _("The announcement is sent."),
        )
        return HttpResponseRedirect(reverse("announcements"))
    context: dict[str, Any] = {
        "form": form, "announcement": row,
        "foreseen": foreseen(form.cleaned_data) if only_looks and form.is_valid() else None,
    }  # fmt: skip
    context["looked"] = only_looks
    if only_looks and is_fragment(request):
        return render(request, "desk/announcements/foreseen.html", context)
    is_wrong = form.is_bound and not (only_looks and form.is_valid())
    return render_page(
        request, "desk/announcements/form.html", context, status=422 if is_wrong else 200
    )


def _saved(request: DeskRequest, form: AnnouncementForm, row: Announcement | None) -> bool:
    values = {**form.cleaned_data, "departments": list(form.cleaned_data["departments"])}
    values["ways"] = ways_of(values)
    try:
        if row is None:
            actions.announce(by=request.user, **values)
        else:
            actions.change_announcement(row, by=request.user, **values)
    except Invalid as refused:
        refused.put_into(form)
        return False
    except NotAllowed:
        raise Http404 from None
    mass.tell_soon()
    return True
