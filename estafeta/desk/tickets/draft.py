"""What somebody writes under a ticket and has not sent: kept for his other devices."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from estafeta.desk.page import DeskRequest
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.sending import a_number
from estafeta.tickets.conversation import drafts
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket
from estafeta.tickets.submissions import is_sent


@require_http_methods(["GET", "HEAD", "POST"])
@with_ticket
def draft(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """GET gives it as JSON or nothing (204), POST keeps it; without words it is forgotten."""
    if request.method == "POST":
        if is_sent(request.user, f"desk:{request.POST.get('key', '')}"):
            # It was on its way when the comment itself was sent.
            return HttpResponse(status=204)
        try:
            drafts.keep(
                ticket, by=request.user, text=request.POST.get("text", ""),
                kind=request.POST.get("kind", ""), answers=a_number(request.POST.get("answers")),
            )  # fmt: skip
        except Invalid as refused:
            return HttpResponse(str(refused), status=422, content_type="text/plain; charset=utf-8")
        return HttpResponse(status=204)
    found = drafts.kept(ticket, by=request.user)
    if found is None:
        return HttpResponse(status=204)
    return JsonResponse(
        {
            "text": found.text, "kind": found.kind, "answers": found.answers_id,
            "answers_name": found.answers.author.name if found.answers else "",
            "saved_at": found.saved_at.isoformat(),
        },
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
