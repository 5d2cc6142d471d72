"""Administration: one channel, with whatever its form asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from estafeta.accounts.models import Site
from estafeta.desk.channels.channels import STATES, channel_or_404
from estafeta.desk.channels.fields import fields_of, is_rare_open, sections_of
from estafeta.desk.channels.reasons import hint_for
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.notifications import channel_settings
from estafeta.notifications.administering import health, settings, trying

FORGET = "forget-"


class SwitchForm(forms.Form):
    """What every channel has."""

    is_on = forms.BooleanField(label=gettext_lazy("Messages leave by this channel"), required=False)
    messages_a_minute = forms.IntegerField(
        label=gettext_lazy("Messages a minute, at most"), required=False, min_value=1,
        max_value=100_000,
    )  # fmt: skip


@administrator
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, channel: str) -> HttpResponse:
    """Show and save; secrets are never shown again."""
    way = channel_or_404(channel)
    channel_settings.forget()
    state = health.of(way)
    data = request.POST if request.method == "POST" else None
    switches = SwitchForm(
        data,
        initial={
            "is_on": state.is_on,
            "messages_a_minute": channel_settings.messages_a_minute(way.name),
        },
    )
    form = settings.form_of(way, data)

    def keep(values: dict[str, Any]) -> None:
        forgotten = (name.removeprefix(FORGET) for name in data or () if name.startswith(FORGET))
        settings.save(
            way, by=request.user, values=values, forgotten=frozenset(forgotten),
            **switches.cleaned_data,
        )  # fmt: skip

    targets = list(enumerate(trying.targets(way, request.user)))
    if data is not None and switches.is_valid() and saved(form, keep):
        messages.success(request, _("%(name)s is saved.") % {"name": way.label})
        return HttpResponseRedirect(reverse("manage_channel", args=[way.name]))
    context = {
        "tabs": tabs("manage_channels"), "channel": way, "form": form, "switches": switches,
        "state": state, "states": STATES, "fields": (lines := fields_of(way, form)),
        "sections": sections_of(form, lines), "is_rare_open": is_rare_open(lines, switches),
        "targets": targets, "options": [(place, one.shown) for place, one in targets],
        "hint": hint_for(state.last_error), "has_address": bool(Site.current().address),
    }  # fmt: skip
    return render_page(
        request, "desk/channels/channel.html", context, status=200 if data is None else 422
    )
