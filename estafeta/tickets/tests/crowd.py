"""Many tickets of all kinds for tests that read lists: made at once, from a seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from estafeta.accounts.models import Person
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Acceptance, Participant, Ticket, WaitFor
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.statuses import OPEN_STATUSES, Status
from tests.cast import Cast

START = datetime(2026, 11, 1, 8, tzinfo=UTC)


def make_crowd(cast: Cast, *, seed: int, amount: int) -> list[Ticket]:
    """Tickets in every status, many of them equal in what lists are sorted by."""
    chance = random.Random(seed)
    agents = [cast.head, cast.agent, cast.agent_b, cast.network_agent, cast.agent2]
    tickets = [_ticket(cast, chance, agents) for _n in range(amount)]
    Ticket.objects.bulk_create(tickets)
    rows = [row for ticket in tickets for row in _ties(ticket, chance, agents)]
    Participant.objects.bulk_create(rows)
    tallies.recount()
    return tickets


def _ticket(cast: Cast, chance: random.Random, agents: list[Person]) -> Ticket:
    status = chance.choice(Status.values)
    taken = status in (Status.IN_PROGRESS, Status.WAITING, Status.REVIEW)
    author = chance.choice([*agents, cast.client, cast.lead, cast.stranger, cast.director])
    requester = author if chance.random() < 0.7 else chance.choice([cast.client, cast.stranger])
    home = author.memberships.first()
    changed = START + timedelta(hours=chance.randrange(12))
    closed = status not in OPEN_STATUSES
    return Ticket(
        title=f"{chance.choice(['Printer', 'Disk', 'Mail'])} {chance.randrange(1000)}",
        status=status,
        priority=chance.randrange(1, 5),
        department=chance.choice([cast.it, cast.network, cast.accounting]),
        performer=chance.choice(agents) if taken else None,
        author=author,
        author_department_id=home.department_id if home else None,
        requester=requester,
        organisation_id=requester.organisation_id,
        acceptance=chance.choice(Acceptance.values),
        due=chance.choice([NO_DEADLINE, START + timedelta(days=chance.randrange(60))]),
        wait_for=WaitFor.REQUESTER if status == Status.WAITING else "",
        opened_at=START,
        changed_at=changed,
        closed_at=changed if closed else None,
        journal_length=1,
    )


def _ties(ticket: Ticket, chance: random.Random, agents: list[Person]) -> list[Participant]:
    tied = {ticket.performer} if ticket.performer else set()
    if chance.random() < 0.3:
        tied.add(chance.choice(agents))
    return [
        Participant(
            ticket=ticket,
            person=person,
            is_performer=person == ticket.performer,
            has_performed=person == ticket.performer,
            is_addressee=person != ticket.performer and chance.random() < 0.5,
        )
        for person in tied
    ]
