"""The channel around the three ways: numbers, what is ready, a provider over Apprise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from estafeta.notifications import channel_settings
from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.sms import Sms, phones
from estafeta.notifications.channels.sms.form import SmsForm
from estafeta.notifications.content import Content
from estafeta.notifications.models import ChannelSettings, Delivery
from tests.services.sms_gateway import provider


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("+7 (912) 345-67-89", "", "+79123456789"), ("8 912 345 67 89", "RU", "+79123456789"),
        ("067 123 45 67", "UA", "+380671234567"), ("+380671234567", "RU", "+380671234567"),
        ("тел. +49 1512 3456789", "", "+4915123456789"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, country: str, number: str) -> None:
    assert phones.read(typed, country=country).number == number


@pytest.mark.parametrize(
    "typed", ["", "Anna", "12", "+7 000", "8 912 345 67 89", "+7912345678900", "☃"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        phones.read(typed, country="")


def test_a_number_without_its_country_is_one_of_the_house(db: None) -> None:
    row = ChannelSettings(channel="sms", is_on=True, changed_at=timezone.now())
    row.values = {"way": "smpp", "smpp_host": "x", "country": "RU"}
    row.save()
    channel_settings.forget()
    given = Sms().check_address({"phone": "8 912 345-67-89"})
    assert (given.value, given.label) == ("+79123456789", "+7 912 345-67-89")
    with pytest.raises(ValidationError) as caught:
        Sms().check_address({"phone": "nobody"})
    assert list(caught.value.message_dict) == ["phone"]
    channel_settings.forget()


def test_it_is_ready_once_the_chosen_way_is_set() -> None:
    assert not Sms().is_ready({})
    assert not Sms().is_ready({"way": "smpp", "gateway_url": "https://x/"})
    assert Sms().is_ready({"way": "gateway", "gateway_url": "https://x/"})


def test_the_name_of_a_bundle_is_its_smallest_delivery() -> None:
    rows = [Delivery(pk=9), Delivery(pk=7)]
    said = json.loads(Sms().write(Content(title="a", text="b"), rows, {}))
    assert said["id"] == "estafeta-7"
    rows[0].bundle = 5
    assert json.loads(Sms().write(Content(title="a", text="b"), rows, {}))["id"] == "estafeta-5"


def test_a_provider_of_apprise_gets_the_number_and_the_text(settings: Any) -> None:
    settings.INSIDE_ADDRESSES = ["127.0.0.1"]
    content = json.dumps({"text": "Hello", "id": "x", "reference": 1}).encode()
    with provider() as house:
        url = f"smseagle://s3cret-token@127.0.0.1:{house.port}/{{digits}}"
        form = SmsForm({"way": "apprise", "apprise_url": url})
        assert form.is_valid(), form.errors
        accepted = '{"result": {"message_id": "748", "status": "ok"}}'
        house.answers += [(200, accepted, {}), (500, "no s3cret-token", {})]
        with Sms().open(form.cleaned_data) as way:
            way.send(content, to="+79123456789")
            with pytest.raises(DeliveryError) as caught:
                way.send(content, to="+79123456789")
        settings.INSIDE_ADDRESSES = []
        with Sms().open(form.cleaned_data) as way, pytest.raises(DeliveryError) as inside:
            way.send(content, to="+79123456789")
    asked = json.loads(house.bodies[0])["params"]
    assert (asked["to"], asked["message"]) == ("79123456789", "Hello")
    assert not caught.value.permanent
    assert caught.value.channel_is_at_fault
    assert "s3cret-token" not in f"{caught.value} {inside.value}"
    assert len(house.bodies) == 2


@pytest.mark.parametrize(
    "url",
    [
        "nonsense://{digits}",
        "twilio://x",
        "{digits}",
        "json://127.0.0.1/{digits}",
        "slack://a/b/c/{digits}",
    ],
)
def test_what_apprise_does_not_understand_is_refused(url: str) -> None:
    assert "apprise_url" in SmsForm({"way": "apprise", "apprise_url": url}).errors
