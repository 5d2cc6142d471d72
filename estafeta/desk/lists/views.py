"""The lists as pages, a row as a fragment, and reading a whole list at once."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from estafeta.accounts import announcing
from estafeta.desk import navigation
from estafeta.desk.kept import kept
from estafeta.desk.lists import looks, screens
from estafeta.desk.lists.reading import mark_read
from estafeta.desk.lists.rows import row_of
from estafeta.desk.lists.screen import Screen, question_of, show
from estafeta.desk.page import DeskRequest, is_fragment, signed_in


@require_safe
@signed_in
@kept
def list_page(request: DeskRequest, name: str) -> HttpResponse:
    """One of the lists that everybody has."""
    return show(request, screens.NAMED[name](request))


@require_safe
@signed_in
@kept
def department_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One department's tickets."""
    return show(request, screens.department(request, pk))


@require_POST
@signed_in
def read_list(request: DeskRequest, name: str) -> HttpResponse:
    """Mark everything in the list, as it is filtered, as read."""
    return read(request, screens.NAMED[name](request))


@require_POST
@signed_in
def read_department(request: DeskRequest, pk: int) -> HttpResponse:
    """The same for a department."""
    return read(request, screens.department(request, pk))


@require_safe
@signed_in
def row(request: DeskRequest, number: int) -> HttpResponse:
    """One row of `?list=`, as filtered there; 404 when it does not belong there any more."""
    name = request.GET.get("list", "all")
    if name not in screens.NAMED:
        raise Http404
    question, _order = question_of(request, screens.NAMED[name](request))
    ticket = question.all().filter(pk=number).first()
    if ticket is None:
        raise Http404
    look = looks.here(request)
    row = row_of(ticket, request.user, extra=look.extra)
    context = {"row": row, "flash": "flash" in request.GET, "look": look}
    return render(request, "desk/lists/row.html", context)


@require_safe
@signed_in
def sidebar(request: DeskRequest) -> HttpResponse:
    """The counts of the sidebar anew."""
    announcing.look_again()
    shell = navigation.shell(request)
    shown = ",".join(str(row.pk) for row in shell["announcements"])
    context = {"shell": shell, "are_others": request.GET.get("announced", "") != shown}
    return render(request, "layout/navigation_live.html", context)


def read(request: DeskRequest, screen: Screen) -> HttpResponse:
    """Mark what the screen lists, as it is filtered, as read."""
    question, _order = question_of(request, screen)
    amount = mark_read(request.user, question.all())
    text = ngettext(
        "%(count)s ticket marked as read.", "%(count)s tickets marked as read.", amount
    ) % {"count": amount}
    if not is_fragment(request):
        return HttpResponseRedirect(request.get_full_path().replace("/read", "", 1))
    news = {
        "toast": {"text": text if amount else _("Everything is read already.")},
        "live:list": "",
    }
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})
