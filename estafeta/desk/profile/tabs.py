"""The parts of the profile."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(current: str) -> list[dict[str, Any]]:
    """For `components/tabs.html`; `current` is the name of an address."""
    parts = [
        ("profile", _("Profile")),
        ("wishes", _("Notifications")),
        ("reach", _("Where to reach me")),
        ("own_messages", _("Messages")),
        ("devices", _("Sign-in and devices")),
        ("tokens", _("API tokens")),
    ]
    return [
        {"label": label, "href": reverse(name), "current": name == current} for name, label in parts
    ]
