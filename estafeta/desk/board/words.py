"""What an empty column says: whether nothing is there, or only nothing under these filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

EMPTY: dict[Status, Any] = {
    Status.NEW: gettext_lazy("Nothing is free: everything has been taken."),
    Status.IN_PROGRESS: gettext_lazy("Nobody is working on anything now."),
    Status.WAITING: gettext_lazy("Nothing waits."),
    Status.REVIEW: gettext_lazy("Nothing waits to be accepted."),
    Status.DONE: gettext_lazy("Nothing is finished yet."),
}


def empty_status(status: Status, filters: Filters) -> str:
    """Of a column of a status."""
    return str(EMPTY[status]) if filters == Filters() else _filtered()


def empty_performer(person: Person | None, filters: Filters) -> str:
    """Of a column of somebody, or of what is free."""
    if filters != Filters():
        return _filtered()
    return _("Has nothing to do here: draw a card here.") if person else str(EMPTY[Status.NEW])


def _filtered() -> str:
    return _("Nothing here under these filters.")
