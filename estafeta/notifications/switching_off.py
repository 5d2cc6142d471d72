"""What the link at the end of a letter does, and how it is taken back."""

from __future__ import annotations

from estafeta.accounts.models import Person
from estafeta.notifications import muted, wishing
from estafeta.notifications.unsubscribing import Ask
from estafeta.tickets.models import Ticket

CHANNEL = "mail"


def act(ask: Ask) -> str:
    """What the button of a mail program means: `ticket` or `kinds`."""
    if ask.ticket is not None:
        mute_ticket(ask)
        return "ticket"
    switch(ask, is_on=False)
    return "kinds"


def mute_ticket(ask: Ask, *, is_muted: bool = True) -> None:
    """No more of this ticket, over no channel; or hear of it again."""
    person, ticket = _person(ask), Ticket.objects.filter(pk=ask.ticket or 0).first()
    if person is not None and ticket is not None:
        (muted.mute if is_muted else muted.unmute)(ticket, by=person)


def switch(ask: Ask, *, is_on: bool) -> None:
    """Mail of these kinds off, or on again."""
    person = _person(ask)
    if person is not None and ask.kinds:
        wishing.wish(person, by=person, cells={kind: {CHANNEL: is_on} for kind in ask.kinds})


def _person(ask: Ask) -> Person | None:
    return Person.objects.filter(pk=ask.person, is_active=True).first()
