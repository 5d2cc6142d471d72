"""A program that keeps a copy is told what changed, whole and only what its person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from estafeta.accounts.models import Membership
from estafeta.accounts.models.department import HandOverMode
from estafeta.api import sync_cursor
from estafeta.lib import clock
from estafeta.notifications import fan_out
from estafeta.notifications.seen import mark_all_seen
from estafeta.tickets import actions, since
from estafeta.tickets.lists import saved_views
from estafeta.tickets.models import SavedView, Ticket
from estafeta.tickets.upkeep.purging import purge
from tests.cast import Cast, member
from tests.copies import Copy
from tests.orders import done, order, taken
from tests.program import Program

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def _copy(cast: Cast, who: str = "agent") -> Copy:
    return Copy(Program.of(cast.everybody()[who], "read"))


def test_the_first_call_tells_all_open_tickets_in_parts(cast: Cast) -> None:
    numbers = [order(cast).number for _ in range(5)]
    closed = done(cast).number
    order(cast, department=cast.accounting)
    copy = _copy(cast)
    assert copy.catch_up(limit=2) == 3
    assert sorted(copy.tickets) == numbers
    assert closed not in copy.tickets
    told = copy.tickets[numbers[0]][1]
    assert told["title"] == "Сервер 1С не отвечает"
    assert "take" in told["allowed_verbs"]


def test_a_change_is_told_once_and_whole(cast: Cast) -> None:
    ticket, other = order(cast, text="Не *печатает*"), order(cast)
    copy = _copy(cast)
    copy.catch_up()
    actions.take(ticket, by=cast.agent_b)
    actions.reply(ticket, by=cast.agent_b, text="Смотрю")
    answer = copy.ask()
    assert [row["number"] for row in answer["tickets"]] == [ticket.number]
    told = answer["tickets"][0]
    assert told["performer"]["name"] == "Boris Agent"
    assert told["text"] == "Не *печатает*"
    assert not answer["more"]
    again = copy.ask()
    assert (again["tickets"], again["gone"]) == ([], [])
    assert other.number in copy.open


def test_what_is_finished_is_told_and_leaves_with_the_next_round(cast: Cast) -> None:
    with clock.standing_at(NOW):
        ticket = taken(cast)
        copy = _copy(cast)
        copy.catch_up()
        actions.complete(ticket, by=cast.agent)
        copy.catch_up()
    assert copy.tickets[ticket.number][1]["status"] == "done"
    assert copy.open == {}
    with clock.standing_at(NOW + timedelta(hours=25)):
        copy.catch_up()
    assert copy.tickets == {}


def test_what_was_handed_over_is_gone_without_a_word(cast: Cast) -> None:
    _gone(cast, "agent_b", order(cast), lambda ticket: actions.hand_over(
        ticket, by=cast.agent, department=cast.accounting, reason="Тайна"
    ))  # fmt: skip


def test_what_was_declined_is_gone_for_those_it_was_offered_to(cast: Cast) -> None:
    cast.accounting.hand_over_mode = HandOverMode.ACCEPT
    cast.accounting.save()
    ticket = order(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.accounting, reason="Ваше")
    member(cast.network_agent, cast.accounting)
    _gone(cast, "network_agent", ticket, lambda ticket: actions.decline_hand_over(
        ticket, by=cast.agent2, reason="Тайна"
    ))  # fmt: skip


def test_what_was_deleted_is_gone(cast: Cast) -> None:
    _gone(cast, "agent", order(cast), lambda ticket: actions.delete(
        ticket, by=cast.admin, reason="Тайна"
    ))  # fmt: skip


def test_what_was_only_followed_is_gone_with_the_following(cast: Cast) -> None:
    ticket = order(cast)
    actions.follow(ticket, by=cast.agent, people=[cast.agent2])
    _gone(cast, "agent2", ticket, lambda ticket: actions.unfollow(ticket, by=cast.agent2))


def _gone(cast: Cast, who: str, ticket: Ticket, leave: Callable[[Ticket], object]) -> None:
    copy = _copy(cast, who)
    copy.catch_up()
    assert ticket.number in copy.open
    leave(ticket)
    response = copy.program.get("/sync", since=copy.since)
    assert response.json()["gone"] == [ticket.number]
    assert "Тайна" not in response.content.decode()
    copy.catch_up()
    assert copy.tickets == {}


def test_nobody_is_told_of_what_he_never_saw(cast: Cast) -> None:
    copies = [_copy(cast, who) for who in ("agent2", "stranger", "network_agent")]
    for copy in copies:
        copy.catch_up()
    ticket = order(cast)
    actions.hand_over(ticket, by=cast.agent, department=cast.it, reason="мимо", people=[cast.head])
    actions.delete(order(cast), by=cast.admin, reason="Потому что")
    for copy in copies:
        answer = copy.ask()
        assert (answer["tickets"], answer["gone"], answer["notifications"]) == ([], [], [])


def test_a_new_colleague_gets_the_tickets_of_the_department(cast: Cast) -> None:
    ticket = order(cast, department=cast.accounting)
    copy = _copy(cast)
    copy.catch_up()
    assert copy.tickets == {}
    member(cast.agent, cast.accounting)
    assert copy.ask()["round"] > 0
    assert ticket.number in copy.open
    Membership.objects.filter(person=cast.agent, department=cast.accounting).delete()
    copy.catch_up()
    assert copy.tickets == {}


def test_what_was_removed_for_good_leaves_every_copy(cast: Cast) -> None:
    ticket = order(cast)
    copy = _copy(cast)
    copy.catch_up()
    actions.delete(ticket, by=cast.admin, reason="Потому что")
    purge(ticket, by=cast.admin, reason="Личные данные")
    copy.catch_up()
    assert copy.tickets == {}


def test_a_director_copies_what_is_his_not_everything(cast: Cast) -> None:
    mine = order(cast)
    order(cast, by=cast.client)
    copy = _copy(cast, "director")
    copy.catch_up()
    assert sorted(copy.tickets) == [mine.number]


def test_what_happens_during_a_round_is_told_behind_it(cast: Cast) -> None:
    tickets = [order(cast) for _ in range(4)]
    copy = _copy(cast)
    copy.ask(limit=2)
    actions.take(tickets[0], by=cast.agent_b)
    actions.hand_over(tickets[1], by=cast.head, department=cast.accounting, reason="туда")
    late = order(cast)
    copy.catch_up(limit=2)
    assert sorted(copy.open) == [tickets[0].number, tickets[2].number, tickets[3].number, late.pk]
    assert copy.tickets[tickets[0].number][1]["performer"]["name"] == "Boris Agent"


def test_the_bell_comes_along(cast: Cast) -> None:
    order(cast, title="Принтер")
    _fan_out()
    copy = _copy(cast)
    copy.catch_up()
    assert [row["title"] for row in copy.notifications.values()]
    assert copy.unseen == set(copy.notifications)
    assert copy.counters["unseen"] == 1
    order(cast, title="Сканер")
    _fan_out()
    told = copy.ask()["notifications"]
    assert [("Сканер" in row["title"]) for row in told] == [True]
    mark_all_seen(cast.agent)
    copy.ask()
    assert copy.unseen == set()
    assert copy.counters["inbox"]["open"] == 2


def test_many_notifications_come_in_parts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = _copy(cast)
    copy.catch_up()
    monkeypatch.setattr("estafeta.api.endpoints.sync.MOST_NOTIFICATIONS", 2)
    for _ in range(5):
        order(cast)
        _fan_out()
    assert copy.catch_up() == 3
    assert len(copy.notifications) == 5


def test_views_come_when_they_changed(cast: Cast) -> None:
    copy = _copy(cast)
    copy.catch_up()
    assert copy.views == []
    saved_views.save(
        SavedView(list="inbox"), by=cast.agent, name="Мои", departments=[], in_menu=True
    )
    assert copy.ask()["views"] is not None
    assert [view["name"] for view in copy.views] == ["Мои"]
    assert copy.ask()["views"] is None


def test_a_long_absence_is_told_in_stretches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = order(cast)
    copy = _copy(cast)
    copy.catch_up()
    monkeypatch.setattr(since, "STRETCH", 3)
    monkeypatch.setattr(since, "MOST_ENTRIES", 2)
    for _ in range(3):
        order(cast, department=cast.accounting)
        actions.reply(ticket, by=cast.agent, text="слово")
    actions.hand_over(order(cast), by=cast.head, department=cast.accounting, reason="туда")
    assert copy.catch_up() == 3
    assert copy.tickets[ticket.number][1]["journal_length"] == 4


def test_an_old_cursor_says_what_to_do(cast: Cast) -> None:
    copy = _copy(cast)
    with clock.standing_at(NOW):
        copy.ask()
    with clock.standing_at(NOW + timedelta(days=31)):
        response = copy.program.get("/sync", since=copy.since)
    assert response.status_code == 410
    assert "30 days" in response.json()["detail"]
    assert "begin again" in response.json()["detail"]


def test_after_a_restored_backup_a_copy_is_looked_through_anew(cast: Cast) -> None:
    ticket = order(cast)
    copy = _copy(cast)
    copy.catch_up()
    ahead = replace(sync_cursor.read(str(copy.since), timezone.now()), entry=10**6)
    copy.since, copy.tickets[77] = str(ahead), (1, {"status": "new"})
    copy.catch_up()
    assert sorted(copy.tickets) == [ticket.number]


@pytest.mark.parametrize("cursor", ["x", "MS4y", "aTEy", "%", "я", "MQ==", "LTEuLTEuMS4xLjEuMS4x"])
def test_a_cursor_that_was_never_given_is_refused(cast: Cast, cursor: str) -> None:
    response = _copy(cast).program.get("/sync", since=cursor)
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "since"


def test_a_forged_cursor_opens_nothing_and_breaks_nothing(cast: Cast) -> None:
    order(cast, department=cast.accounting)
    copy = _copy(cast)
    copy.ask()
    found = sync_cursor.read(str(copy.since), timezone.now())
    for name in ("entry", "notification", "round", "page", "at", "views"):
        for number in (0, 1, 2**63 - 1):
            forged = str(replace(found, **{name: number}))
            response = copy.program.get("/sync", since=forged)
            assert response.status_code in (200, 410)
            if response.status_code == 200:
                answer = response.json()
                assert (answer["tickets"], answer["gone"]) == ([], [])


def test_somebody_elses_cursor_begins_a_round_of_ones_own(cast: Cast) -> None:
    order(cast)
    copy = _copy(cast)
    copy.catch_up()
    answer = _copy(cast, "stranger").program.get("/sync", since=copy.since).json()
    assert (answer["tickets"], answer["gone"], answer["notifications"]) == ([], [], [])


def test_an_answer_costs_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    copy = _copy(cast)
    copy.catch_up()
    for _ in range(3):
        actions.reply(order(cast), by=cast.agent, text="слово")
    _fan_out()
    with django_assert_max_num_queries(28):
        copy.ask()
    for _ in range(12):
        actions.reply(order(cast), by=cast.agent, text="слово")
        actions.hand_over(order(cast), by=cast.head, department=cast.accounting, reason="туда")
    _fan_out()
    with django_assert_max_num_queries(28):
        copy.ask()


def _fan_out() -> None:
    while fan_out.run_once():
        pass
