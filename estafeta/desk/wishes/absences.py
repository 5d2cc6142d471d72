"""Being away: one's own, and heads for their people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from estafeta.accounts.actions import absences
from estafeta.accounts.errors import Invalid
from estafeta.accounts.gone import gone
from estafeta.accounts.models import Absence, Person
from estafeta.accounts.permissions import may_change_absence
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.wishes.absence_form import AbsenceForm, said_of
from estafeta.lib import clock
from estafeta.lib.ids import bounded

MOST = 20


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: DeskRequest, person: int) -> HttpResponse:
    """All absences of somebody, a form for another one, and changing each."""
    who = Person.objects.active().filter(pk=bounded(person)).first()
    if who is None or not may_change_absence(request.user, who):
        raise Http404
    chosen = _chosen(request, who)
    if "end" in request.POST and chosen is not None:
        absences.end_absence(chosen, by=request.user)
        messages.success(request, _("The absence is ended."))
        return HttpResponseRedirect(request.path)
    data = request.POST if request.method == "POST" else None
    first = said_of(chosen) if chosen else {"starts_on": timezone.localdate().isoformat()}
    form = AbsenceForm(data, initial=first)
    if form.is_bound and _saved(request, who, chosen, form):
        messages.success(request, _told(who, request.user))
        return HttpResponseRedirect(request.path)
    return _page(request, who, chosen, form)


def _chosen(request: DeskRequest, who: Person) -> Absence | None:
    number = request.POST.get("absence") or request.GET.get("absence", "")
    if not number:
        return None
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    row = Absence.objects.filter(person=who, pk=int(number)).first() if is_number else None
    if row is None:
        raise Http404
    return row


def _saved(request: DeskRequest, who: Person, chosen: Absence | None, form: AbsenceForm) -> bool:
    if not form.is_valid():
        return False
    values = form.values(chosen)
    try:
        if chosen is None:
            absences.set_absence(who, by=request.user, **values)
        else:
            absences.change_absence(chosen, by=request.user, **values)
    except Invalid as wrong:
        Invalid(
            {form.PLACES.get(field, field): told for field, told in wrong.errors.items()}
        ).put_into(form)
        return False
    return True


def _told(who: Person, reader: Person) -> str:
    """Who will really stand in, if it is somebody else."""
    now = gone([who.pk]).get(who.pk)
    if now is not None and now.deputy is not None:
        return _("Saved. %(name)s stands in now.") % {"name": now.deputy.name}
    return _("The absence is saved.")


def _page(
    request: DeskRequest, who: Person, chosen: Absence | None, form: AbsenceForm
) -> HttpResponse:
    rows = Absence.objects.filter(person=who).select_related("deputy", "made_by")
    picked = form["deputy"].value()
    deputy = Person.objects.filter(pk=picked).first() if str(picked or "").isdecimal() else None
    is_own = who.pk == request.user.pk
    context: dict[str, Any] = {
        "who": who, "is_own": is_own, "form": form, "chosen": chosen,
        "absences": list(rows.not_over(clock.now())),
        "past": list(rows.filter(ends_at__lte=clock.now()).order_by("-ends_at")[:MOST]),
        "deputy": [(deputy.pk, deputy.name)] if deputy else [],
        "back": reverse("wishes") if is_own else "",
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "desk/wishes/absences.html", context, status=status)
