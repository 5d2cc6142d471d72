"""One comment: what can be done with it, its signs, who has seen it, what it said before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from estafeta.accounts.models import Site
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets.access import with_ticket
from estafeta.desk.tickets.answers import events
from estafeta.desk.tickets.around import around
from estafeta.lib import clock
from estafeta.lib.ids import LARGEST
from estafeta.tickets.conversation import reactions, wordings
from estafeta.tickets.conversation.readers import readers_of
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Comment, Entry, Sign, Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs
from estafeta.tickets.verbs import WRITTEN, Verb

View = Callable[..., HttpResponse]


def with_comment(view: View) -> View:
    """Give the view a comment of the ticket that the person reads; else 404."""

    @with_ticket
    @wraps(view)
    def answer(request: DeskRequest, /, ticket: Ticket, comment: int, **more: Any) -> HttpResponse:
        found = None
        if comment <= LARGEST:
            rows = ticket.comments.readable_by(request.user).select_related("author")
            found = rows.filter(pk=comment).first()
        if found is None:
            raise Http404
        found.ticket = ticket
        return view(request, found, **more)

    return answer


@require_safe
@with_comment
def menu(request: DeskRequest, comment: Comment) -> HttpResponse:
    """What this person can do with it: a menu, or a page of its own."""
    ticket, reader = comment.ticket, request.user
    verbs = allowed_verbs(Relation.between(reader, ticket))
    until = comment.may_be_changed_until(Site.current().comment_change_minutes)
    is_own = comment.author_id == reader.pk and comment.deleted_at is None
    context = {
        "ticket": ticket,
        "comment": comment,
        "seq": _place_of(comment),
        "about": around([comment], reader)[comment.pk],
        "signs": list(Sign),
        "may_talk": Verb.REPLY in verbs and comment.deleted_at is None,
        "may_split": Verb.SPLIT in verbs and comment.deleted_at is None,
        "may_change": is_own and Verb.EDIT_COMMENT in verbs and clock.now() < until,
        "until": until,
        "may_look_back": wordings.may_read(reader, comment),
    }
    if is_fragment(request):
        return render(request, "desk/tickets/comment_menu.html", context)
    return render_page(request, "desk/tickets/comment_page.html", context)


@require_POST
@with_comment
def react(request: DeskRequest, comment: Comment) -> HttpResponse:
    """Give a sign or take it back."""
    sign = request.GET.get("sign") or request.POST.get("sign", "")
    place = f"{reverse('ticket', args=[comment.ticket_id])}#entry-{_place_of(comment)}"
    try:
        reactions.react(comment.ticket, comment.pk, sign, by=request.user)
    except Refused as refused:
        if is_fragment(request):
            toast = {"text": str(refused), "tone": "error"}
            return events(HttpResponse(status=409), toast=toast)
        messages.error(request, str(refused))
        return HttpResponseRedirect(place, status=303)
    if not is_fragment(request):
        return HttpResponseRedirect(place, status=303)
    comment.refresh_from_db(fields=["reacted_at"])
    about = around([comment], request.user)[comment.pk]
    context = {"ticket": comment.ticket, "about": about}
    return render(request, "desk/tickets/comment_signs.html", context)


@require_safe
@with_comment
def readers(request: DeskRequest, comment: Comment) -> HttpResponse:
    """Who has seen it."""
    rows = readers_of(comment, by=request.user)
    return _about(request, comment, "readers", _("Who has seen it"), rows)


@require_safe
@with_comment
def earlier(request: DeskRequest, comment: Comment) -> HttpResponse:
    """What it said before; for staff and for whoever wrote it."""
    if not wordings.may_read(request.user, comment):
        raise Http404
    return _about(request, comment, "earlier", _("What it said before"), wordings.of(comment))


@require_safe
@with_comment
def quote(request: DeskRequest, comment: Comment) -> JsonResponse:
    """Its text as a quotation in Markdown, with who said it."""
    lines = [f"**{comment.author.name}**:", *comment.text.splitlines()]
    quoted = "\n".join(f"> {line}".rstrip() for line in lines)
    return JsonResponse({"text": quoted}, json_dumps_params={"ensure_ascii": False})


def _about(
    request: DeskRequest, comment: Comment, part: str, title: str, rows: Sequence[Any]
) -> HttpResponse:
    context = {"comment": comment, "part": part, "title": title, "rows": rows}
    if is_fragment(request):
        return render(request, "desk/tickets/comment_dialog.html", context)
    return render_page(request, "desk/tickets/comment_about.html", context)


def _place_of(comment: Comment) -> int:
    written = Entry.objects.filter(comment=comment, verb__in=WRITTEN)
    return written.values_list("seq", flat=True).first() or 0
