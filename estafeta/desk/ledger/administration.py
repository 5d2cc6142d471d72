"""For administrators: what waits, what left, what failed and why; try again, pause, go on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from estafeta.desk.ledger.filters import Filters
from estafeta.desk.ledger.lines import about, line_of
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import bounded
from estafeta.notifications import channel_settings, overview, steering
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import Delivery

ROWS = 50


@administrator
@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    """Each channel with its queue, and failures grouped by cause; refreshed while one looks."""
    queues, rates, states = overview.queues(), overview.rates(), overview.states()
    context = {
        "tabs": tabs("manage_messages"),
        "channels": [
            {
                "name": name, "label": channel.label, "icon": channel.icon,
                "is_ready": channel_settings.is_ready(channel), "queue": queues[name],
                "rate": rates[name], "state": states[name],
                "sent_a_minute": number_format(rates[name].sent_a_minute, 1),
            }
            for name, channel in CHANNELS.items()
            if channel_settings.is_ready(channel) or queues[name].waiting or states[name].paused_at
        ],
        "failures": [
            {"row": row, "label": _label(row.channel)} for row in overview.failures()
        ],
    }  # fmt: skip
    if is_fragment(request):
        return render(request, "desk/ledger/queue_body.html", context)
    return render_page(request, "desk/ledger/queue.html", context)


@administrator
@require_safe
def deliveries(request: DeskRequest) -> HttpResponse:
    """One by one, the newest first; narrowed by channel, state, person and ticket."""
    filters = Filters.of(request.GET)
    rows = filters.narrow(Delivery.objects.all())
    rows = rows.select_related("person", "notification", "entry")
    found = list(rows.order_by("-pk")[: ROWS + 1])
    shown = found[:ROWS]
    context = {
        "tabs": tabs("manage_messages"), "filters": filters,
        "rows": [
            {
                "line": line_of(row), "person": row.person, "created_at": row.created_at,
                "about": about(row),
                "seen_at": row.notification.seen_at if row.notification else None,
            }
            for row in shown
        ],
        "older": filters.address(before=shown[-1].pk) if len(found) > ROWS else "",
        "newest": filters.address() if filters.before else "",
    }  # fmt: skip
    return render_page(request, "desk/ledger/deliveries.html", context)


@administrator
@require_POST
def retry(request: DeskRequest, number: int) -> HttpResponse:
    """Try one again now."""
    row = Delivery.objects.filter(pk=bounded(number)).first()
    if row is None:
        raise Http404
    if steering.retry(row, by=request.user):
        messages.success(request, _("It is tried again."))
    else:
        messages.error(
            request, _("It was not queued again: it was sent, waits, or its address is stopped.")
        )
    return _back(request)


@administrator
@require_POST
def retry_all(request: DeskRequest) -> HttpResponse:
    """Try again whatever failed for one cause."""
    channel, cause = request.POST.get("channel", ""), request.POST.get("cause", "")
    count = steering.retry_all(channel, cause, by=request.user)
    words = ngettext(
        "%(count)s message is tried again.", "%(count)s messages are tried again.", count
    )
    messages.success(request, words % {"count": count})
    return HttpResponseRedirect(reverse("manage_messages"))


@administrator
@require_POST
def pause(request: DeskRequest, channel: str) -> HttpResponse:
    """Hold everything back."""
    steering.pause(_known(channel), by=request.user)
    messages.success(request, _("Nothing leaves by this channel now; messages wait."))
    return HttpResponseRedirect(reverse("manage_messages"))


@administrator
@require_POST
def resume(request: DeskRequest, channel: str) -> HttpResponse:
    """Let it go on."""
    steering.resume(_known(channel), by=request.user)
    messages.success(request, _("Messages leave by this channel again."))
    return HttpResponseRedirect(reverse("manage_messages"))


def _known(channel: str) -> str:
    if channel not in CHANNELS:
        raise Http404
    return channel


def _label(channel: str) -> Any:
    known = CHANNELS.get(channel)
    return known.label if known else channel


def _back(request: DeskRequest) -> HttpResponse:
    """To the rows that were looked at."""
    address = Filters.of(request.GET).address()
    return HttpResponseRedirect(reverse("manage_deliveries") + address)
