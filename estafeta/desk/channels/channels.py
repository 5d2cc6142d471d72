"""Administration: all channels on one page, and how each is doing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.tabs import tabs
from estafeta.notifications import channel_settings
from estafeta.notifications.administering import health
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Channel

STATES = {
    "off": (pgettext_lazy("channel", "Off"), ""),
    "missing": (gettext_lazy("Something is missing"), "warning"),
    "paused": (pgettext_lazy("channel", "Paused"), "warning"),
    "broken": (gettext_lazy("Does not work now"), "danger"),
    "works": (pgettext_lazy("channel", "On"), "success"),
}
"""Words and tone of `Health.state`."""


def channel_or_404(name: str) -> Channel:
    """The channel of this name."""
    if name not in CHANNELS:
        raise Http404
    return CHANNELS[name]


@administrator
@require_safe
def listing(request: DeskRequest) -> HttpResponse:
    """What is on, what is missing, what fails."""
    channel_settings.forget()
    context = {"tabs": tabs("manage_channels"), "rows": health.of_all(), "states": STATES}
    return render_page(request, "desk/channels/channels.html", context)
