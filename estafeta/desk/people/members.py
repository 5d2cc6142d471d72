"""Administration: who belongs to a department, changed on the department's own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from estafeta.accounts.actions import rights
from estafeta.accounts.errors import Refused
from estafeta.accounts.models import Department, Membership, Person
from estafeta.desk.page import DeskRequest
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import numbers
from estafeta.desk.people.lookups import department_or_404

MOST_AT_ONCE = 50


def members_of(department: Department) -> list[Membership]:
    """Those who take part today, heads first."""
    rows = department.memberships.select_related("person").filter(person__is_active=True)
    return list(rows.order_by("-is_head", "person__name"))


@administrator
@require_POST
def change(request: DeskRequest, number: int) -> HttpResponse:
    """`add` people (as heads with `as_head`), `head` or `member` one, or `remove` one."""
    department = department_or_404(number)
    try:
        told = _change(request, department)
    except Refused as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(reverse("manage_department", args=[department.pk]) + "#members")


def _change(request: DeskRequest, department: Department) -> str:
    words = {"department": department.name}
    for what, told in (
        ("head", _("%(name)s is now head: %(department)s.")),
        ("member", _("%(name)s is now a member: %(department)s.")),
        ("remove", _("%(name)s no longer belongs to it: %(department)s.")),
    ):
        for person in _people(numbers(request.POST, what)[:1]):
            rights.put_into_department(
                person, department, by=request.user,
                is_head=None if what == "remove" else what == "head",
            )  # fmt: skip
            return told % {**words, "name": person.name}
    added = _people(numbers(request.POST, "add")[:MOST_AT_ONCE])
    for person in added:
        rights.put_into_department(
            person, department, by=request.user, is_head="as_head" in request.POST
        )
    if not added:
        return _("Nobody was chosen, so nothing has changed.")
    names = ", ".join(person.name for person in added)
    return _("Added: %(names)s.") % {"names": names}


def _people(wanted: list[int]) -> list[Person]:
    return list(Person.objects.active().filter(pk__in=wanted))
