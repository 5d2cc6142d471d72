"""A test message of a channel, and what comes of it while one looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from estafeta.accounts.errors import Invalid
from estafeta.desk.channels.channels import channel_or_404
from estafeta.desk.channels.reasons import hint_for
from estafeta.desk.page import DeskRequest, is_fragment, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.lib.ids import bounded
from estafeta.notifications.administering import trying
from estafeta.notifications.models import Delivery, DeliveryState

LONG = timedelta(seconds=20)
"""After so long without a first try something else than the channel is at fault."""


@administrator
@require_POST
def send(request: DeskRequest, channel: str) -> HttpResponse:
    """Queue one."""
    way = channel_or_404(channel)
    targets = trying.targets(way, request.user)
    chosen = request.POST.get("target", "0")
    try:
        if not chosen.isdecimal() or len(chosen) > 3 or int(chosen) >= len(targets):
            raise Invalid.at("", _("Choose where the message goes."))
        made = trying.send_test(way, targets[int(chosen)], by=request.user)
    except Invalid as wrong:
        if is_fragment(request):
            return render(request, "desk/channels/refused.html", {"reason": str(wrong)}, status=422)
        messages.error(request, str(wrong))
        return HttpResponseRedirect(reverse("manage_channel", args=[way.name]))
    if is_fragment(request):
        return render(request, "desk/channels/tried.html", _context(made))
    return HttpResponseRedirect(reverse("channel_try", args=[way.name, made.pk]))


@administrator
@require_safe
def result(request: DeskRequest, channel: str, number: int) -> HttpResponse:
    """How it stands; the part asks again until there is an end."""
    way = channel_or_404(channel)
    rows = Delivery.objects.filter(pk=bounded(number), channel=way.name, person=request.user)
    delivery = rows.filter(notice__name="test").first()
    if delivery is None:
        raise Http404
    context = _context(delivery)
    if is_fragment(request):
        return render(request, "desk/channels/tried.html", context)
    context |= {"tabs": tabs("manage_channels"), "channel": way}
    return render_page(request, "desk/channels/try.html", context)


def _context(delivery: Delivery) -> dict[str, Any]:
    waits = delivery.state == DeliveryState.QUEUED
    age = timezone.now() - delivery.created_at
    return {
        "delivery": delivery, "waits": waits, "hint": hint_for(delivery.error),
        "is_stuck": waits and not delivery.attempts and age > LONG,
    }  # fmt: skip
