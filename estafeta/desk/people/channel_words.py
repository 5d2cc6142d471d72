"""How changes of channels and words of messages read in the security trail: names, never values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.wording.events import EVENTS

_OF_ALL = {
    "is_on": gettext_lazy("Messages leave by this channel"),
    "messages_a_minute": gettext_lazy("Messages a minute, at most"),
}


def details(facts: Mapping[str, Any]) -> list[str]:
    """Lines about what was changed; nothing for other entries."""
    lines = []
    if "channel" in facts:
        lines.append(_("Channel: %(name)s") % {"name": _channel(facts["channel"])})
        fields = [_field(facts["channel"], name) for name in facts.get("fields", ())]
        if fields:
            lines.append(_("Changed: %(names)s") % {"names": ", ".join(fields)})
        if facts.get("senders"):
            names = ", ".join(facts["senders"])
            lines.append(_("Senders of departments: %(names)s") % {"names": names})
    if "template" in facts:
        event, language, channel = facts["template"].split()
        words = {
            "event": EVENTS[event].label if event in EVENTS else event,
            "language": language,
            "channel": _channel(channel),
        }
        lines.append(_("Words: %(event)s, %(language)s, %(channel)s") % words)
        if facts.get("is_reset"):
            lines.append(_("Back to the shipped words"))
    return lines


def _channel(name: str) -> str:
    return str(CHANNELS[name].label) if name in CHANNELS else name


def _field(channel: str, name: str) -> str:
    form = CHANNELS[channel].form if channel in CHANNELS else None
    if form is not None and name in form.base_fields:
        return str(form.base_fields[name].label or name)
    return str(_OF_ALL.get(name, name))
