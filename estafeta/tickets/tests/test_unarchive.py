"""Back from the archive: as it was before, counted again, archived again only after its days."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from estafeta.tickets import actions
from estafeta.tickets.errors import NotAllowed, NotNow
from estafeta.tickets.models import Ticket
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep.archiving import archive_due
from tests.cast import Cast
from tests.orders import done, order


def archived(cast: Cast) -> Ticket:
    ticket = done(cast)
    actions.archive(ticket, by=cast.director)
    return ticket


def test_what_was_done_is_done_again_and_what_was_cancelled_is_cancelled(cast: Cast) -> None:
    ticket = archived(cast)
    entry = actions.unarchive(ticket, by=cast.head)
    assert (ticket.status, entry.facts) == (Status.DONE, {"is": "done"})
    other = order(cast)
    actions.cancel(other, by=cast.director, reason="Не нужно")
    actions.archive(other, by=cast.director)
    actions.unarchive(other, by=cast.director)
    assert other.status == Status.CANCELLED
    assert check_chain(ticket) == []
    assert check_chain(other) == []


@pytest.mark.parametrize("who", ["agent_b", "client", "admin"])
def test_author_heads_and_directors_bring_it_back_and_nobody_else(cast: Cast, who: str) -> None:
    ticket = archived(cast)
    with pytest.raises(NotAllowed):
        actions.unarchive(ticket, by=getattr(cast, who))
    assert Ticket.objects.get(pk=ticket.pk).status == Status.ARCHIVED


def test_only_what_is_archived_comes_back(cast: Cast) -> None:
    with pytest.raises(NotNow):
        actions.unarchive(done(cast), by=cast.director)


def test_it_stays_for_as_long_as_after_its_end(cast: Cast) -> None:
    ticket = archived(cast)
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        actions.unarchive(ticket, by=cast.director)
        assert archive_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=365 + 100)):
        assert archive_due() == 1
