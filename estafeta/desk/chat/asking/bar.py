"""How a talk of a client stands, and what its reader can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.chat.models import Reception, Room, State
from estafeta.chat.operators import receiving
from estafeta.chat.operators.receiving import Desk
from estafeta.chat.permissions import Deed, Relation, may
from estafeta.tickets.models import Ticket

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

DEEDS = {
    State.WAITING: (Deed.ACCEPT, Deed.PASS_ON, Deed.CLOSE, Deed.MAKE_TICKET),
    State.ACCEPTED: (Deed.PASS_ON, Deed.PUT_BACK, Deed.CLOSE, Deed.MAKE_TICKET),
    State.CLOSED: (Deed.MAKE_TICKET,),
}


@dataclass
class Bar:
    """The line between the head of the talk and its words."""

    room: Room
    is_client: bool
    is_operator: bool
    may: set[str]
    desk: Desk | None = None
    place: int = 0
    usual: str = ""
    ticket: Ticket | None = None

    @property
    def is_waiting(self) -> bool:
        """Nobody has accepted it."""
        return self.room.state == State.WAITING

    @property
    def is_closed(self) -> bool:
        """It is over."""
        return self.room.state == State.CLOSED

    @property
    def nobody(self) -> str:
        """Why waiting makes no sense now, or nothing."""
        return nobody_there(self.desk) if self.is_waiting else ""

    @property
    def words(self) -> str:
        """What the department wants to be read meanwhile."""
        if self.desk is None or not self.is_waiting or not self.is_client:
            return ""
        reception = self.desk.reception
        return reception.greeting if self.desk.answers else reception.closed_words


def of(room: Room, reader: Person) -> Bar:
    """As it is now; nothing is asked that its state does not need."""
    relation = Relation(reader, room)
    deeds = [deed for deed in DEEDS[State(room.state)] if may(deed, relation)]
    bar = Bar(
        room, room.client_id == reader.pk, room.operator_id == reader.pk,
        {deed.value for deed in deeds},
    )  # fmt: skip
    if room.ticket_number is not None:
        bar.may.discard(Deed.MAKE_TICKET.value)
        rows = Ticket.objects.visible_to(reader).select_related("department")
        bar.ticket = rows.filter(pk=room.ticket_number).first()
    if bar.is_waiting:
        row = Reception.objects.filter(department=room.department_id).select_related("department")
        bar.desk = next(iter(receiving.desks(list(row))), None)
        bar.place = receiving.place_in_line(room)
        bar.usual = usual_wait(room.department_id or 0)
    return bar


def usual_wait(department: int) -> str:
    """How long people wait there, in words; nothing while nobody can say."""
    wait = receiving.usual_wait(department)
    if wait is None:
        return ""
    minutes = max(1, round(wait / timedelta(minutes=1)))
    told = ngettext(
        "Usually somebody answers within %(count)s minute.",
        "Usually somebody answers within %(count)s minutes.",
        minutes,
    )
    return told % {"count": minutes}


def nobody_there(desk: Desk | None) -> str:
    """Closed, or open and empty; in a sentence."""
    if desk is None or not desk.reception.is_open:
        return _("This department takes no talks now.")
    if not desk.is_open:
        if desk.opens_at is None:
            return _("It is closed now.")
        return _("It is closed now and opens %(moment)s.") % {"moment": _moment(desk.opens_at)}
    return "" if desk.is_staffed else _("Nobody is here just now.")


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "l, j E, H:i")
