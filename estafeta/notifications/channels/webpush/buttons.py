"""The buttons under a message in a browser: what its reader can do to the ticket without opening it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.tickets import permissions
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery
    from estafeta.tickets.models import Ticket

MOST = 2
"""Browsers draw no more."""


def buttons(delivery: Delivery) -> dict[str, Any]:
    """`actions` as a browser wants them, and what each does: `acts`, by its name."""
    if delivery.notification is None or delivery.person is None:
        return {"actions": [], "acts": {}}
    ticket = delivery.notification.entry.ticket
    relation = permissions.Relation.between(delivery.person, ticket)
    possible = permissions.allowed_verbs(relation)
    found = [(verb, make(ticket)) for verb, make in _OFFERED.items() if verb in possible][:MOST]
    return {
        "person": delivery.person.pk,
        "actions": [{"action": verb.value, "title": str(verb.label)} for verb, _does in found],
        "acts": {verb.value: does for verb, does in found},
    }


def _take(ticket: Ticket) -> dict[str, Any]:
    failed = _("It was not taken. Open it and look.")
    return _at_once(ticket, Verb.TAKE, done=_("It is yours now."), failed=failed)


def _complete(ticket: Ticket) -> dict[str, Any]:
    failed = _("It was not completed. Open it and look.")
    told = _at_once(ticket, Verb.COMPLETE, done=_("It is completed."), failed=failed)
    return told | {"key": secrets.token_urlsafe(12)}


def _reply(ticket: Ticket) -> dict[str, Any]:
    return {"opens": f"/tickets/{ticket.pk}?write={Verb.REPLY}#composer"}


def _at_once(ticket: Ticket, verb: Verb, *, done: str, failed: str) -> dict[str, Any]:
    return {
        "ticket": ticket.pk, "path": f"/tickets/{ticket.pk}/{verb}", "seen": ticket.journal_length,
        "done": done, "failed": failed,
        "waits": _("No network. It is done as soon as there is one."),
    }  # fmt: skip


_OFFERED = {Verb.TAKE: _take, Verb.COMPLETE: _complete, Verb.REPLY: _reply}
"""The most wanted first."""
