"""The archive fills by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.models import Site
from estafeta.tickets.archiving import archive_due
from estafeta.tickets.models import Entry
from estafeta.tickets.statuses import Status
from estafeta.tickets.via import Via
from tests.cast import Cast
from tests.orders import done, order

pytestmark = pytest.mark.django_db


def test_a_finished_ticket_is_archived_some_days_after_its_end(cast: Cast) -> None:
    ticket, open_one = done(cast), order(cast)
    days = Site.current().archive_after_days
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=-5)):
        assert archive_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=5)):
        assert archive_due() == 1
        assert archive_due() == 0
    ticket.refresh_from_db()
    open_one.refresh_from_db()
    assert ticket.status == Status.ARCHIVED
    assert open_one.status == Status.NEW
    entry = Entry.objects.filter(ticket=ticket).latest("seq")
    assert (entry.verb, entry.via, entry.actor.login) == ("archive", Via.SCHEDULE, "system")
