"""What can be proved: a ticket's story as a file, why one sees it, the seals over everything."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.problems import Refusal
from estafeta.api.schemas.happened import ReasonOut, Reasons, SealOut, Seals
from estafeta.tickets import why
from estafeta.tickets.models import Seal
from estafeta.tickets.proof.storyfile.pdf import NotPrinted, printed_here
from estafeta.tickets.proof.storyfile.writing import story_of

router = Router(tags=["Tickets"])
seals_router = Router(tags=["Journal"])
_FILE = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/{int:number}/why", response=Reasons, operation_id="why", summary="Why you see it"
)  # fmt: skip
def reasons(request: HttpRequest, number: Number) -> Reasons:
    """Every path of the rule of sight that leads you to this ticket."""
    found = why.reasons(the_person(request), ticket_or_404(request, number))
    return Reasons(reasons=[ReasonOut(path=one.path, words=one.words) for one in found])


@router.get(
    "/{int:number}/story.json", response=dict[str, Any], operation_id="story",
    summary="Its story, which proves itself",
)  # fmt: skip
def story(request: HttpRequest, number: Number) -> dict[str, Any]:
    """What you may read of it with the hash of every entry, for `estafeta journal check`.

    Of notes that you may not read the hashes alone are there: the chain holds with them.
    """
    return story_of(ticket_or_404(request, number), reader=the_person(request))


@router.get(
    "/{int:number}/story.pdf",
    operation_id="story_pdf",
    summary="The same on paper",
    openapi_extra={
        "responses": {200: {"description": "The PDF", "content": {"application/pdf": _FILE}}}
    },
)
def story_pdf(request: HttpRequest, number: Number) -> Any:
    """The story as a PDF file to which its data is attached."""
    made = story_of(ticket_or_404(request, number), reader=the_person(request))
    try:
        content = printed_here(made)
    except NotPrinted:
        detail = _("The PDF file could not be made. Take the JSON file; it proves the same.")
        raise Refusal(503, detail) from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="ticket-{number}.pdf"'
    return answer


@seals_router.get("", response=Seals, operation_id="seals", summary="The seals over everything")
def seals(request: HttpRequest, after: After = None, limit: Limit = 50) -> Seals:
    """For administrators: keep them elsewhere, and nobody can rewrite the journal unseen."""
    if not the_person(request).is_administrator:
        raise Http404
    rows, following = page_of(Seal.objects.all(), after, limit, newest_first=True)
    return linked(request, Seals(seals=[SealOut.of(row) for row in rows], next=following))
