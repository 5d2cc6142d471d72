"""Places in an answer template that a ticket fills: `{requester}`, `{number}` …"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from estafeta.lib import clock

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket

_PLACE = re.compile(r"\{([a-z_]{1,30})\}")


@dataclass(frozen=True)
class Placeholder:
    """What stands there, in words for whoever writes a template; and how a ticket fills it."""

    meaning: Any
    of: Callable[[Ticket, Person], str]


def _deadline(ticket: Ticket, by: Person) -> str:
    moment = ticket.deadline
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else "—"


def _today(ticket: Ticket, by: Person) -> str:
    return date_format(localtime(clock.now()), "SHORT_DATE_FORMAT")


PLACEHOLDERS: dict[str, Placeholder] = {
    "requester": Placeholder(_("Name of the requester"), lambda t, by: t.requester.name),
    "organisation": Placeholder(
        _("Organisation of the requester"),
        lambda t, by: t.organisation.name if t.organisation else "—",
    ),
    "number": Placeholder(_("Number of the ticket"), lambda t, by: str(t.number)),
    "title": Placeholder(_("Title of the ticket"), lambda t, by: t.title),
    "topic": Placeholder(_("Topic of the ticket"), lambda t, by: t.topic.name if t.topic else "—"),
    "department": Placeholder(_("Department of the ticket"), lambda t, by: t.department.name),
    "performer": Placeholder(
        _("Name of the performer"), lambda t, by: t.performer.name if t.performer else "—"
    ),
    "deadline": Placeholder(_("Deadline of the ticket"), _deadline),
    "today": Placeholder(_("Today's date"), _today),
    "me": Placeholder(_("Your own name"), lambda t, by: by.name),
    "my_phone": Placeholder(_("Your own phone"), lambda t, by: by.phone or "—"),
}


def unknown_in(text: str) -> list[str]:
    """What looks like a place and is none: most likely a slip of the pen."""
    return sorted({name for name in _PLACE.findall(text) if name not in PLACEHOLDERS})


def fill(text: str, ticket: Ticket, *, by: Person) -> str:
    """The text with its places filled; unknown ones stay as they are."""
    return _PLACE.sub(lambda found: _value(found, ticket, by), text)


def _value(found: re.Match[str], ticket: Ticket, by: Person) -> str:
    place = PLACEHOLDERS.get(found[1])
    return place.of(ticket, by) if place else found[0]
