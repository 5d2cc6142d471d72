"""A tie says whether its ticket is in the archive, so that a person's own are found at once."""

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.lists.counters import Counters
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.statuses import Status
from tests.cast import Cast


def assert_kept() -> None:
    for tie in Participant.objects.select_related("ticket"):
        assert tie.is_current == (tie.ticket.status != Status.ARCHIVED)


def test_ties_follow_the_ticket_into_the_archive_and_back(cast: Cast) -> None:
    ticket = actions.open_ticket(by=cast.head, title="Disk", people=[cast.agent]).ticket
    actions.take(ticket, by=cast.agent)
    assert [own.number for own in Counters(cast.agent).own] == [ticket.pk]
    actions.complete(ticket, by=cast.agent)
    assert_kept()
    actions.archive(ticket, by=Person.objects.get(login="system"))
    assert_kept()
    assert not Ticket.objects.addressed_to(cast.agent).exists()
    actions.reopen(ticket, by=cast.head, reason="Again")
    assert_kept()
    actions.assign(ticket, by=cast.head, people=[cast.agent_b])
    assert_kept()
    assert [own.number for own in Counters(cast.agent_b).own] == [ticket.pk]
