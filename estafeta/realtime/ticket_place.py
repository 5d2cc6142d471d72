"""Open pages of a ticket: staff is told who else looks at it and who writes, clients are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from estafeta.accounts.standing import Standing
from estafeta.realtime.changes import COLUMNS
from estafeta.tickets import visibility
from estafeta.tickets.models import Participant, Ticket


class TicketPlace:
    """The rule of sight is that of the ticket."""

    def seen(self, keys: Collection[int], standings: Mapping[int, Standing]) -> dict[int, set[int]]:
        present = defaultdict(set)
        rows = Participant.objects.filter(ticket__in=keys, person__in=list(standings))
        for ticket, person in rows.values_list("ticket", "person"):
            present[ticket].add(person)
        return {
            ticket.pk: {
                person
                for person, standing in standings.items()
                if visibility.sees(standing, ticket, present[ticket.pk])
            }
            for ticket in Ticket.objects.filter(pk__in=keys).only(*COLUMNS)
        }

    def tells(self, present: Standing, to: Standing) -> bool:
        return to.is_agent
