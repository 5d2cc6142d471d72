"""The live stream of a real installation: nothing missed, nothing twice, nothing foreign."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.services.insider import Insider
from tests.services.installation import Installation, descendants, eventually, installation
from tests.services.listening import Listening

pytestmark = [pytest.mark.service, pytest.mark.slow]

HAND_OVER = "actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason='money')"


class House:
    """An installation that serves, with the cast in it."""

    def __init__(self, made: Installation, insider: Insider) -> None:
        self.made = made
        self.do, self.ask = insider.do, insider.ask
        self.do("cast = make_cast(); site = Site.current(); site.is_set_up = True; site.save()")

    def listen(self, login: str, query: str = "", **headers: str) -> Listening:
        session = self.ask(f"sign_in({login!r})")
        return self.listen_as(session, query, **headers)

    def listen_as(self, session: str, query: str = "", **headers: str) -> Listening:
        client = Listening(self.made.port, session, query=query, headers=headers)
        if client.status == 200:
            client.wait_for("reached")
        return client

    def wait_for_fan_out(self) -> None:
        told = "Progress.objects.get().entry == Entry.objects.latest('pk').pk"
        eventually(lambda: self.ask(told), what="the fan-out")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with installation(tmp_path_factory.mktemp("live"), alike_told_singly="0") as made:
        made.serve()
        with Insider(made) as insider:
            yield House(made, insider)


def ids(client: Listening) -> list[int]:
    return [event.data["id"] for event in client.named("notification")]


def settle(client: Listening) -> list[Any]:
    """Wait until nothing comes any more."""
    time.sleep(1.0)
    return list(client.events)


def test_a_change_is_heard_by_those_it_concerns_and_by_nobody_else(house: House) -> None:
    clients = {login: house.listen(login) for login in ("anna", "vera", "dora", "carl", "ada")}
    house.do("ticket = order(cast, title='Принтер'); actions.take(ticket, by=cast.agent_b)")
    number = house.ask("ticket.pk")
    [opened] = clients["anna"].wait_for("notification")
    assert opened.data["title"] == f"#{number} Принтер"
    assert opened.data["text"] == "Dora Director opens the ticket: IT"
    assert opened.data["url"] == f"/tickets/{number}"
    assert opened.data["unread"] == 1
    [taken] = clients["dora"].wait_for("notification")
    assert taken.data["text"] == "Boris Agent takes the ticket"
    changed = clients["anna"].wait_for("ticket")[-1]
    assert changed.data["number"] == number
    assert set(changed.data) == {"number", "seq", "entry", "crowd"}
    for login in ("vera", "carl", "ada"):
        assert [event.name for event in settle(clients[login])] == ["hello", "reached"]
    for client in clients.values():
        client.close()


def test_notes_reach_no_client(house: House) -> None:
    house.do("ticket = taken(cast, by=cast.agent); mine = order(cast, by=cast.client)")
    client = house.listen("clara")
    before = settle(client)
    house.do("actions.note(mine, by=cast.agent, text='He again')")
    assert settle(client) == before
    house.do("actions.reply(mine, by=cast.agent, text='On my way')")
    [told] = client.wait_for("notification")
    assert told.data["text"] == "Anna Agent replies — On my way"
    client.wait_for("ticket", len(before) - 1)
    client.close()


def test_who_loses_a_ticket_is_told_so_once_and_then_nothing_more(house: House) -> None:
    house.do("ticket = taken(cast)")
    boris, vera = house.listen("boris"), house.listen("vera")
    house.do(HAND_OVER)
    number = house.ask("ticket.pk")
    assert [event.data for event in boris.wait_for("gone")] == [{"number": number}]
    vera.wait_for("ticket")
    house.do(
        "actions.take(ticket, by=cast.agent2); actions.reply(ticket, by=cast.agent2, text='!')"
    )
    vera.wait_for("ticket", 2)
    assert settle(boris)[-1].name == "gone"
    boris.close()
    vera.close()


def test_who_loses_his_department_hears_nothing_of_it_from_then_on(house: House) -> None:
    client = house.listen("nina")
    house.do("order(cast, department=cast.network)")
    client.wait_for("notification")
    house.do(
        "Membership.objects.filter(person=cast.network_agent).delete(); Site.rights_changed(); "
        "order(cast, department=cast.network)"
    )
    client.wait_for("counters")
    time.sleep(1)
    assert len(client.named("notification")) == len(client.named("ticket")) == 1
    house.do("member(cast.network_agent, cast.network); Site.rights_changed()")
    client.close()


def test_a_client_that_comes_back_gets_what_it_missed_and_nothing_twice(house: House) -> None:
    first = house.listen("hugo")
    house.do("for _ in range(3): order(cast)")
    first.wait_for("notification", 3)
    first.close()
    house.do("for _ in range(4): order(cast)")
    house.wait_for_fan_out()
    second = house.listen("hugo", **{"Last-Event-ID": str(first.last_id())})
    house.do("for _ in range(2): order(cast)")
    second.wait_for("notification", 6)
    settle(second)
    heard = ids(first) + ids(second)
    assert len(heard) == len(set(heard)) == 9
    assert heard == sorted(heard)
    third = house.listen("hugo", f"?after={second.last_id()}")
    settle(third)
    assert not third.named("notification")
    second.close()
    third.close()


def test_a_page_is_told_what_changed_while_it_was_on_its_way(house: House) -> None:
    made_of = house.ask("Entry.objects.latest('pk').pk")
    house.do("ticket = order(cast)")
    client = house.listen("anna", f"?entry={made_of}")
    assert [event.data["number"] for event in client.wait_for("ticket")] == [house.ask("ticket.pk")]
    client.close()


def test_a_page_is_told_what_was_announced_while_it_was_on_its_way(house: House) -> None:
    version = "Site.objects.get(pk=1).announcements_version"
    before = house.ask(version)
    house.do("from estafeta.accounts.actions import announcements")
    house.do("announcements.announce(by=cast.admin, text='The server rests', level='danger')")
    after = house.ask(version)
    assert after > before
    time.sleep(1.5)  # until the hubs have read it: what comes later they tell themselves
    for once in ("", "&once=1"):
        late = house.listen("anna", f"?announced={before}{once}")
        [told] = late.named("news")
        assert (told.data["source"], told.data["number"]) == ("announced", after)
        assert late.named("reached")[0].data["announced"] == after
        knows = house.listen("anna", f"?announced={after}{once}")
        assert knows.named("news") == []


def test_who_missed_very_much_is_told_to_fetch_everything_anew(house: House) -> None:
    house.do("for _ in range(110): order(cast)")
    house.wait_for_fan_out()
    time.sleep(2)  # each web process has read it by then
    client = house.listen("hugo", "?after=0")
    client.wait_for("reload")
    newest = house.ask("Notification.objects.filter(person=cast.head).latest('pk').pk")
    eventually(lambda: client.last_id() >= newest, what="the newest number")
    assert len(client.named("notification")) < 10
    client.close()


def test_servers_killed_while_clients_listen_lose_and_repeat_nothing(house: House) -> None:
    session = house.ask("sign_in('dora')")
    client = house.listen_as(session)
    heard: list[int] = []
    before = house.ask("Notification.objects.filter(person=cast.director).count()")
    for _ in range(4):
        house.do("ticket = taken(cast)")
        server = house.made.started[0]
        for pid in descendants(server.pid)[1:]:
            kill(pid)
        house.do("ticket = taken(cast)")
        assert client.has_ended.wait(10)
        heard += ids(client)
        eventually(lambda: house.made.get("/healthz") == 200, what="the servers' return")
        client = house.listen_as(session, f"?after={client.last_id()}")
    count = "Notification.objects.filter(person=cast.director).count()"
    house.wait_for_fan_out()
    assert house.ask(count) == before + 8
    settle(client)
    heard += ids(client)
    assert len(heard) == len(set(heard)) == 8
    client.close()


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    "end",
    [
        "SessionStore(key).delete()",
        "cast.stranger.set_password('another-one-2026'); cast.stranger.save()",
        "Person.objects.filter(login='carl').update(is_active=False)",
    ],
)
def test_a_stream_ends_with_its_session(house: House, end: str) -> None:
    session = house.ask("sign_in('carl')")
    client = house.listen_as(session)
    house.do(f"key = {session!r}; {end}")
    assert client.has_ended.wait(3)
    assert house.listen_as(session).status == 401
    house.do("Person.objects.filter(login='carl').update(is_active=True)")


@pytest.mark.parametrize(
    "session", ["", "forged", "x" * 300, "кириллица".encode().decode("latin-1")]
)
def test_nobody_listens_without_signing_in(house: House, session: str) -> None:
    assert house.listen_as(session).status == 401


@pytest.mark.parametrize(
    "query", ["?after=-1", "?after=9" + "9" * 30, "?after=%00&entry=x", "?entry=%C2%B2"]
)
def test_odd_positions_are_taken_for_none(house: House, query: str) -> None:
    client = house.listen("ada", query)
    assert client.status == 200
    client.close()


def at(login: str, place: str, writing: str = "''") -> str:
    person = f"Person.objects.get(login={login!r})"
    return f"places.say([{place}], by={person}, session={login!r}, page='a', writing={writing})"


def test_who_is_at_a_ticket_is_told_who_else_is_and_nobody_else_is_told(house: House) -> None:
    house.do("from estafeta.presence import places; ticket = taken(cast)")
    place = f"'ticket:{house.ask('ticket.pk')}'"
    clients = {login: house.listen(login) for login in ("anna", "boris", "dora", "vera", "carl")}
    house.do(at("anna", place))
    house.do(at("boris", place, writing=place))
    told = clients["anna"].wait_for("presence")[-1]
    eventually(
        lambda: (
            [one["writing"] for one in clients["anna"].named("presence")[-1].data["people"]]
            == [True]
        ),
        what="the word that he writes",
    )
    assert f"'{told.data['place']}'" == place
    for login in ("dora", "vera", "carl"):
        assert not clients[login].named("presence")
    for client in clients.values():
        client.close()


def test_who_loses_his_department_is_told_of_nobody_from_then_on(house: House) -> None:
    house.do("from estafeta.presence import places; ticket = order(cast, department=cast.network)")
    place = f"'ticket:{house.ask('ticket.pk')}'"
    nina, dora = house.listen("nina"), house.listen("dora")
    house.do(at("nina", place))
    house.do(at("dora", place))
    nina.wait_for("presence")
    dora.wait_for("presence")
    eventually(lambda: len(dora.named("presence")[-1].data["people"]) == 1, what="Nina")
    house.do("Membership.objects.filter(person=cast.network_agent).delete(); Site.rights_changed()")
    nina.wait_for("counters")
    before = len(nina.named("presence"))
    house.do(at("dora", place, writing=place))
    eventually(lambda: not dora.named("presence")[-1].data["people"], what="the empty place")
    settle(nina)
    assert len(nina.named("presence")) == before
    house.do("member(cast.network_agent, cast.network); Site.rights_changed()")
    nina.close()
    dora.close()


def test_where_no_stream_comes_through_one_is_still_online(house: House) -> None:
    house.do("from estafeta.presence import states")
    ada = "Person.objects.get(login='ada')"
    house.do(
        f"from estafeta.presence.models import Stay; Stay.objects.filter(person={ada}).delete()"
    )
    client = house.listen("ada", "?once=1")
    client.close()
    assert house.ask(f"str(states.of_people([{ada}.pk], to={ada})[{ada}.pk])") == "online"
