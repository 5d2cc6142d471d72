"""Suggested performers as chips beside a field, each with what speaks for him."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from estafeta.accounts.models import Department
from estafeta.desk.page import DeskRequest
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.sending import a_number
from estafeta.tickets.performers.suggestion import suggest, words

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


@dataclass(frozen=True)
class Suggested:
    """A chip."""

    value: int
    label: str
    why: str


def suggested_for(ticket: Ticket, department: Department | None = None) -> list[Suggested]:
    """Of a department, or of the one where the ticket is."""
    return [
        Suggested(one.person.pk, one.person.name, ", ".join(words(one)))
        for one in suggest(ticket, department or ticket.department)
    ]


@require_safe
@with_ticket
def suggested_page(request: DeskRequest, ticket: Ticket) -> JsonResponse:
    """The same for the `department` that was just chosen in the form; for agents only."""
    if not request.user.is_agent:
        raise PermissionDenied
    number = a_number(request.GET.get("department"))
    department = Department.objects.active().filter(pk=number).first() if number else None
    found = [asdict(one) for one in suggested_for(ticket, department)]
    return JsonResponse({"results": found}, json_dumps_params={"ensure_ascii": False})
