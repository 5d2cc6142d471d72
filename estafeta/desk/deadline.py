"""The deadline of a ticket as a pill: in words, with a tone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from estafeta.desk.durations import about
from estafeta.lib import clock

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket


@dataclass(frozen=True)
class Deadline:
    """`tone` is late, soon, met or ok, as components/badge.html draws it."""

    text: str
    tone: str
    at: datetime


def of(ticket: Ticket) -> Deadline | None:
    """How the deadline stands now; None where nobody set one."""
    at = ticket.deadline
    if at is None:
        return None
    if ticket.is_late:
        return Deadline(_late(clock.now() - at), "late", at)
    if not ticket.is_open:
        met = ticket.closed_at is None or ticket.closed_at <= at
        return Deadline(
            _("In time") if met else _("After the deadline"), "met" if met else "ok", at
        )
    return Deadline(day_and_time(at), "soon" if ticket.is_due_soon else "ok", at)


def _late(time: timedelta) -> str:
    if time < timedelta(minutes=1):
        return pgettext("ticket", "Late")
    return _("Late by %(time)s") % {"time": about(time)}


def day_and_time(at: datetime) -> str:
    """Today and tomorrow by name with the time, other days by their date."""
    local, today = localtime(at), localtime(clock.now()).date()
    days = (local.date() - today).days
    time = date_format(local, "TIME_FORMAT")
    if days == 0:
        return _("today %(time)s") % {"time": time}
    if days == 1:
        return _("tomorrow %(time)s") % {"time": time}
    if local.year != today.year:
        return date_format(local, "SHORT_DATE_FORMAT")
    # T: Django's letters: j day, M month in three letters, E month as it stands after a day.
    return date_format(local, pgettext("format of a day", "j M"))
