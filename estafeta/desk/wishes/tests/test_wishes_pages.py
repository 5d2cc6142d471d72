"""The pages on which people say what they want to hear of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from estafeta.notifications import muted, wishing
from estafeta.notifications.models import DefaultWishes, Mute, Wishes
from tests.cast import Cast
from tests.orders import order

PAGE = "/profile/notifications"
TIMES = {"urgent_breaks_quiet": "on", "daily_at": "08:00", "rhythm": ""}


@pytest.fixture(autouse=True)
def _mail() -> Any:
    with override_settings(EMAIL_HOST="mail.example.org"):
        yield


@pytest.fixture
def anna(client: Client, cast: Cast) -> Client:
    client.force_login(cast.agent)
    return client


def ticked(page: str) -> list[str]:
    return re.findall(r'name="cell" value="([^"]+)" checked', page)


def shown(browser: Client, address: str = PAGE) -> dict[str, Any]:
    """What the page's form would send if nothing was touched."""
    page = browser.get(address).content.decode()
    return {"cell": ticked(page), "was": re.findall(r'name="was" value="([^"]+)"', page), **TIMES}


def test_saving_untouched_decides_nothing(anna: Client, cast: Cast) -> None:
    assert anna.post(PAGE, shown(anna)).status_code == 302
    assert Wishes.objects.get(person=cast.agent).matrix == {}


def test_only_what_was_changed_is_ones_own(anna: Client, cast: Cast) -> None:
    sent = shown(anna)
    sent["cell"].remove("taken.mail")
    sent["cell"].append("changed.mail")
    anna.post(PAGE, sent)
    own = Wishes.objects.get(person=cast.agent)
    assert own.matrix == {"taken": {"mail": False}, "changed": {"mail": True}}
    page = anna.get(PAGE).content.decode()
    assert "taken.mail" not in ticked(page)
    assert page.count("wish-own") == 2


def test_what_others_changed_meanwhile_is_not_taken_for_a_wish(anna: Client, cast: Cast) -> None:
    sent = shown(anna)
    wishing.wish_for(None, by=cast.admin, cells={"done": {"mail": False}})
    anna.post(PAGE, sent)
    assert Wishes.objects.get(person=cast.agent).matrix == {}
    assert "done.mail" not in ticked(anna.get(PAGE).content.decode())


def test_ticking_back_follows_the_others_again(anna: Client, cast: Cast) -> None:
    wishing.wish(cast.agent, by=cast.agent, cells={"done": {"mail": False}})
    sent = shown(anna)
    sent["cell"].append("done.mail")
    anna.post(PAGE, sent)
    assert Wishes.objects.get(person=cast.agent).matrix == {}


@pytest.mark.parametrize(("reset", "left"), [("done", {"taken": {"mail": False}}), ("all", {})])
def test_resetting_one_row_or_all(
    anna: Client, cast: Cast, reset: str, left: dict[str, Any]
) -> None:
    cells = {"done": {"mail": False, "popup": False}, "taken": {"mail": False}}
    wishing.wish(cast.agent, by=cast.agent, cells=cells)  # type: ignore[arg-type]
    anna.post(PAGE, {**shown(anna), "reset": reset})
    assert Wishes.objects.get(person=cast.agent).matrix == left


def test_the_page_says_who_decided(anna: Client, cast: Cast) -> None:
    wishing.wish_for(None, by=cast.admin, cells={"done": {"mail": False}})
    wishing.wish_for(cast.it, by=cast.head, cells={"noted": {"mail": False}})
    wishing.wish(cast.agent, by=cast.agent, cells={"taken": {"mail": False}})
    page = anna.get(PAGE).content.decode()
    for words in ("As the organisation has it", "As IT has it", "Changed here"):
        assert page.count(f'wishes-origin">{words}') == 1


def test_quiet_hours_and_rhythm_are_kept_and_what_is_wrong_stands_beside_its_field(
    anna: Client, cast: Cast
) -> None:
    sent = {**shown(anna), "quiet_from": "22:00", "rhythm": "daily", "is_quiet_at_weekends": "on"}
    sent["cell"].remove("taken.mail")
    refused = anna.post(PAGE, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Give both times, or neither." in page
    assert 'value="22:00"' in page
    assert "taken.mail" not in ticked(page)
    assert anna.post(PAGE, {**sent, "quiet_until": "07:00"}).status_code == 302
    own = Wishes.objects.get(person=cast.agent)
    assert (own.rhythm, own.is_quiet_at_weekends, str(own.quiet_until)) == (
        "daily",
        True,
        "07:00:00",
    )
    page = anna.get(PAGE).content.decode()
    assert 'name="quiet_until" type="time" value="07:00"' in page


def test_clients_are_not_asked_about_what_they_never_hear(cast: Cast, client: Client) -> None:
    client.force_login(cast.client)
    page = client.get(PAGE).content.decode()
    assert 'value="replied.mail"' in page
    assert "noted.mail" not in page
    assert 'id="absence"' not in page


def test_a_channel_without_an_address_says_so(anna: Client, cast: Cast) -> None:
    before = anna.get(PAGE).content.decode().count("add an address")
    cast.agent.email = ""
    cast.agent.save()
    assert anna.get(PAGE).content.decode().count("add an address") == before + 1


def test_heads_decide_for_their_departments_and_nobody_elses(cast: Cast, client: Client) -> None:
    there = f"/departments/{cast.network.pk}/notifications"
    client.force_login(cast.head)
    assert there in client.get(PAGE).content.decode()
    sent = shown(client, there)
    sent["cell"].remove("noted.mail")
    assert client.post(there, {**sent, "rhythm": "hourly"}).status_code == 302
    row = DefaultWishes.objects.get(department=cast.network)
    assert (row.matrix, row.rhythm) == ({"noted": {"mail": False}}, "hourly")
    assert client.get(f"/departments/{cast.accounting.pk}/notifications").status_code == 404
    assert client.get("/administration/notifications").status_code == 404
    client.force_login(cast.agent)
    assert client.get(there).status_code == 404


def test_administrators_decide_for_everybody_and_see_who_has_his_own(
    cast: Cast, client: Client
) -> None:
    wishing.wish_for(cast.it, by=cast.head, cells={"noted": {"mail": False}})
    client.force_login(cast.admin)
    there = "/administration/notifications"
    sent = shown(client, there)
    sent["cell"].remove("done.popup")
    client.post(there, sent)
    assert DefaultWishes.objects.get(department=None).matrix == {"done": {"popup": False}}
    assert client.get(there).content.decode().count("Has its own") == 1


def test_a_ticket_is_muted_and_heard_again_in_its_menu(anna: Client, cast: Cast) -> None:
    ticket = order(cast, title="Noisy printer")
    page = f"/tickets/{ticket.pk}"
    there = f"{page}/hearing/mute"
    assert there in anna.get(page).content.decode()
    answer = anna.post(there, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "live:ticket" in answer["HX-Trigger"]
    assert Mute.objects.get().person == cast.agent
    muted = anna.get(page).content.decode()
    assert "ticket-muted" in muted
    assert f"{page}/hearing/unmute" in muted
    assert "Noisy printer" in anna.get(PAGE).content.decode()
    assert anna.post(f"{page}/hearing/unmute", {"from": "wishes"})["Location"] == PAGE
    assert not Mute.objects.exists()
    assert anna.post(f"{page}/hearing/nothing").status_code == 404


def test_a_foreign_ticket_cannot_be_muted(cast: Cast, client: Client) -> None:
    ticket = order(cast)
    client.force_login(cast.agent2)
    assert client.post(f"/tickets/{ticket.pk}/hearing/mute").status_code == 404


def test_the_page_costs_the_same_however_many_tickets_are_muted(anna: Client, cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            anna.get(PAGE)
        return len(seen)

    muted.mute(order(cast), by=cast.agent)
    queries()
    few = queries()
    for _ in range(5):
        muted.mute(order(cast), by=cast.agent)
    assert queries() == few


def test_announcements_are_wished_by_message_and_pop_up_as_their_sender_says(
    anna: Client, cast: Cast
) -> None:
    sent = shown(anna)
    assert "announced.mail" in sent["cell"]
    assert "announced.popup" not in sent["cell"] + sent["was"]
    sent["cell"].remove("announced.mail")
    anna.post(PAGE, sent)
    assert Wishes.objects.get(person=cast.agent).matrix == {"announced": {"mail": False}}
