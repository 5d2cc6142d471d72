"""Who is told who looks at a ticket and who writes; and who is never told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import Membership, Person, Site
from estafeta.presence import places, states
from estafeta.realtime.attendance import Attendance
from tests.cast import Cast
from tests.orders import order, taken


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def say(client: Client, page: str = "one", **fields: Any) -> Any:
    return client.post("/presence", {"page": page, **fields})


def names(response: Any, place: str) -> list[tuple[str, bool]]:
    return [(one["name"], one["writing"]) for one in response.json()["places"][place]]


def told(chunk: bytes) -> list[tuple[str, bool]]:
    data = json.loads(chunk.decode().split("data: ")[-1].strip())
    return [(one["name"], one["writing"]) for one in data["people"]]


def test_colleagues_at_one_ticket_learn_of_each_other_and_of_who_writes(cast: Cast) -> None:
    ticket = taken(cast)
    place = f"ticket:{ticket.pk}"
    anna, boris = browser(cast.agent), browser(cast.agent_b)
    assert names(say(anna, place=place), place) == []
    assert names(say(boris, place=place, writing=place), place) == [("Anna Agent", False)]
    assert names(say(anna, place=place), place) == [("Boris Agent", True)]
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        assert names(say(anna, place=place), place) == [("Boris Agent", False)]
    say(boris, left="1")
    assert names(say(anna, place=place), place) == []


def test_a_place_one_may_not_see_is_none(cast: Cast) -> None:
    place = f"ticket:{order(cast).pk}"
    for stranger in (cast.stranger, cast.client, cast.network_agent, cast.admin):
        assert say(browser(stranger), place=place).status_code == 404
    assert say(browser(cast.agent), place="ticket:999999").status_code == 404
    assert say(browser(cast.agent), place="room:x").status_code == 404
    assert say(browser(cast.agent), page="/", place=place).status_code == 422
    assert not places.present(place)


def test_clients_are_told_of_nobody_and_staff_is_told_of_them(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    place = f"ticket:{ticket.pk}"
    clara, anna = browser(cast.client), browser(cast.agent)
    say(anna, place=place, writing=place)
    assert names(say(clara, place=place, writing=place), place) == []
    assert names(say(anna, place=place), place) == [("Clara Client", True)]
    heard = Attendance().read({cast.client.pk, cast.agent.pk})
    assert told(heard[cast.client.pk]) == []
    assert told(heard[cast.agent.pk]) == [("Clara Client", True)]


def test_the_stream_tells_what_changed_once_and_only_those_who_are_there(cast: Cast) -> None:
    ticket = taken(cast)
    place = f"ticket:{ticket.pk}"
    everybody = set(Person.objects.values_list("pk", flat=True))
    kept = Attendance()
    assert kept.read(everybody) == {}
    anna, boris = browser(cast.agent), browser(cast.agent_b)
    say(anna, place=place)
    say(boris, place=place)
    heard = kept.read(everybody)
    assert set(heard) == {cast.agent.pk, cast.agent_b.pk}
    assert told(heard[cast.agent.pk]) == [("Boris Agent", False)]
    assert kept.read(everybody) == {}
    say(boris, left="1")
    heard = kept.read(everybody)
    assert set(heard) == {cast.agent.pk}
    assert told(heard[cast.agent.pk]) == []


def test_whoever_loses_the_ticket_hears_nothing_more_and_is_not_named(cast: Cast) -> None:
    ticket = order(cast, department=cast.network)
    place = f"ticket:{ticket.pk}"
    nina, dora = browser(cast.network_agent), browser(cast.director)
    kept = Attendance()
    say(nina, place=place)
    say(dora, place=place)
    both = {cast.network_agent.pk, cast.director.pk}
    assert set(kept.read(both)) == both
    Membership.objects.filter(person=cast.network_agent).delete()
    Site.rights_changed()
    say(dora, place=place, writing=place)
    heard = kept.read(both)
    assert set(heard) == {cast.director.pk}
    assert told(heard[cast.director.pk]) == []


def test_a_lease_ends_by_itself_unless_a_stream_renews_it(cast: Cast) -> None:
    ticket = taken(cast)
    place = f"ticket:{ticket.pk}"
    anna = browser(cast.agent)
    say(anna, place=place)
    session = {places.mark(anna.session.session_key or "")}
    now = timezone.now()
    with time_machine.travel(now + timedelta(seconds=50)):
        places.renew(session)
    with time_machine.travel(now + timedelta(seconds=90)):
        assert places.present(place) == {cast.agent.pk}
    with time_machine.travel(now + timedelta(seconds=120)):
        assert not places.present(place)
    # A page that has said nothing for very long is not renewed any more.
    say(anna, place=place)
    for minute in range(15):
        with time_machine.travel(now + timedelta(minutes=minute, seconds=5)):
            places.renew(session)
    with time_machine.travel(now + timedelta(minutes=15)):
        assert not places.present(place)


def test_nobody_ends_the_pages_of_others(cast: Cast) -> None:
    place = f"ticket:{taken(cast).pk}"
    anna, boris = browser(cast.agent), browser(cast.agent_b)
    say(anna, "same", place=place)
    say(boris, "same", place=place)
    say(boris, "same", left="1")
    assert places.present(place) == {cast.agent.pk}


@pytest.mark.parametrize(
    ("wish", "seen_by"),
    [
        ("everybody", {"boris", "vera", "nina", "dora", "ada", "hugo"}),
        ("departments", {"boris", "hugo"}),
        ("nobody", set()),
    ],
)
def test_states_are_shown_to_whom_one_wants_and_never_to_clients(
    cast: Cast, wish: str, seen_by: set[str]
) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(state_shown_to=wish)
    states.renew([cast.agent.pk])
    asked = (
        cast.agent_b, cast.agent2, cast.network_agent, cast.director, cast.admin, cast.head,
        cast.client, cast.lead, cast.stranger,
    )  # fmt: skip
    shown = {one.login for one in asked if states.of_people([cast.agent.pk], to=one)}
    assert shown == seen_by
    assert states.of_people([cast.agent.pk], to=cast.agent) == {cast.agent.pk: "online"}


def test_who_does_nothing_is_away_and_who_has_no_page_open_is_offline(cast: Cast) -> None:
    def state() -> str:
        return states.of_people([cast.agent.pk], to=cast.head)[cast.agent.pk]

    now = timezone.now()
    assert state() == "offline"
    states.renew([cast.agent.pk])
    assert state() == "online"
    for moment in range(0, 690, 30):
        with time_machine.travel(now + timedelta(seconds=moment)):
            states.renew([cast.agent.pk])
    with time_machine.travel(now + timedelta(minutes=11, seconds=30)):
        assert state() == "away"
        states.act(cast.agent.pk)
        assert state() == "online"
    with time_machine.travel(now + timedelta(minutes=14)):
        assert state() == "offline"
