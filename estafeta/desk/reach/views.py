"""The pages: one's own addresses, and a department's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.profile.tabs import tabs
from estafeta.desk.reach.shown import Section, form_of, sections
from estafeta.desk.webhooks.form import KINDS
from estafeta.lib.ids import bounded
from estafeta.notifications import addresses, channel_settings
from estafeta.notifications.addresses import Owner
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address

OF_ROOMS = [one for one in KINDS if one[0] != Kind.NOTED]
"""Staff notes never go to a room."""

Act = Callable[[DeskRequest, Address], str]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: DeskRequest) -> HttpResponse:
    """One's own; the departments that one may give addresses are named too."""
    headed = Department.objects.active().filter(pk__in=request.user.standing.headed)
    context = {"tabs": tabs("reach"), "headed": headed.in_tree_order()}
    return _answer(request, request.user, "desk/reach/own.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_department(request: DeskRequest, number: int) -> HttpResponse:
    """For its heads, those above them, and administrators."""
    department = Department.objects.filter(pk=bounded(number)).first()
    if department is None or not addresses.may_change(department, by=request.user):
        raise Http404
    context = {"department": department, "kinds": OF_ROOMS}
    return _answer(request, department, "desk/reach/department.html", context)


def _answer(
    request: DeskRequest, owner: Owner, template: str, context: dict[str, Any]
) -> HttpResponse:
    shown: list[Section] | None = None
    if request.method == "POST":
        shown = _add(request, owner) if "channel" in request.POST else _change(request, owner)
        if shown is None:
            return HttpResponseRedirect(request.path)
    context |= {"sections": shown if shown is not None else sections(owner), "owner": owner}
    return render_page(request, template, context, status=422 if shown is not None else 200)


def _add(request: DeskRequest, owner: Owner) -> list[Section] | None:
    """Begin another address; what has to be shown again if it was refused."""
    name = request.POST["channel"]
    channel = channel_settings.ready().get(name)
    form = form_of(channel, owner, request.POST) if channel else None
    if channel is None or form is None:
        raise Http404
    if form.is_valid():
        try:
            address = addresses.begin(channel, form.cleaned_data, owner=owner, by=request.user)
        except Invalid as wrong:
            wrong.put_into(form)
        else:
            told = _("A code is on its way to %(address)s.") % {"address": address.label}
            messages.success(request, told)
            return None
    return sections(owner, wrong=form, to=name)


def _change(request: DeskRequest, owner: Owner) -> list[Section] | None:
    number, act = request.POST.get("address", ""), ACTS.get(request.POST.get("act", ""))
    rows = addresses.of(owner)
    known = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if known is None or act is None:
        raise Http404
    try:
        told = act(request, known)
    except Invalid as wrong:
        if "code" not in wrong.errors:
            messages.error(request, str(wrong))
            return None
        return _with_code_error(owner, known, str(wrong))
    messages.success(request, told)
    return None


def _with_code_error(owner: Owner, address: Address, words: str) -> list[Section]:
    shown = sections(owner)
    for line in (line for section in shown for line in section.lines):
        if line.address.pk == address.pk:
            line.code_error = words
    return shown


def _confirm(request: DeskRequest, address: Address) -> str:
    addresses.confirm(address, request.POST.get("code", ""), by=request.user)
    return _("Messages go to %(address)s from now on.") % {"address": address.label}


def _send_code(request: DeskRequest, address: Address) -> str:
    addresses.send_code(address, by=request.user)
    return _("A code is on its way to %(address)s.") % {"address": address.label}


def _on(request: DeskRequest, address: Address) -> str:
    addresses.switch(address, True, by=request.user)
    return _("Messages go to %(address)s again.") % {"address": address.label}


def _off(request: DeskRequest, address: Address) -> str:
    addresses.switch(address, False, by=request.user)
    return _("Nothing is sent to %(address)s for now.") % {"address": address.label}


def _resume(request: DeskRequest, address: Address) -> str:
    addresses.resume(address, by=request.user)
    return _("Messages go to %(address)s again.") % {"address": address.label}


def _test(request: DeskRequest, address: Address) -> str:
    addresses.send_test(address, by=request.user)
    return _("A test is on its way to %(address)s.") % {"address": address.label}


def _kinds(request: DeskRequest, address: Address) -> str:
    chosen = request.POST.getlist(f"kinds-{address.pk}")
    addresses.choose_kinds(address, chosen, by=request.user)
    return _("%(address)s hears of what you have chosen.") % {"address": address.label}


def _remove(request: DeskRequest, address: Address) -> str:
    addresses.remove(address, by=request.user)
    return _("%(address)s is removed.") % {"address": address.label}


ACTS: dict[str, Act] = {
    "confirm": _confirm,
    "code": _send_code,
    "on": _on,
    "off": _off,
    "resume": _resume,
    "test": _test,
    "kinds": _kinds,
    "remove": _remove,
}
