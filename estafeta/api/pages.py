"""A ticket with everything its answer shows, in a fixed number of queries."""

from __future__ import annotations

from estafeta.accounts.models import Person
from estafeta.api.schemas.tickets import HoldOut, ParticipantOut, TicketPageOut, a_name
from estafeta.tickets.models import Hold, Participant, Ticket
from estafeta.tickets.permissions import Relation, allowed_verbs


def ticket_page(ticket: Ticket, *, reader: Person) -> TicketPageOut:
    """Four queries: participants, holds, the reader's tie, at most his standing."""
    participants = Participant.objects.filter(ticket=ticket).shown_to(reader)
    holds = Hold.objects.filter(ticket=ticket).select_related("person", "department", "given_by")
    page: TicketPageOut = TicketPageOut.of(
        ticket,
        text=ticket.text,
        text_html=ticket.text_html,
        participants=[
            ParticipantOut(person=a_name(row.person), is_performer=row.is_performer,
                           is_addressee=row.is_addressee, acknowledged_at=row.acknowledged_at,
                           taken_at=row.taken_at, finished_at=row.finished_at)
            for row in participants.select_related("person").order_by("pk")
        ],
        holds=[HoldOut.of(row) for row in holds],
        allowed_verbs=allowed_verbs(Relation.between(reader, ticket)),
    )  # fmt: skip
    return page
