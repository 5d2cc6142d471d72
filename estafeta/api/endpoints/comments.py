"""Comments of a ticket, what stands around them, and your draft."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja import Router

from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.comments import (
    CommentOut,
    Comments,
    DraftBody,
    DraftOut,
    EarlierOut,
    EarlierWordings,
    MaybeDraft,
    ReaderOut,
    Readers,
    SignBody,
)
from estafeta.api.schemas.tickets import a_name
from estafeta.tickets.conversation import drafts, reactions, wordings
from estafeta.tickets.conversation.reactions import signs_under
from estafeta.tickets.conversation.readers import readers_of
from estafeta.tickets.models import Comment

router = Router(tags=["Tickets"])


@router.get(
    "/{int:number}/comments", response=Comments, operation_id="comments", summary="The comments"
)
def comments(
    request: HttpRequest, number: Number, after: After = None, limit: Limit = 50
) -> Comments:
    """Replies and, for agents, notes; oldest first."""
    ticket, by = ticket_or_404(request, number), the_person(request)
    written = Comment.objects.filter(ticket=ticket).select_related("author")
    rows, following = page_of(written.readable_by(by), after, limit)
    signs = signs_under(rows, by)
    texts = [CommentOut.of(row, signs.get(row.pk, ())) for row in rows]
    return linked(request, Comments(comments=texts, next=following))


@router.post(
    "/{int:number}/comments/{int:comment}/sign", response=CommentOut, operation_id="sign",
    summary="Give a sign",
)  # fmt: skip
def sign(request: HttpRequest, number: Number, comment: Number, body: SignBody) -> CommentOut:
    """Under a comment, or take it back. It is no entry of the journal, and nobody is called for it."""
    row, by = _comment(request, number, comment), the_person(request)
    reactions.react(row.ticket, row.pk, body.sign, by=by, give=body.give)
    row.refresh_from_db(fields=["reacted_at"])
    return CommentOut.of(row, signs_under([row], by).get(row.pk, ()))


@router.get(
    "/{int:number}/comments/{int:comment}/readers", response=Readers, operation_id="readers",
    summary="Who has seen a comment",
)  # fmt: skip
def readers(request: HttpRequest, number: Number, comment: Number) -> Readers:
    """Those who are not agents learn only of people who take part in the ticket."""
    row = _comment(request, number, comment)
    found = readers_of(row, by=the_person(request))
    return Readers(
        readers=[ReaderOut(person=a_name(one.person), is_current=one.is_current) for one in found]
    )


@router.get(
    "/{int:number}/comments/{int:comment}/earlier", response=EarlierWordings,
    operation_id="earlier", summary="What a comment said before",
)  # fmt: skip
def earlier(request: HttpRequest, number: Number, comment: Number) -> EarlierWordings:
    """For staff and its author; nothing here (404) for others, and for one that was never changed."""
    row = _comment(request, number, comment)
    if not wordings.may_read(the_person(request), row):
        raise Http404
    return EarlierWordings(
        wordings=[EarlierOut(text=one.text, until=one.until) for one in wordings.of(row)]
    )


@router.get(
    "/{int:number}/draft", response=MaybeDraft, operation_id="draft", summary="Your draft"
)  # fmt: skip
def draft(request: HttpRequest, number: Number) -> MaybeDraft:
    """What you have begun to write under this ticket, on whatever device."""
    found = drafts.kept(ticket_or_404(request, number), by=the_person(request))
    return MaybeDraft(draft=DraftOut.of(found) if found else None)


@router.post(
    "/{int:number}/draft", response=MaybeDraft, operation_id="keep_draft",
    summary="Keep your draft",
)  # fmt: skip
def keep_draft(request: HttpRequest, number: Number, body: DraftBody) -> MaybeDraft:
    """In place of what was kept. Nobody else sees it."""
    ticket = ticket_or_404(request, number)
    found = drafts.keep(
        ticket, by=the_person(request), text=body.text, kind=body.kind, answers=body.answers
    )
    return MaybeDraft(draft=DraftOut.of(found) if found else None)


def _comment(request: HttpRequest, number: int, comment: int) -> Comment:
    ticket = ticket_or_404(request, number)
    rows = ticket.comments.readable_by(the_person(request)).select_related("author")
    found = rows.filter(pk=comment).first()
    if found is None:
        raise Http404
    found.ticket = ticket
    return found
