"""Places in an answer template that a ticket fills, like `{requester}` and `{number}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from estafeta.lib import clock

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket

_PLACE = re.compile(r"\{([a-z_]{1,30})\}")
NOTHING = "—"

PLACEHOLDERS: dict[str, Any] = {
    "requester": _("Name of the requester"),
    "organisation": _("Organisation of the requester"),
    "number": _("Number of the ticket"),
    "title": _("Title of the ticket"),
    "topic": _("Topic of the ticket"),
    "department": _("Department of the ticket"),
    "performer": _("Name of the performer"),
    "deadline": _("Deadline of the ticket"),
    "today": _("Today's date"),
    "me": _("Your own name"),
    "my_phone": _("Your own phone"),
}
"""Name -> what will stand there, in words for whoever writes a template."""


def _values(ticket: Ticket, by: Person) -> dict[str, str]:
    deadline = ticket.deadline
    return {
        "requester": ticket.requester.name,
        "organisation": _name(ticket.organisation),
        "number": str(ticket.number),
        "title": ticket.title,
        "topic": _name(ticket.topic),
        "department": _name(ticket.department),
        "performer": _name(ticket.performer),
        "deadline": date_format(localtime(deadline), "SHORT_DATETIME_FORMAT") if deadline else "",
        "today": date_format(localtime(clock.now()), "SHORT_DATE_FORMAT"),
        "me": by.name,
        "my_phone": by.phone,
    }


def _name(row: Any) -> str:
    return row.name if row is not None else ""


def unknown_in(text: str) -> list[str]:
    """What looks like a place and is none: most likely a slip of the pen."""
    return sorted({name for name in _PLACE.findall(text) if name not in PLACEHOLDERS})


class Filling:
    """Fills texts for one ticket and one writer; unknown places stay as they are."""

    def __init__(self, ticket: Ticket, *, by: Person) -> None:
        self._values = _values(ticket, by)

    def __call__(self, text: str) -> str:
        """The text with its places filled."""
        return _PLACE.sub(self._value, text)

    def _value(self, found: re.Match[str]) -> str:
        return self._values.get(found[1], found[0]) or NOTHING
