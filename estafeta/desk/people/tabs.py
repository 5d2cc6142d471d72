"""The parts of administration."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(current: str) -> list[dict[str, Any]]:
    """For `components/tabs.html`; `current` is the name of an address."""
    parts = [
        ("administration", _("Overview")),
        ("manage_people", _("People")),
        ("manage_departments", _("Departments")),
        ("manage_topics", _("Topics")),
        ("manage_organisations", _("Organisations")),
        ("manage_positions", _("Positions")),
        ("manage_priorities", _("Priorities")),
        ("manage_ladder", _("Urgent and nobody answers")),
        ("manage_channels", _("Channels")),
        ("manage_templates", _("Words of messages")),
        ("manage_site", _("Settings")),
        ("manage_look", _("Look")),
        ("deleted_tickets", _("Deleted tickets")),
        ("security", _("Security")),
        ("seals", _("Seals")),
    ]
    return [
        {"label": label, "href": reverse(name), "current": name == current} for name, label in parts
    ]
