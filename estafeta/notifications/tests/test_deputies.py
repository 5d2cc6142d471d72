"""While somebody is away his deputy hears as well, as far as he may see it himself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from estafeta.accounts.actions.absences import set_absence
from estafeta.accounts.models import Person
from estafeta.notifications import fan_out, muted, wishing
from estafeta.notifications.models import Delivery, Notification
from estafeta.tickets import actions
from estafeta.tickets.models import Entry
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture(autouse=True)
def _mail() -> Any:
    with override_settings(EMAIL_HOST="mail.example.org"):
        yield


def away(person: Person, deputy: Person | None, **more: Any) -> None:
    now = timezone.now()
    set_absence(
        person, by=person, starts_at=now, ends_at=now + timedelta(days=5), deputy=deputy, **more
    )


def told(entry: Entry) -> dict[str | None, str | None]:
    """Who hears, and for whom."""
    while fan_out.run_once():
        pass
    rows = Notification.objects.filter(entry=entry)
    return dict(rows.values_list("person__login", "stands_in_for__login"))


def test_the_deputy_hears_for_the_absent_who_keeps_his_bell(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.agent_b)
    entry = actions.reply(ticket, by=cast.director, text="Hurry")
    assert told(entry) == {"anna": None, "boris": "anna"}
    mailed = Delivery.objects.filter(notification__entry=entry)
    assert set(mailed.values_list("person__login", flat=True)) == {"anna", "boris"}


def test_who_hears_anyway_does_not_hear_twice(cast: Cast) -> None:
    away(cast.agent, cast.agent_b)
    away(cast.head, cast.agent_b)
    assert told(order(cast).entries.get()) == {"anna": None, "boris": None, "hugo": None}


def test_a_deputy_who_may_not_see_the_ticket_hears_nothing(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.agent2)
    assert told(actions.reply(ticket, by=cast.director, text="Hurry")) == {"anna": None}


def test_a_deputy_who_did_it_himself_hears_nothing_of_it(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.head)
    assert told(actions.note(ticket, by=cast.head, text="Look")) == {"anna": None, "dora": None}


def test_a_deputy_who_is_away_hands_on_and_a_circle_ends_nowhere(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.agent_b)
    away(cast.agent_b, cast.head)
    assert told(actions.reply(ticket, by=cast.director, text="1")) == {
        "anna": None, "hugo": "anna",
    }  # fmt: skip
    away(cast.head, cast.agent)
    assert told(actions.reply(ticket, by=cast.director, text="2")) == {"anna": None}


def test_who_wants_no_messages_while_away_has_them_in_the_bell_only(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.agent_b, is_silent=True)
    entry = actions.reply(ticket, by=cast.director, text="Hurry")
    assert told(entry) == {"anna": None, "boris": "anna"}
    mailed = Delivery.objects.filter(notification__entry=entry)
    assert set(mailed.values_list("person__login", flat=True)) == {"boris"}


def test_the_wishes_of_the_deputy_say_how_he_hears(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.agent_b)
    wishing.wish(cast.agent_b, by=cast.agent_b, cells={"replied": {"mail": False, "popup": False}})
    entry = actions.reply(ticket, by=cast.director, text="Hurry")
    assert told(entry)["boris"] == "anna"
    assert Notification.objects.get(entry=entry, person=cast.agent_b).is_quiet
    assert not Delivery.objects.filter(notification__entry=entry, person=cast.agent_b).exists()


def test_a_mute_of_either_is_heeded(cast: Cast) -> None:
    ticket = taken(cast)
    away(cast.agent, cast.agent_b)
    muted.mute(ticket, by=cast.agent_b)
    assert told(actions.reply(ticket, by=cast.director, text="1")) == {"anna": None}
    muted.unmute(ticket, by=cast.agent_b)
    muted.mute(ticket, by=cast.agent)
    assert told(actions.reply(ticket, by=cast.director, text="2")) == {}
