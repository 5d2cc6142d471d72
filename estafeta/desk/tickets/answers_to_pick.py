"""Answer templates as the box under the story offers them: filled for this ticket."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.desk.page import DeskRequest
from estafeta.desk.tickets.access import with_ticket
from estafeta.lib.markdown import plain
from estafeta.lib.text import excerpt
from estafeta.tickets.conversation.answer_templates import offered
from estafeta.tickets.conversation.placeholders import Filling
from estafeta.tickets.models import AnswerTemplate, Ticket

LONGEST_QUESTION = 100
LONGEST_HINT = 110


@require_safe
@with_ticket
def answers(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """`{"results": [{"value", "label", "hint", "text"}]}` for `?q=`. For agents only."""
    if not request.user.is_agent:
        raise PermissionDenied
    filled = Filling(ticket, by=request.user)
    found = offered(request.user, request.GET.get("q", "")[:LONGEST_QUESTION])
    results = [_result(row, filled(row.text)) for row in found]
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})


def _result(row: AnswerTemplate, text: str) -> dict[str, object]:
    place = (
        _("My own") if row.owner_id else row.department.name if row.department else _("All staff")
    )
    hint = f"{place} · {excerpt(plain(text[: LONGEST_HINT * 4]), LONGEST_HINT)}"
    return {"value": row.pk, "label": row.title, "hint": hint, "text": text}
