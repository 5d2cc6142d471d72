"""Administrators set channels, try them, and choose senders of departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings

from estafeta.accounts.models import SecurityEntry
from estafeta.desk.channels.reasons import hint_for
from estafeta.lib import mail_server as way_out
from estafeta.notifications import channel_settings, deliver
from estafeta.notifications.administering.settings import is_secret
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import ChannelState, Delivery, DeliveryState, MailSender
from tests.cast import Cast
from tests.services.smtp import mail_server

PAGES = "/administration/channels"
MAIL = f"{PAGES}/mail"
Door = Callable[[Any], Client]


def given(**more: Any) -> dict[str, Any]:
    return {
        "is_on": "on", "host": "mail.house.test", "port": "587", "security": "starttls",
        "verifies": "on", **more,
    }  # fmt: skip


def test_the_list_says_what_is_missing(cast: Cast, at: Door) -> None:
    page = at(cast.admin).get(PAGES).content.decode()
    assert "E-mail" in page
    assert "Missing: Mail server" in page


def test_a_saved_secret_is_nowhere_on_the_page(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    assert door.post(MAIL, given(user="desk", password="s3cr3t-w0rd")).status_code == 302
    assert way_out.current().password == "s3cr3t-w0rd"
    page = door.get(MAIL).content.decode()
    assert "s3cr3t-w0rd" not in page
    assert 'value="desk"' in page
    door.post(MAIL, given(user="desk", sender="Desk <desk@house.test>"))
    assert way_out.current().password == "s3cr3t-w0rd", "left empty it stays"
    door.post(MAIL, given(**{"user": "desk", "forget-password": "on"}))
    assert way_out.current().password == ""
    page = door.get("/administration/security").content.decode()
    assert "Channel: E-mail" in page
    assert "Password" in page
    assert "s3cr3t-w0rd" not in page
    assert "s3cr3t-w0rd" not in str([entry.facts for entry in SecurityEntry.objects.all()])


def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(
    cast: Cast, at: Door
) -> None:
    answer = at(cast.admin).post(MAIL, given(sender="nobody", host="mail.house.test"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write it like this: Helpdesk" in page
    assert 'value="nobody"' in page
    assert 'value="mail.house.test"' in page


def test_what_is_set_outside_is_shown_and_cannot_be_typed_over(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    with override_settings(EMAIL_HOST="outside.test", EMAIL_HOST_PASSWORD="outer-secret"):
        page = door.get(MAIL).content.decode()
        assert 'value="outside.test" readonly' in page
        assert "outer-secret" not in page
        assert "set outside" in page
        door.post(MAIL, given(host="evil.test"))
        assert way_out.current().host == "outside.test"
    assert way_out.current().host == ""


@pytest.mark.service
def test_a_test_message_goes_through_the_queue_and_shows_its_end(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    with mail_server() as box:
        door.post(MAIL, given(host="127.0.0.1", port=str(box.port), security="none"))
        answer = door.post(f"{MAIL}/try", {"target": "0"}, headers={"HX-Request": "true"})
        page = answer.content.decode()
        assert "On its way to ada@example.org" in page
        assert 'hx-trigger="load delay:1s"' in page
        while deliver.run_once():
            pass
        row = Delivery.objects.get()
        page = door.get(f"{MAIL}/tries/{row.pk}", headers={"HX-Request": "true"}).content.decode()
        assert "Sent to ada@example.org." in page
        assert "250 2.0.0 Ok: queued as 4ABC" in page
        assert "hx-get" not in page, "there is nothing more to ask"
        assert "test message" in box.letters[0]["Subject"]
        assert door.get(f"{MAIL}/tries/{row.pk}").status_code == 200


def test_a_failure_is_told_in_plain_words(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    door.post(MAIL, given())
    door.post(f"{MAIL}/try", {"target": "0"})
    row = Delivery.objects.get()
    Delivery.objects.update(
        state=DeliveryState.FAILED, error="535 5.7.8 Authentication failed", attempts=1
    )
    page = door.get(f"{MAIL}/tries/{row.pk}").content.decode()
    assert "Name, password or token are not right." in page
    assert "535 5.7.8 Authentication failed" in page


def test_nothing_is_tried_before_the_channel_is_ready(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    answer = door.post(f"{MAIL}/try", {"target": "0"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "fill in what is missing" in answer.content.decode()
    door.post(MAIL, given())
    assert (
        door.post(f"{MAIL}/try", {"target": "7"}, headers={"HX-Request": "true"}).status_code == 422
    )
    assert not Delivery.objects.exists()


def test_the_try_of_another_administrator_is_not_shown(cast: Cast, at: Door) -> None:
    at(cast.admin).post(MAIL, given())
    at(cast.admin).post(f"{MAIL}/try", {"target": "0"})
    cast.director.is_administrator = True
    cast.director.save()
    number = Delivery.objects.get().pk
    assert at(cast.director).get(f"{MAIL}/tries/{number}").status_code == 404


def test_saving_lets_a_broken_channel_be_tried_at_once(cast: Cast, at: Door) -> None:
    from datetime import timedelta

    from django.utils import timezone

    door = at(cast.admin)
    door.post(MAIL, given())
    later = timezone.now() + timedelta(minutes=4)
    state = {"failures": 5, "broken_until": later, "last_error": "[Errno 111] Connection refused"}
    ChannelState.objects.update_or_create(channel="mail", defaults=state)
    page = door.get(MAIL).content.decode()
    assert "Does not work now" in page
    assert "nothing listens on this port" in page
    door.post(MAIL, given(port="25"))
    assert ChannelState.objects.get(channel="mail").broken_until is None


def test_a_channel_can_be_switched_off_and_slowed(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    data = given(messages_a_minute="30")
    del data["is_on"]
    door.post(MAIL, data)
    assert channel_settings.messages_a_minute("mail") == 30
    assert "mail" not in channel_settings.ready()
    assert door.post(MAIL, given(messages_a_minute="0")).status_code == 422


def test_every_channel_has_its_page(cast: Cast, at: Door) -> None:
    from estafeta.notifications.channels import CHANNELS

    for name in CHANNELS:
        assert at(cast.admin).get(f"{PAGES}/{name}").status_code == 200, name
    assert at(cast.admin).get(f"{PAGES}/pigeon").status_code == 404


def test_departments_get_their_senders(cast: Cast, at: Door) -> None:
    door, page = at(cast.admin), f"{MAIL}/senders"
    data = {f"name-{cast.it.pk}": "ИТ", f"address-{cast.it.pk}": "it@house.test"}
    assert door.post(page, data).status_code == 302
    assert 'value="it@house.test"' in door.get(page).content.decode()
    wrong = door.post(page, {**data, f"address-{cast.accounting.pk}": "nobody"})
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.content.decode()
    assert "This is no mail address." in wrong.content.decode()
    door.post(page, {})
    assert not MailSender.objects.exists()
    assert "Senders of departments: IT" in door.get("/administration/security").content.decode()


def test_the_overview_finds_channels(cast: Cast, at: Door) -> None:
    page = at(cast.admin).get("/administration?q=e-mail").content.decode()
    assert f'href="{MAIL}"' in page


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("[Errno -2] Name or service not known", "no server of this name"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "try STARTTLS"),
        ("Certificate of the mail server: self-signed certificate", "is not trusted"),
        ("451 4.7.1 Greylisted", "asked again later"),
        ("nothing that we know", ""),
    ],
)
def test_reasons_have_hints(reason: str, words: str) -> None:
    hint = hint_for(reason)
    assert (words in hint) if words else not hint


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"host": "evil.example"}, {"port": "2525"}, {"security": "tls"}, {"verifies": ""},
    ],
)  # fmt: skip
def test_a_password_does_not_wander_to_another_server(
    cast: Cast, at: Door, elsewhere: dict[str, str]
) -> None:
    door = at(cast.admin)
    door.post(MAIL, given(user="desk", password="s3cr3t-w0rd"))
    answer = door.post(MAIL, given(user="desk", **elsewhere))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Type it again" in page
    assert way_out.current().host == "mail.house.test"
    assert door.post(MAIL, given(user="desk", password="again", **elsewhere)).status_code == 302
    assert way_out.current().password == "again"


def test_a_password_that_is_taken_away_needs_no_typing(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    door.post(MAIL, given(user="desk", password="s3cr3t-w0rd"))
    answer = door.post(MAIL, given(**{"host": "evil.example", "forget-password": "on"}))
    assert answer.status_code == 302
    assert way_out.current().password == ""


def test_every_secret_of_a_channel_says_where_it_is_sent() -> None:
    """Or it carries its own place, as whole addresses do."""
    own_place = {("telegram", "proxy"), ("sms", "apprise_url")}
    for name, channel in CHANNELS.items():
        if channel.form is None:
            continue
        places: Any = getattr(channel.form, "places", {})
        fields = channel.form.base_fields
        for field in (one for one, shape in fields.items() if is_secret(shape)):
            assert field in places or (name, field) in own_place, (name, field)
        assert set(places) | {one for row in places.values() for one in row} <= set(fields)


def test_what_few_need_is_closed_until_it_is_set_or_wrong(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    closed, opened = '<details class="form-section">', '<details class="form-section" open>'
    page = door.get(MAIL).content.decode()
    seldom = page.partition(closed)[2].partition("</details>")[0]
    for name in ("reply_to", "verifies", "authority", "name", "messages_a_minute"):
        assert f'name="{name}"' in seldom
    assert 'name="host"' not in seldom
    wrong = door.post(MAIL, given(reply_to="nobody")).content.decode()
    assert "Write an address without a plus" in wrong.partition(opened)[2]
    door.post(MAIL, given(reply_to="desk@house.test"))
    assert opened in door.get(MAIL).content.decode(), "what is set must not be overlooked"


def test_only_senders_that_are_set_stand_open(cast: Cast, at: Door) -> None:
    door, page = at(cast.admin), f"{MAIL}/senders"
    door.post(MAIL, given(sender="Desk <desk@house.test>"))
    assert "sender tree-0" in door.get(page).content.decode()
    assert " open>" not in door.get(page).content.decode().partition("<form class")[2]
    door.post(page, {f"address-{cast.it.pk}": "it@house.test"})
    shown = door.get(page).content.decode()
    assert shown.count(" open>") == 1
    assert "it@house.test" in shown
    wrong = door.post(page, {f"address-{cast.network.pk}": "no address"}).content.decode()
    assert "This is no mail address." in wrong.partition(" open>")[2]
