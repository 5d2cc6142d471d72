"""How a page hears that a verb was done, or why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.desk.lists.rows import render_row
from estafeta.desk.page import DeskRequest, is_fragment
from estafeta.desk.tickets import queued
from estafeta.desk.tickets.access import find, leave
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

DONE: dict[Verb, Any] = {
    Verb.TAKE: gettext_lazy("Ticket %(number)s is taken."),
    Verb.RELEASE: gettext_lazy("Ticket %(number)s is released."),
    Verb.ASSIGN: gettext_lazy("Ticket %(number)s is assigned."),
    Verb.HAND_OVER: gettext_lazy("Ticket %(number)s is handed over."),
    Verb.ACCEPT_HAND_OVER: gettext_lazy("Ticket %(number)s is accepted."),
    Verb.DECLINE_HAND_OVER: gettext_lazy("Ticket %(number)s goes back."),
    Verb.ACKNOWLEDGE: gettext_lazy("They will see that you have read ticket %(number)s."),
    Verb.WAIT: gettext_lazy("Ticket %(number)s waits."),
    Verb.RESUME: gettext_lazy("Work on ticket %(number)s goes on."),
    Verb.COMPLETE: gettext_lazy("Ticket %(number)s is completed."),
    Verb.ACCEPT: gettext_lazy("The result of ticket %(number)s is accepted."),
    Verb.RETURN_TO_WORK: gettext_lazy("Ticket %(number)s is returned to work."),
    Verb.REOPEN: gettext_lazy("Ticket %(number)s is open again."),
    Verb.CANCEL: gettext_lazy("Ticket %(number)s is cancelled."),
    Verb.ARCHIVE: gettext_lazy("Ticket %(number)s is in the archive."),
    Verb.UNARCHIVE: gettext_lazy("Ticket %(number)s is back from the archive."),
    Verb.REPLY: gettext_lazy("The reply is sent."),
    Verb.NOTE: gettext_lazy("The note is saved."),
    Verb.ATTACH: gettext_lazy("The files are attached to ticket %(number)s."),
    Verb.REMOVE_FILE: gettext_lazy("The file is removed."),
    Verb.EDIT_COMMENT: gettext_lazy("The comment is changed."),
    Verb.DELETE_COMMENT: gettext_lazy("The comment is deleted."),
    Verb.EDIT: gettext_lazy("Ticket %(number)s is changed."),
    Verb.SET_PRIORITY: gettext_lazy("The priority is changed."),
    Verb.SET_DEADLINE: gettext_lazy("The deadline is changed."),
    Verb.PROPOSE_DEADLINE: gettext_lazy("The deadline is proposed."),
    Verb.ANSWER_DEADLINE: gettext_lazy("They read your answer."),
    Verb.NUDGE: gettext_lazy("They are reminded of ticket %(number)s."),
    Verb.FOLLOW: gettext_lazy("Ticket %(number)s is followed."),
    Verb.UNFOLLOW: gettext_lazy("Ticket %(number)s is no longer followed."),
    Verb.TAG: gettext_lazy("The tags are changed."),
    Verb.LINK: gettext_lazy("The tickets are linked."),
    Verb.UNLINK: gettext_lazy("The link is removed."),
    Verb.MERGE: gettext_lazy("Ticket %(number)s is merged. For a day this can be undone."),
    Verb.UNMERGE: gettext_lazy("Ticket %(number)s stands for itself again."),
    Verb.SPLIT: gettext_lazy("A new ticket is made of the comment."),
    Verb.ADD_SUBTASK: gettext_lazy("The sub-ticket is added."),
    Verb.MAKE_SUBTASK: gettext_lazy("Ticket %(number)s is a part of the other one now."),
    Verb.DETACH_SUBTASK: gettext_lazy("Ticket %(number)s stands for itself again."),
    Verb.DELETE: gettext_lazy("Ticket %(number)s is deleted."),
    Verb.RESTORE: gettext_lazy("Ticket %(number)s is restored."),
}


def words_of(verb: Verb, ticket: Ticket) -> str:
    """What the toast says."""
    return str(DONE[verb]) % {"number": ticket.written}


def events(response: HttpResponse, **named: Any) -> HttpResponse:
    """Let things happen in the browser, by htmx's header; it has to be ASCII."""
    response.headers["HX-Trigger"] = json.dumps({k.replace("__", ":"): v for k, v in named.items()})
    return response


def after(request: DeskRequest, ticket: Ticket, verb: Verb) -> HttpResponse:
    """The verb is done: the row, the page or the list it was done from shows it."""
    if queued.is_queued(request):
        return queued.done(request, ticket.pk, words_of(verb, ticket))
    still = find(request.user, ticket.pk)
    if still is None and verb is Verb.DELETE:
        return leave(request, ticket.pk, words_of(verb, ticket))
    if still is not None and verb is Verb.MERGE and _is_on_its_page(request, ticket):
        messages.success(request, words_of(verb, ticket))
        address = reverse("ticket", args=[ticket.pk])
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if not is_fragment(request):
        if still is None:
            return leave(request, ticket.pk)
        messages.success(request, words_of(verb, ticket))
        return HttpResponseRedirect(reverse("ticket", args=[ticket.pk]), status=303)
    toast = {"text": words_of(verb, ticket), "tone": "success"}
    if request.headers.get("HX-Target", "").startswith("row-"):
        return events(render_row(request, ticket), toast=toast, live__counters={})
    if still is None and _is_on_its_page(request, ticket):
        return leave(request, ticket.pk)
    if still is None:
        toast = {"text": _("Ticket %(number)s has left your desk.") % {"number": ticket.written},
                 "tone": "info"}  # fmt: skip
    return events(
        HttpResponse(status=204),
        toast=toast, live__ticket={"number": ticket.pk}, live__list={}, live__counters={},
    )  # fmt: skip


def _is_on_its_page(request: DeskRequest, ticket: Ticket) -> bool:
    path = request.headers.get("HX-Current-URL", "").split("?")[0].split("#")[0]
    return path.endswith(reverse("ticket", args=[ticket.pk]))
