"""The hands a ticket went through, shown where it is handed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.accounts.models import Site
from estafeta.desk import relay
from estafeta.tickets.models import Hold

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

MOST = 12


@dataclass(frozen=True)
class Chain:
    """`parts` are the last stretches; `warning` says that it has gone round often enough."""

    parts: list[relay.Part]
    warning: str

    @classmethod
    def of(cls, ticket: Ticket) -> Chain:
        """So far."""
        holds = list(
            Hold.objects.filter(ticket=ticket).select_related("person", "department").order_by("pk")
        )
        return cls(relay.parts(holds[-MOST:]), _warning(ticket, holds))


def _warning(ticket: Ticket, holds: list[Hold]) -> str:
    people = [hold.person_id for hold in holds if hold.person_id]
    stretches = [p for at, p in enumerate(people) if at == 0 or people[at - 1] != p]
    if len(stretches) != len(set(stretches)):
        return _(
            "It has already come back to somebody who had it. The head of the department will be told if it does again."
        )
    if ticket.passes + 1 >= Site.current().passes_before_notice:
        return _("It has been handed over many times. The head of the department will be told.")
    return ""
