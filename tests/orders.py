"""Tickets for tests, opened through the real verb."""

from __future__ import annotations

from typing import Any

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast


def order(cast: Cast, *, by: Person | None = None, **fields: Any) -> Ticket:
    """A free ticket of the director to IT, unless said otherwise."""
    given = {"title": "Сервер 1С не отвечает", **fields}
    if not given.get("people"):
        given.setdefault("department", cast.it)
    return actions.open_ticket(by=by or cast.director, **given).ticket


def taken(cast: Cast, *, by: Person | None = None, **fields: Any) -> Ticket:
    """The same, taken by Anna or by whoever is named."""
    ticket = order(cast, **fields)
    actions.take(ticket, by=by or cast.agent)
    return ticket


def done(cast: Cast, **fields: Any) -> Ticket:
    """Taken by Anna and completed."""
    ticket = taken(cast, **fields)
    actions.complete(ticket, by=cast.agent)
    return ticket
