"""Where words can be changed: pop-ups on open pages, and every channel that sends words."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.content import GATHERED
from estafeta.notifications.kinds import OF_TALKS, Kind
from estafeta.notifications.wishes import POPUP
from estafeta.notifications.wording.events import EVENTS, Event


class Place(NamedTuple):
    """One of them."""

    name: str
    label: Any


PLACES: dict[str, Place] = {
    place.name: place
    for place in (
        *(Place(way.name, way.label) for way in CHANNELS.values() if way.has_words),
        Place(POPUP, _("Pop-ups")),
    )
}
OF_POPUPS = {GATHERED, *Kind.values} - {Kind.ANNOUNCED.value, *OF_TALKS}
"""Announcements pop up as they were written; the chat shows what was said."""


def events_of(place: str) -> dict[str, Event]:
    """What is told there."""
    if place != POPUP:
        return EVENTS
    return {name: event for name, event in EVENTS.items() if name in OF_POPUPS}
