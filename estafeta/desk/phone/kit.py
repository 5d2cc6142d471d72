"""The dialogs of verbs as a device keeps them: for any ticket, filled in without network.

They send the same fields as the dialogs of the desk, so the server asks and answers as it always does.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Department, Person
from estafeta.desk.kept import kept
from estafeta.desk.page import DeskRequest, render_page, signed_in
from estafeta.desk.tickets.topics import INDENT
from estafeta.tickets.models import WaitFor
from estafeta.tickets.verbs import Verb

VERBS = (
    Verb.RELEASE, Verb.HAND_OVER, Verb.ASSIGN, Verb.COMPLETE, Verb.RETURN_TO_WORK, Verb.REOPEN,
    Verb.CANCEL, Verb.DECLINE_HAND_OVER, Verb.ACCEPT, Verb.WAIT,
)  # fmt: skip
REASON_NEEDED = {
    Verb.HAND_OVER, Verb.RETURN_TO_WORK, Verb.REOPEN, Verb.CANCEL, Verb.DECLINE_HAND_OVER,
}  # fmt: skip
MOST_PEOPLE = 500


@require_safe
@signed_in
@kept
def offline(request: DeskRequest) -> HttpResponse:
    """Stands in, without network, for a page that was never seen here."""
    return render_page(request, "desk/phone/offline.html", {})


@require_safe
@signed_in
@kept
def kit(request: DeskRequest) -> HttpResponse:
    """Fetched once in a while, not with each page."""
    person = request.user
    context: dict[str, Any] = {
        "verbs": VERBS, "reason_needed": REASON_NEEDED, "wait_for": WaitFor.choices,
    }  # fmt: skip
    if person.is_agent:
        tree = Department.objects.active().in_tree_order()
        context["departments"] = [(row.pk, INDENT * row.depth + row.name) for row in tree]
        agents = Person.objects.active().agents().order_by("name")
        context["people"] = list(agents.values_list("pk", "name")[:MOST_PEOPLE])
    else:
        context["departments"], context["people"] = [], []
    return render(request, "desk/phone/kit.html", context)
