"""Answers for the fields that complete what is typed: people, departments, performers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from estafeta.accounts.deputies import Row, away_of
from estafeta.accounts.models import Department, Person
from estafeta.desk import whereabouts
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.desk.tickets.sending import a_number
from estafeta.lib.text import fold
from estafeta.tickets.statuses import Status

MOST = 12
LONGEST_QUESTION = 100


@require_safe
@signed_in
def people(request: DeskRequest) -> JsonResponse:
    """By name, login, phone, room, e-mail; `kind` is agents, clients or all. Not for clients."""
    _refuse_clients(request)
    found = Person.objects.active().find(_question(request))
    kind = request.GET.get("kind", "all")
    agents = Person.objects.agents().values("pk")
    if kind == "agents":
        found = found.filter(pk__in=agents)
    elif kind == "clients":
        found = found.exclude(pk__in=agents)
    rows = list(_with_places(found)[:MOST])
    away = away_of(person.pk for person in rows)
    return _answer(_person(person, _away(away.get(person.pk))) for person in rows)


@require_safe
@signed_in
def performers(request: DeskRequest) -> JsonResponse:
    """Agents of a department and those below it, or of all, with what each has in his hands."""
    _refuse_clients(request)
    found = Person.objects.active().agents().find(_question(request))
    department = a_number(request.GET.get("department"))
    if department is not None:
        chosen_one = Department.objects.filter(pk=department)
        below = Department.objects.below(list(chosen_one)).values_list("pk", flat=True)
        found = found.members_of(list(below))
    at_work = Count("held_tickets", filter=Q(held_tickets__status=Status.IN_PROGRESS))
    chosen = list(found.values_list("pk", flat=True)[:MOST])
    loads = dict(
        Person.objects.filter(pk__in=chosen).annotate(n=at_work).values_list("pk", "n")
    )  # fmt: skip
    rows = _with_places(Person.objects.filter(pk__in=chosen))
    away = away_of(chosen)
    return _answer(
        _person(person, _away(away.get(person.pk)), _load(loads.get(person.pk, 0)))
        for person in rows
    )


@require_safe
@signed_in
def departments(request: DeskRequest) -> JsonResponse:
    """Departments that take tickets of the person, in tree order. For clients too."""
    words = fold(_question(request)).split()
    everything = Department.objects.active()
    if not request.user.is_administrator:  # he puts people into them
        everything = everything.offered_to(request.user)
    tree = everything.in_tree_order()
    names = {row.pk: row.name for row in tree}
    found = [row for row in tree if all(word in fold(row.name) for word in words)]
    return _answer(
        {
            "value": row.pk,
            "label": row.name,
            "hint": " › ".join(names[pk] for pk in row.path_numbers()[:-1] if pk in names),
        }
        for row in found[: MOST * 2]
    )


def _refuse_clients(request: DeskRequest) -> None:
    # Administrators see everybody's card anyway.
    if not (request.user.is_agent or request.user.is_administrator):
        raise PermissionDenied


def _question(request: DeskRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_QUESTION]


def _with_places(found: Any) -> Any:
    return found.select_related("organisation").prefetch_related("memberships__department")


def _person(person: Person, *more: str) -> dict[str, Any]:
    departments = [row.department.name for row in person.memberships.all()]
    places = departments or ([person.organisation.name] if person.organisation else [])
    words = (*more, *places, whereabouts.room(person), whereabouts.phone(person))
    hint = " · ".join(word for word in words if word)
    return {
        "value": person.pk, "label": person.name, "hint": hint,
        "initials": person.initials, "hue": person.hue,
    }  # fmt: skip


def _away(row: Row | None) -> str:
    if row is None:
        return ""
    if row.last_day is None:
        return _("away")
    day = date_format(localtime(row.last_day), "SHORT_DATE_FORMAT")
    return _("away until %(day)s") % {"day": day}


def _load(amount: int) -> str:
    return ngettext(
        "%(amount)s ticket at work", "%(amount)s tickets at work", amount
    ) % {"amount": amount}  # fmt: skip


def _answer(results: Iterable[dict[str, Any]]) -> JsonResponse:
    return JsonResponse({"results": list(results)}, json_dumps_params={"ensure_ascii": False})
