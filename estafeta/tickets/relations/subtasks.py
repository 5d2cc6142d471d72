"""Parts of a ticket: how far they are, and that their whole is not closed over them unawares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from estafeta.tickets.errors import Invalid
from estafeta.tickets.statuses import OPEN_STATUSES

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


def open_parts(ticket: Ticket) -> int:
    """How many of its parts somebody still has to do something about."""
    if not ticket.is_related:
        return 0
    return ticket.subtasks.filter(status__in=OPEN_STATUSES).count()


def refuse_if_open(ticket: Ticket) -> None:
    """Raise Invalid at `despite_subtasks`, which whoever has read it may set."""
    if count := open_parts(ticket):
        raise Invalid("despite_subtasks", still_open(count))


def still_open(count: int) -> str:
    """The question before the end."""
    words = ngettext(
        "%(count)s sub-ticket is still open. Complete it first, or say that it may stay open.",
        "%(count)s sub-tickets are still open. Complete them first, or say that they may stay open.",
        count,
    )
    return words % {"count": count}
