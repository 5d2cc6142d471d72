"""Suggested performers as chips beside a field, each with what speaks for him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.tickets.suggestion import Suggestion, Why, suggest

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


@dataclass(frozen=True)
class Suggested:
    """A chip."""

    value: int
    label: str
    why: str


def suggested_for(ticket: Ticket) -> list[Suggested]:
    """Of the department where the ticket is."""
    return [
        Suggested(one.person.pk, one.person.name, ", ".join(_words(one)))
        for one in suggest(ticket, ticket.department)
    ]


def _words(one: Suggestion) -> list[str]:
    found = []
    for why in one.why:
        if why is Why.HAD_IT:
            found.append(_("had this ticket before"))
        elif why is Why.KNOWS_THE_TOPIC:
            found.append(
                ngettext(
                    "finished %(count)s ticket of this topic lately",
                    "finished %(count)s tickets of this topic lately",
                    one.done,
                )
                % {"count": one.done}
            )
        else:
            found.append(
                ngettext(
                    "has least to do: %(count)s ticket at work",
                    "has least to do: %(count)s tickets at work",
                    one.load,
                )
                % {"count": one.load}
            )
    return found
