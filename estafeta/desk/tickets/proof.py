"""What can be proved of a ticket: its story as a file, and why its reader sees it."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from estafeta.desk.limits import Limited, limited
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.tickets.access import with_ticket
from estafeta.tickets import why
from estafeta.tickets.models import Seal, Ticket
from estafeta.tickets.proof.storyfile.pdf import (
    MOST_ENTRIES,
    Busy,
    NoPrinter,
    NotPrinted,
    TooLong,
    printed_here,
)
from estafeta.tickets.proof.storyfile.writing import story_of


@require_safe
@with_ticket
def why_visible(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Which paths of the rule lead this person here."""
    context = {"ticket": ticket, "reasons": why.reasons(request.user, ticket)}
    if is_fragment(request):
        return render(request, "desk/tickets/why_dialog.html", context)
    return render_page(request, "desk/tickets/why_page.html", context)


@require_safe
@with_ticket
def story_file(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """What the file is good for, and in which forms it can be had."""
    context = {
        "ticket": ticket,
        "may_be_printed": ticket.journal_length <= MOST_ENTRIES,
        "most": MOST_ENTRIES,
        "seal": Seal.objects.newest_first().first(),
    }
    if is_fragment(request):
        return render(request, "desk/tickets/file_dialog.html", context)
    return render_page(request, "desk/tickets/file_page.html", context)


@require_safe
@with_ticket
@limited(Limited.STORY)
def story_json(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The story with its hashes."""
    story = story_of(ticket, reader=request.user)
    content = json.dumps(story, ensure_ascii=False, indent=1)
    return _file(content.encode(), "application/json", f"ticket-{ticket.pk}.json")


@require_safe
@with_ticket
@limited(Limited.STORY)
def story_pdf(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """The same on paper, with the data attached."""
    try:
        content = printed_here(story_of(ticket, reader=request.user))
    except Busy:
        return _not_printed(request, ticket, _("Others are printing just now. Try again in a minute."))  # fmt: skip
    except NoPrinter:
        words = _("PDF files cannot be made here: a library is missing. An administrator finds its name in docs/administration.md. The JSON file proves the same.")  # fmt: skip
        return _not_printed(request, ticket, words)
    except TooLong:
        return _not_printed(request, ticket, _("This took too long. Take the JSON file; it proves the same."))  # fmt: skip
    except NotPrinted:
        return _not_printed(request, ticket, _("The PDF file could not be made. Take the JSON file; it proves the same."))  # fmt: skip
    return _file(content, "application/pdf", f"ticket-{ticket.pk}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _not_printed(request: DeskRequest, ticket: Ticket, words: str) -> HttpResponse:
    messages.error(request, words)
    return HttpResponseRedirect(reverse("ticket_story_file", args=[ticket.pk]), status=303)
