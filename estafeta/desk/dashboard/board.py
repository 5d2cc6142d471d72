"""What stands on the dashboard of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from estafeta.desk.lists.chips import WORKING
from estafeta.desk.lists.rows import Row, rows_of
from estafeta.tickets.lists import workday
from estafeta.tickets.lists.filters import ANY_OPEN
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.lists.counters import Counters
    from estafeta.tickets.models import Ticket

_IN_WORK = f"status={WORKING}"


@dataclass(frozen=True)
class Tile:
    """A number that leads to its tickets."""

    number: int
    label: str
    href: str
    hot: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a heading; `href` leads to all of the kind."""

    label: str
    href: str
    rows: list[Row]


def tiles(counters: Counters, day: workday.Workday) -> list[Tile]:
    """The numbers at the top: of the inbox for staff, of his own tickets for a client."""
    sent = counters.sent
    if not counters.person.is_agent:
        working = sent[Status.IN_PROGRESS] + sent[Status.WAITING]
        return [
            Tile(sent.total(), _("Open"), f"/sent?status={ANY_OPEN}"),
            Tile(working, _("In work"), f"/sent?{_IN_WORK}"),
            Tile(len(day.to_answer), _("Wait for my answer"), "/sent?waits=answer"),
            Tile(counters.to_accept, _("Wait for me to accept"), "/sent?waits=acceptance"),
        ]
    load = counters.inbox
    waiting = sum(own.performs and own.status == Status.WAITING for own in counters.own)
    found = [
        Tile(
            load.mine, _("With me"), f"/inbox?{_IN_WORK}&performer=me",
            hint=_("of these wait: %(count)s") % {"count": waiting} if waiting else "",
        ),
        Tile(load.late, _("Late"), "/inbox?deadline=late", hot=True),
        Tile(load.free, pgettext("tickets", "Free"), "/inbox?status=new"),
        Tile(counters.to_accept, _("Wait for me to accept"), "/tickets?waits=acceptance"),
    ]  # fmt: skip
    if counters.person.standing.is_boss:
        others = f"/inbox?{_IN_WORK}&performer=others"
        found.append(Tile(load.others, _("With others"), others))
        found.append(Tile(load.review, _("In review"), "/inbox?status=review"))
    return found


def groups(person: Person, day: workday.Workday) -> list[Group]:
    """The rows, loaded together; empty groups are left out."""
    mine = f"/inbox?{_IN_WORK}&performer=me&sort=deadline"
    agree = f"{'/tickets' if person.is_agent else '/sent'}?waits=deadline"
    kinds: list[tuple[str, str, list[Ticket]]] = [
        (_("With me"), mine, day.mine),
        (_("Handed over to us: accept or decline"), "/inbox?waits=hand_over", day.to_receive),
        (_("Waits for me to accept"), "/tickets?waits=acceptance", day.to_accept),
        (_("A new deadline is proposed"), agree, day.to_agree),
        (_("Waits for my answer"), "/sent?waits=answer", day.to_answer),
        (_("Late"), "/inbox?deadline=late&sort=deadline", day.late),
        (pgettext("tickets", "Free"), "/inbox?status=new&sort=-priority", day.free),
        (_("Waits"), "/inbox?status=waiting&performer=me", day.waiting),
        (_("Sent by me") if person.is_agent else _("My tickets"), "/sent", day.sent),
    ]
    rows = rows_of([ticket for _label, _href, tickets in kinds for ticket in tickets], person)
    by_number = {row.number: row for row in rows}
    return [
        Group(label, href, [by_number[ticket.pk] for ticket in tickets])
        for label, href, tickets in kinds
        if tickets
    ]
