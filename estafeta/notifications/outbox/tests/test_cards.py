"""Letters that wait go to the address that the card has when they leave."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Person
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.concern import REMOVED, objections
from estafeta.notifications.outbox import claims
from estafeta.notifications.outbox.tests.made_up import queued
from tests.cast import Cast

MAIL = CHANNELS["mail"]


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"


def test_a_letter_that_waits_follows_the_card(cast: Cast) -> None:
    row = queued(cast, cast.agent.email, channel="mail")
    Person.objects.filter(pk=cast.agent.pk).update(email="right@example.org")
    [bundle] = claims.claim(MAIL, most=10)
    assert MAIL.address_of(bundle.first) == "right@example.org"
    assert "right@example.org" in bundle.place
    assert objections(MAIL, bundle.rows) == {}
    row.refresh_from_db()
    assert row.address == "right@example.org"


def test_nothing_goes_to_an_address_that_was_taken_off_the_card(cast: Cast) -> None:
    row = queued(cast, cast.agent.email, channel="mail")
    Person.objects.filter(pk=cast.agent.pk).update(email="")
    [bundle] = claims.claim(MAIL, most=10)
    assert objections(MAIL, bundle.rows) == {row.pk: REMOVED}
