"""Messages about messages name the right place to mend what they tell of."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts.models import Site
from estafeta.notifications.content import content_of
from estafeta.notifications.models import Address, Delivery
from estafeta.notifications.outbox import dead
from estafeta.notifications.webhooks import changing
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _public(db: None) -> None:
    Site.objects.update_or_create(pk=1, defaults={"public_url": "https://desk.house.test"})


def stopped(address: Address, **delivery: Any) -> Any:
    """What its owner is told when nothing reaches this address any more."""
    now = timezone.now()
    row = Delivery.objects.create(
        channel=address.channel, address=address.label, target=address, created_at=now,
        next_attempt_at=now, expires_at=now, notice={"name": "test"}, **delivery,
    )  # fmt: skip
    dead.stop(row, "550 no such user")
    return content_of([Delivery.objects.get(notice__name="address_stopped")])


def an_address(channel: str, label: str, **owner: Any) -> Address:
    now = timezone.now()
    row = Address(channel=channel, label=label, created_at=now, confirmed_at=now, **owner)
    row.value = label
    row.save()
    return row


@pytest.fixture(autouse=True)
def _with_mail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.house.test"


def test_of_ones_own_address_it_leads_to_ones_addresses(cast: Cast) -> None:
    told = stopped(an_address("jabber", "anna@jabber.test", person=cast.agent), person=cast.agent)
    assert told.title == "Messages no longer reach you at anna@jabber.test"
    assert told.link == "https://desk.house.test/profile/reach"
    assert "550 no such user" in told.text
    assert "Jabber" in told.text


def test_of_a_departments_address_it_leads_to_those_of_the_department(cast: Cast) -> None:
    told = stopped(an_address("mail", "it@house.test", department=cast.it))
    assert told.title == "Messages no longer reach IT at it@house.test"
    assert told.link == f"https://desk.house.test/departments/{cast.it.pk}/reach"


def test_of_a_webhook_it_names_the_webhook_and_leads_there(cast: Cast) -> None:
    wanted = changing.Wanted("CRM", "https://crm.example.org/hook", (), (), with_notes=False)
    webhook, _secret = changing.make(wanted, by=cast.admin)
    told = stopped(webhook.address)
    assert told.title == "The webhook “CRM” is stopped"
    assert told.link == f"https://desk.house.test/administration/webhooks/{webhook.pk}"
    assert "profile" not in told.text
