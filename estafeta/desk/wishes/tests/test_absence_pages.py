"""Being away, on its page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from estafeta.accounts.actions.absences import set_absence
from estafeta.accounts.models import Absence
from tests.cast import Cast
from tests.orders import taken


@pytest.fixture
def anna(client: Client, cast: Cast) -> Client:
    client.force_login(cast.agent)
    return client


def test_whole_days_of_ones_own_zone(anna: Client, cast: Cast) -> None:
    cast.agent.time_zone = "Asia/Tashkent"
    cast.agent.save()
    there = f"/people/{cast.agent.pk}/absences"
    sent = {"starts_on": "2031-05-02", "ends_on": "2031-05-09", "deputy": cast.agent_b.pk}
    assert anna.post(there, sent).status_code == 302
    row = Absence.objects.get()
    assert row.starts_at == datetime(2031, 5, 1, 19, tzinfo=UTC)
    assert row.ends_at == datetime(2031, 5, 9, 19, tzinfo=UTC)
    assert (row.deputy, row.made_by) == (cast.agent_b, cast.agent)
    page = anna.get(f"{there}?absence={row.pk}").content.decode()
    assert 'value="2031-05-09"' in page
    assert "Boris Agent" in page
    assert "Boris Agent" in anna.get("/profile/notifications").content.decode()


def test_changing_it_keeps_the_hour_at_which_it_began(anna: Client, cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 14, 30, tzinfo=UTC)):
        row = set_absence(cast.agent, by=cast.agent, starts_at=timezone.now())
        there = f"/people/{cast.agent.pk}/absences"
        sent = {"absence": row.pk, "starts_on": "2026-11-24", "reason": "A cold"}
        assert anna.post(there, sent).status_code == 302
        before, row = row, Absence.objects.get()
        assert (row.starts_at, row.reason, row.ends_at) == (before.starts_at, "A cold", None)


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    anna: Client, cast: Cast
) -> None:
    there = f"/people/{cast.agent.pk}/absences"
    sent = {
        "starts_on": "2031-05-09", "ends_on": "2031-05-02", "deputy": cast.agent.pk, "reason": "Sea",
    }  # fmt: skip
    answer = anna.post(there, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("This is before the absence begins.", "Choose somebody else.", 'value="Sea"'):
        assert words in page


def test_heads_enter_it_for_their_people_and_others_find_no_page(
    cast: Cast, client: Client
) -> None:
    there = f"/people/{cast.agent.pk}/absences"
    for who, status in ((cast.head, 302), (cast.agent_b, 404), (cast.client, 404)):
        client.force_login(who)
        assert client.post(there, {"starts_on": "2031-05-02"}).status_code == status
    client.force_login(cast.admin)
    assert client.get(f"/people/{cast.client.pk}/absences").status_code == 404


def test_who_is_back_says_so(anna: Client, cast: Cast) -> None:
    row = set_absence(
        cast.agent, by=cast.head, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(9)
    )
    there = f"/people/{cast.agent.pk}/absences"
    assert "I am back" in anna.get(there).content.decode()
    anna.post(there, {"absence": row.pk, "end": "1"})
    assert Absence.objects.get().is_over
    assert "Earlier" in anna.get(there).content.decode()


def test_the_absence_of_another_is_not_reached_through_ones_own_page(
    anna: Client, cast: Cast
) -> None:
    row = set_absence(cast.agent_b, by=cast.agent_b, starts_at=timezone.now())
    there = f"/people/{cast.agent.pk}/absences"
    assert anna.post(there, {"absence": row.pk, "end": "1"}).status_code == 404
    assert anna.get(f"{there}?absence={row.pk}").status_code == 404
    assert anna.get(f"{there}?absence=x").status_code == 404


def test_it_stands_beside_the_name_where_work_is_given_and_on_the_ticket(
    anna: Client, cast: Cast
) -> None:
    ticket = taken(cast, by=cast.agent_b)
    ends = timezone.now() + timedelta(days=3)
    set_absence(
        cast.agent_b, by=cast.head, starts_at=timezone.now(), ends_at=ends, deputy=cast.head,
        reason="Leave",
    )  # fmt: skip
    card = anna.get(f"/people/{cast.agent_b.pk}/card").content.decode()
    for words in ("away until", "Stands in: Hugo Head", "Leave"):
        assert words in card
    assert "/absences" not in card
    for address in ("/people/suggest?q=boris", "/tickets/suggest-performers?q=boris"):
        (found,) = anna.get(address).json()["results"]
        assert "away until" in found["hint"]
    assert "away until" in anna.get(f"/tickets/{ticket.pk}").content.decode()


def test_heads_reach_it_from_the_card_and_clients_read_no_reason(
    cast: Cast, client: Client
) -> None:
    taken(cast, requester=cast.client)
    set_absence(cast.agent, by=cast.agent, starts_at=timezone.now(), reason="Hospital")
    there = f"/people/{cast.agent.pk}/card"
    client.force_login(cast.head)
    assert f"/people/{cast.agent.pk}/absences" in client.get(there).content.decode()
    client.force_login(cast.client)
    card = client.get(there).content.decode()
    assert "away" in card
    assert "Hospital" not in card
