"""One's own page for linking Telegram."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from estafeta.notifications import channel_settings
from estafeta.notifications.channels.telegram import linking
from estafeta.notifications.models import Address, ChannelSettings
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _a_bot(cast: Cast) -> object:
    row = ChannelSettings(channel="telegram", is_on=True, changed_at=timezone.now())
    row.values = {"token": "123456:secret-of-the-bot-abcdefgh", "bot": "house_bot"}
    row.save()
    channel_settings.forget()
    yield
    channel_settings.forget()


def test_the_code_is_shown_once_with_the_way_to_the_bot(cast: Cast, client: Client) -> None:
    client.force_login(cast.agent)
    page = client.post("/profile/telegram", follow=True).content.decode()
    found = re.search(r"https://t\.me/house_bot\?start=([A-Z0-9]+)", page)
    assert found
    assert "secret-of-the-bot" not in page
    assert found[1] not in client.get("/profile/telegram").content.decode()
    assert linking.link(found[1], chat="42", name="@anna") == cast.agent
    assert "@anna" in client.get("/profile/telegram").content.decode()


def test_one_unlinks_only_ones_own(cast: Cast, client: Client) -> None:
    linking.link(linking.new_code(cast.agent).text, chat="42", name="@anna")
    number = Address.objects.get().pk
    client.force_login(cast.head)
    assert client.post(f"/profile/telegram/{number}/unlink").status_code == 404
    client.force_login(cast.agent)
    assert client.post(f"/profile/telegram/{number}/unlink").status_code == 302
    assert not Address.objects.exists()


def test_where_there_is_no_bot_there_is_no_page(cast: Cast, client: Client) -> None:
    ChannelSettings.objects.all().delete()
    channel_settings.forget()
    client.force_login(cast.agent)
    assert client.get("/profile/telegram").status_code == 404


def test_where_to_reach_me_leads_to_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.agent)
    assert 'href="/profile/telegram"' in client.get("/profile/reach").content.decode()
