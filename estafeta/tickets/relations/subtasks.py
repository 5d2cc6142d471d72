"""Parts of a ticket: how far they are, and that their whole is not closed over them unawares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket
from estafeta.tickets.statuses import OPEN_STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_SUBTASKS = 100
DEEPEST = 50
"""A part of a part of a part ...: nobody finds his way any deeper."""
TREE_LOCK = 0x70617274
"""One for all who say what is a part of what ("part")."""


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


def hold_still() -> None:
    """Until this transaction ends nobody else changes what is a part of what.

    Two who each look upwards from their own tickets could else close a circle together. To be
    called when the tickets are locked: whoever waits for it keeps nobody waiting who has it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def refuse_if_full(whole: Ticket, field: str, *, more: int = 1) -> None:
    """Raise Invalid where with so many more it has more parts than one can look at."""
    if whole.subtasks.count() + more > MOST_SUBTASKS:
        words = _("A ticket has at most %(most)s sub-tickets.") % {"most": MOST_SUBTASKS}
        raise Invalid(field, words)


def refuse_if_deep(whole: Ticket, field: str, *, below: int = 0) -> None:
    """Raise Invalid where a part with `below` generations of its own would lie too deep."""
    if sum(1 for _one in _above(whole)) + 1 + below >= DEEPEST:
        words = _("Sub-tickets lie at most %(most)s deep in each other.") % {"most": DEEPEST}
        raise Invalid(field, words)


def is_part_of(ticket: Ticket, whole: Ticket) -> bool:
    """Directly, or as a part of a part."""
    return any(one.pk == whole.pk for one in _above(ticket))


def generations(ticket: Ticket) -> int:
    """How many levels of parts lie below it."""
    level: Collection[int] = [ticket.pk]
    for depth in range(DEEPEST + 1):
        rows = Ticket.with_deleted.filter(parent__in=level).order_by()
        level = list(rows.values_list("pk", flat=True))
        if not level:
            return depth
    return DEEPEST


def _above(ticket: Ticket) -> Iterator[Ticket]:
    above = ticket.parent
    while above is not None:
        yield above
        above = above.parent
