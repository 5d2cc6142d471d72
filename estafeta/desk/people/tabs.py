"""The parts of administration, in groups: first the group is chosen, then the page in it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def tabs(current: str) -> list[dict[str, Any]]:
    """For `desk/people/frame.html`; `current` is the name of an address."""
    groups = [
        (
            pgettext("administration", "Overview"),
            [("administration", _("Overview"))],
        ),
        (
            _("People and structure"),
            [
                ("manage_people", _("People")),
                ("manage_departments", _("Departments")),
                ("manage_organisations", _("Organisations")),
                ("manage_positions", _("Positions")),
            ],
        ),
        (
            _("Tickets"),
            [
                ("manage_topics", _("Topics")),
                ("manage_priorities", _("Priorities")),
                ("manage_ladder", _("Urgent and nobody answers")),
                ("deleted_tickets", _("Deleted tickets")),
            ],
        ),
        (
            _("Messages"),
            [
                ("manage_messages", _("Queue and failures")),
                ("manage_wishes", _("Who hears what")),
                ("manage_receptions", _("Talks with operators")),
                ("manage_channels", _("Channels")),
                ("manage_templates", _("Words of messages")),
                ("webhooks", _("Webhooks")),
            ],
        ),
        (
            _("System"),
            [
                ("manage_site", _("Settings")),
                ("manage_look", _("Look")),
                ("security", _("Security")),
                ("seals", _("Seals")),
            ],
        ),
    ]
    return [
        {
            "label": label,
            "href": reverse(pages[0][0]),
            "current": any(name == current for name, _words in pages),
            "parts": [
                {"label": words, "href": reverse(name), "current": name == current}
                for name, words in pages
            ],
        }
        for label, pages in groups
    ]
