"""An announcement that is sent: everybody it is for gets one message, whatever dies meanwhile."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from estafeta.accounts.actions.announcements import Ways, announce, withdraw_announcement
from estafeta.accounts.models import Announcement, Person
from estafeta.notifications import mass
from estafeta.notifications.models import Delivery, MassMessage, Wishes
from tests.cast import Cast

HOUR = datetime.timedelta(hours=1)
SENT = Ways(is_sent=True)


@pytest.fixture(autouse=True)
def _with_mail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


def written_to(row: Announcement) -> list[str]:
    rows = Delivery.objects.filter(announcement=row).order_by("address")
    return list(rows.values_list("address", flat=True))


def test_everybody_it_is_for_gets_one_message(cast: Cast) -> None:
    row = announce(by=cast.admin, text="No power on Sunday", audience="staff", ways=SENT)
    mass.tell_due()
    mass.tell_due()
    staff = sorted(person.email for person in Person.objects.active().staff())
    assert written_to(row) == staff
    assert cast.client.email not in staff


def test_what_only_stands_above_pages_is_not_sent(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Hello")
    assert mass.tell_due() == 0
    assert written_to(row) == []


def test_a_planned_one_waits_for_its_time(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Hello", starts_at=timezone.now() + HOUR, ways=SENT)
    assert mass.tell_due() == 0
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
        assert mass.tell_due() > 0
    assert written_to(row)


def test_a_withdrawn_one_is_never_sent(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Hello", starts_at=timezone.now() + HOUR, ways=SENT)
    withdraw_announcement(row, by=cast.admin)
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
        assert mass.tell_due() == 0


def test_a_death_between_batches_neither_loses_nor_repeats(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "BATCH", 3)
    row = announce(by=cast.admin, text="Hello", ways=SENT)
    assert mass._some(row) == (3, False)
    monkeypatch.setattr(mass, "_some", _dies_after(2, mass._some))
    with pytest.raises(KeyboardInterrupt):
        mass.tell_due()
    monkeypatch.undo()
    mass.tell_due()
    everybody = [person.email for person in Person.objects.active() if person.email]
    assert written_to(row) == sorted(everybody)
    assert MassMessage.objects.get().finished_at is not None


def _dies_after(times: int, step: Any) -> Any:
    left = [times]

    def some(row: Announcement) -> Any:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return step(row)

    return some


def test_who_wishes_no_announcements_by_mail_gets_only_warnings(cast: Cast) -> None:
    Wishes.objects.create(person=cast.agent, matrix={"announced": {"mail": False}})
    plain = announce(by=cast.admin, text="Cake in the kitchen", ways=SENT)
    warning = announce(by=cast.admin, text="No power", level="warning", ways=SENT)
    mass.tell_due()
    assert cast.agent.email not in written_to(plain)
    assert cast.head.email in written_to(plain)
    assert cast.agent.email in written_to(warning)
