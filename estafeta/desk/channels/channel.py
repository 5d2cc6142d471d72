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
from estafeta.desk.channels.reasons import hint_for
from estafeta.desk.page import DeskRequest, render_page
from estafeta.desk.people.access import administrator
from estafeta.desk.people.forms import saved
from estafeta.desk.people.tabs import tabs
from estafeta.notifications import channel_settings
from estafeta.notifications.administering import health, settings, trying
from estafeta.notifications.channels.channel import Channel

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
        "state": state, "states": STATES, "fields": (lines := _fields(way, form)), "sections": _sections(form, lines),
        "targets": targets, "options": [(place, one.shown) for place, one in targets],
        "hint": hint_for(state.last_error), "has_address": bool(Site.current().address),
    }  # fmt: skip
    return render_page(
        request, "desk/channels/channel.html", context, status=200 if data is None else 422
    )


def _fields(channel: Channel, form: forms.Form) -> list[dict[str, Any]]:
    """What the page knows of each field besides what is in the form."""
    values, outside = settings.stored(channel), channel.set_outside()
    return [
        {
            "bound": form[name],
            "is_hidden": field.widget.is_hidden,
            "section": name.split("_")[0] if name.split("_")[0] in _named(form) else "",
            "is_secret": settings.is_secret(field),
            "is_set": bool(outside.get(name) if name in outside else values.get(name)),
            "is_outside": name in outside,
            "value": _shown(field, outside.get(name)),
            "may_be_forgotten": not field.required,
        }
        for name, field in form.fields.items()
    ]


def _named(form: forms.Form) -> dict[str, Any]:
    """What a long form calls its parts, by how the names of their fields begin."""
    return getattr(form, "sections", {})


def _sections(form: forms.Form, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Open is the part that is chosen, and where something is wrong."""
    found = []
    for name, label in _named(form).items():
        own = [line for line in lines if line["section"] == name]
        is_open = form["way"].value() == name or any(line["bound"].errors for line in own)
        found.append({"label": label, "fields": own, "is_open": is_open})
    return found


def _shown(field: forms.Field, value: Any) -> str:
    if settings.is_secret(field):
        return _("set, not shown") if value else "—"
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    return str(labels.get(str(value), value)) if value not in (None, "") else "—"
