"""Administration: the words of one message, edited beside a preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from estafeta.desk.channels.previewing import Shown, shown
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.notifications.models import MessageTemplate
from estafeta.notifications.models.template import LONGEST_BODY, LONGEST_SUBJECT
from estafeta.notifications.wording import saving
from estafeta.notifications.wording.events import Event
from estafeta.notifications.wording.liquid import fault_of
from estafeta.notifications.wording.places import PLACES, events_of

PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
"""A letter carries its style in itself; nothing in it can run or reach anything."""


class TemplateForm(forms.Form):
    """Checked as a whole by the action, so that each line's fault stands beside its field."""

    subject = forms.CharField(required=False, max_length=LONGEST_SUBJECT)
    body = forms.CharField(required=False, max_length=LONGEST_BODY, widget=forms.Textarea)


def _event_or_404(event: str, language: str, channel: str) -> Event:
    if channel not in PLACES or language not in dict(settings.LANGUAGES):
        raise Http404
    events = events_of(channel)
    if event not in events:
        raise Http404
    return events[event]


def _row(event: str, language: str, channel: str) -> MessageTemplate | None:
    rows = MessageTemplate.objects.filter(event=event, language=language, channel=channel)
    return rows.select_related("changed_by").first()


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, event: str, language: str, channel: str) -> HttpResponse:
    """Show and save."""
    what, row = _event_or_404(event, language, channel), _row(event, language, channel)
    words = {"subject": row.subject, "body": row.body} if row else what.words(channel)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=words)
    if form.is_bound and saved(
        form,
        lambda values: saving.save(event, language, channel, by=request.user, **values),
    ):
        messages.success(request, _("These words are used from now on."))
        return HttpResponseRedirect(reverse("manage_template", args=[event, language, channel]))
    context = {
        "tabs": tabs("manage_templates"), "form": form, "event": what, "row": row,
        "language": language, "language_name": dict(settings.LANGUAGES)[language],
        "channel": PLACES[channel], "shipped": what.words(channel),
        "failure": str(fault_of(row.failure)) if row and row.failure else "",
        "unknown": saving.unknown_in(row) if row else [],
    }  # fmt: skip
    return render_page(
        request, "desk/channels/template.html", context, status=422 if form.is_bound else 200
    )


@administrator
@require_POST
def reset(request: DeskRequest, event: str, language: str, channel: str) -> HttpResponse:
    """Go back to the shipped words."""
    _event_or_404(event, language, channel)
    if saving.reset(event, language, channel, by=request.user):
        messages.success(request, _("The shipped words are used again."))
    return HttpResponseRedirect(reverse("manage_template", args=[event, language, channel]))


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: DeskRequest, event: str, language: str, channel: str) -> HttpResponse:
    """What the words in the form, or the kept ones, become; a page for the frame beside them."""
    what, row = _event_or_404(event, language, channel), _row(event, language, channel)
    words: dict[str, Any] = what.words(channel)
    if request.method == "POST":
        words = {name: request.POST.get(name, "") for name in words}
    elif row is not None:
        words = {"subject": row.subject, "body": row.body}
    with translation.override(language):
        found: Shown = shown(
            event, language, channel, reader=request.user,
            ticket=request.POST.get("ticket", ""), **words,
        )  # fmt: skip
    response = HttpResponse(found.html)
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
