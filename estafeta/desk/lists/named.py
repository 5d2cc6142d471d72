"""A list by its name and the query of its address: for what is done to all of it at once."""

from __future__ import annotations

import copy

from django.http import Http404, QueryDict

from estafeta.desk.lists import screens
from estafeta.desk.lists.screen import Screen, question_of
from estafeta.desk.page import DeskRequest
from estafeta.tickets.lists.filters import is_id
from estafeta.tickets.lists.paging import Question

DEPARTMENT = "department-"


def asked(request: DeskRequest, name: str, query: QueryDict) -> tuple[Screen, Question]:
    """What an open list shows on all its pages. Raises Http404 for a list that is not there."""
    inside = copy.copy(request)
    inside.GET = query  # type: ignore[assignment]
    screen = _screen(inside, name)
    question, _unknown = question_of(inside, screen)
    return screen, question


def path_of(name: str) -> str:
    """Where the list itself is."""
    if name.startswith(DEPARTMENT):
        return f"/departments/{name.removeprefix(DEPARTMENT)}"
    return "/tickets" if name == "all" else f"/{name}"


def _screen(request: DeskRequest, name: str) -> Screen:
    if name in screens.NAMED:
        return screens.NAMED[name](request)
    number = name.removeprefix(DEPARTMENT)
    if name.startswith(DEPARTMENT) and is_id(number):
        return screens.department(request, int(number))
    raise Http404
