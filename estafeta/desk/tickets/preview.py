"""How a text will look."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, signed_in
from estafeta.lib.text import clean
from estafeta.tickets.actions.values import LONGEST_TEXT
from estafeta.tickets.conversation import mentions


@require_POST
@signed_in
@limited(Limited.PREVIEW)
def preview(request: DeskRequest) -> HttpResponse:
    """Sanitised HTML of the Markdown in `text`; what is too long to be kept is cut."""
    text = clean(request.POST.get("text", ""))[:LONGEST_TEXT]
    return HttpResponse(mentions.read(text, by=request.user).html)
