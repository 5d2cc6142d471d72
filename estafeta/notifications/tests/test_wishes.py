"""Who decides over a cell of the matrix, and what the fan-out makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.accounts.models import Department, Membership, Person, SecurityEntry
from estafeta.notifications import fan_out, muted, wishing
from estafeta.notifications.default_wishes import Source
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address, DefaultWishes, Delivery, Notification, Wishes
from estafeta.notifications.wishes import POPUP, chosen_by, chosen_for
from estafeta.tickets import actions
from estafeta.tickets.models import Entry, Priority
from tests.cast import Cast, member
from tests.orders import order, taken

pytestmark = pytest.mark.usefixtures("_mail")


@pytest.fixture
def _mail() -> Any:
    with override_settings(EMAIL_HOST="mail.example.org"):
        yield


def tell() -> None:
    while fan_out.run_once():
        pass


def mailed(entry: Entry) -> set[str | None]:
    rows = Delivery.objects.filter(notification__entry=entry, channel="mail")
    return set(rows.values_list("person__login", flat=True))


def test_one_s_own_word_goes_before_the_departments_and_that_before_the_organisations(
    cast: Cast,
) -> None:
    nina = cast.network_agent
    assert chosen_by(nina).choice(Kind.DONE, "mail").source == Source.SHIPPED
    wishing.wish_for(None, by=cast.admin, cells={"done": {"mail": False}})
    assert chosen_by(nina).choice(Kind.DONE, "mail")[:2] == (False, Source.ORGANISATION)
    wishing.wish_for(cast.it, by=cast.head, cells={"done": {"mail": True}})
    assert chosen_by(nina).choice(Kind.DONE, "mail") == (True, Source.DEPARTMENT, "IT")
    wishing.wish_for(cast.network, by=cast.head, cells={"done": {"mail": False}})
    assert chosen_by(nina).choice(Kind.DONE, "mail") == (False, Source.DEPARTMENT, "Network")
    wishing.wish(nina, by=nina, cells={"done": {"mail": True}})
    assert chosen_by(nina).choice(Kind.DONE, "mail")[:2] == (True, Source.OWN)
    wishing.wish(nina, by=nina, cells={"done": {"mail": None}})
    assert chosen_by(nina).choice(Kind.DONE, "mail").name == "Network"
    assert chosen_by(cast.agent2).choice(Kind.DONE, "mail").source == Source.ORGANISATION


def test_of_several_departments_the_nearest_word_counts(cast: Cast) -> None:
    deep = Department.objects.create(name="Cables", parent=cast.network)
    who = member(member(cast.agent2, deep), cast.network)
    wishing.wish_for(cast.it, by=cast.admin, cells={"done": {"mail": False}})
    wishing.wish_for(cast.accounting, by=cast.admin, cells={"done": {"mail": True}})
    assert chosen_by(who).choice(Kind.DONE, "mail").name == "Accounting"


def test_a_place_tells_its_own_word_from_what_it_takes_over(cast: Cast) -> None:
    wishing.wish_for(None, by=cast.admin, cells={"done": {"mail": False}}, rhythm="hourly")
    wishing.wish_for(cast.it, by=cast.head, cells={"noted": {"mail": False}})
    there = chosen_for(cast.it)
    assert there.choice("noted", "mail").source == Source.OWN
    assert there.choice("done", "mail").source == Source.ORGANISATION
    assert there.rhythm == "hourly"
    assert chosen_for(None).choice("done", "mail").source == Source.OWN
    assert chosen_for(cast.accounting).choice("noted", "mail").source == Source.SHIPPED


def test_defaults_are_set_by_administrators_and_heads_only_and_written_into_the_trail(
    cast: Cast,
) -> None:
    for who, place in ((cast.head, None), (cast.head, cast.accounting), (cast.agent, cast.it)):
        with pytest.raises(NotAllowed):
            wishing.wish_for(place, by=who, cells={"done": {"mail": False}})
    wishing.wish_for(cast.it, by=cast.head, cells={"done": {"mail": False}})
    told = SecurityEntry.objects.get(kind="settings.changed")
    assert (told.facts["fields"], told.facts["name"]) == (["default_wishes"], "IT")
    wishing.wish_for(cast.it, by=cast.head, cells={"done": {"mail": False}})
    assert SecurityEntry.objects.filter(kind="settings.changed").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cells": {"nothing": {"mail": True}}}, "matrix"),
        ({"cells": {"done": {"pigeon": True}}}, "matrix"),
        ({"quiet_from": time(22)}, "quiet_until"),
        ({"quiet_until": time(22)}, "quiet_from"),
        ({"quiet_from": time(22), "quiet_until": time(22)}, "quiet_until"),
        ({"rhythm": "yearly"}, "rhythm"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wishing.wish(cast.agent, by=cast.agent, **given)
    assert set(refused.value.errors) == {field}
    assert not Wishes.objects.exists()


def test_nobody_wishes_for_others(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        wishing.wish(cast.agent, by=cast.admin, cells={"done": {"mail": False}})


def test_a_refused_kind_is_not_mailed_and_others_are(cast: Cast) -> None:
    wishing.wish(cast.director, by=cast.director, cells={"taken": {"mail": False, "popup": False}})
    ticket = taken(cast)
    actions.complete(ticket, by=cast.agent)
    tell()
    took, done = ticket.entries.get(verb="take"), ticket.entries.get(verb="complete")
    assert mailed(took) == set()
    assert mailed(done) == {"dora"}
    assert Notification.objects.get(entry=took, person=cast.director).is_quiet
    assert not Notification.objects.get(entry=done, person=cast.director).is_quiet


def test_who_is_called_by_name_hears_although_he_muted_the_ticket(cast: Cast) -> None:
    ticket = taken(cast)
    assert muted.mute(ticket, by=cast.director)
    assert not muted.mute(ticket, by=cast.director)
    plain = actions.reply(ticket, by=cast.agent, text="Looking")
    named = actions.reply(ticket, by=cast.agent, text="@dora, which one?")
    tell()
    told = Notification.objects.filter(person=cast.director).values_list("entry", flat=True)
    assert named.pk in told
    assert plain.pk not in told
    assert muted.unmute(ticket, by=cast.director)
    again = actions.reply(ticket, by=cast.agent, text="Found it")
    tell()
    assert again.pk in Notification.objects.values_list("entry", flat=True)


def test_a_ticket_that_is_assigned_to_somebody_who_muted_it_reaches_him(cast: Cast) -> None:
    ticket = order(cast)
    muted.mute(ticket, by=cast.agent)
    tell()
    assert not Notification.objects.filter(person=cast.agent).exists()
    actions.assign(ticket, by=cast.head, people=[cast.agent])
    tell()
    assert Notification.objects.get(person=cast.agent).entry.verb == "assign"


def test_in_the_quiet_messages_wait_together_and_the_bell_does_not(cast: Cast) -> None:
    cast.agent.time_zone = "Europe/Berlin"
    cast.agent.save()
    wishing.wish(cast.agent, by=cast.agent, quiet_from=time(18), quiet_until=time(8))
    with time_machine.travel(datetime(2026, 11, 24, 20, tzinfo=UTC), tick=False):
        order(cast)
        tell()
        night = Delivery.objects.get(person=cast.agent)
        assert night.is_gathered
        assert night.next_attempt_at == datetime(2026, 11, 25, 7, tzinfo=UTC)
        assert night.expires_at > night.next_attempt_at + timedelta(days=2)
        assert Notification.objects.filter(person=cast.agent).count() == 1
        order(cast, priority=Priority.URGENT)
        tell()
        urgent = Delivery.objects.filter(person=cast.agent).latest("pk")
        assert not urgent.is_gathered
        assert urgent.next_attempt_at == timezone.now()


def test_a_rhythm_of_the_department_gathers_for_who_said_nothing(cast: Cast) -> None:
    wishing.wish_for(cast.it, by=cast.head, rhythm="daily")
    wishing.wish(cast.agent_b, by=cast.agent_b, rhythm="at_once")
    order(cast)
    tell()
    assert Delivery.objects.get(person=cast.agent).is_gathered
    assert not Delivery.objects.get(person=cast.agent_b).is_gathered


def test_nothing_is_sent_to_a_stopped_address(cast: Cast) -> None:
    row = Address(
        person=cast.agent, channel="mail", label=cast.agent.email, created_at=timezone.now(),
        confirmed_at=timezone.now(), stopped_at=timezone.now(), stopped_reason="550 unknown",
    )  # fmt: skip
    row.value = cast.agent.email
    row.save()
    ticket = order(cast)
    tell()
    assert mailed(ticket.entries.get()) == {"boris", "hugo"}
    row.value = "old@example.org"
    row.save()
    again = order(cast)
    tell()
    assert mailed(again.entries.get()) == {"anna", "boris", "hugo"}


def test_the_address_of_a_department_hears_of_what_is_offered_to_it(cast: Cast) -> None:
    now = timezone.now()
    room = Address(
        department=cast.it, channel="mail", label="it@example.org", created_at=now, confirmed_at=now
    )
    room.value = "it@example.org"
    room.save()
    ticket = order(cast)
    actions.note(ticket, by=cast.agent, text="I know it")
    tell()
    sent = Delivery.objects.get(target=room)
    assert (sent.entry, sent.person, sent.notification) == (ticket.entries.get(seq=1), None, None)
    room.details = {"kinds": ["noted", "replied"]}
    room.save()
    actions.note(ticket, by=cast.agent, text="Really")
    actions.reply(ticket, by=cast.agent, text="Soon")
    tell()
    assert Delivery.objects.filter(target=room).count() == 2
    elsewhere = order(cast, department=cast.accounting)
    tell()
    assert not Delivery.objects.filter(entry__ticket=elsewhere).exists()


MATRICES = st.dictionaries(
    st.sampled_from(Kind.values),
    st.dictionaries(st.sampled_from([POPUP, "mail"]), st.booleans(), max_size=2),
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(own=MATRICES, department=MATRICES, organisation=MATRICES)
def test_never_over_a_refused_channel_and_never_lost(
    cast: Cast, own: Any, department: Any, organisation: Any
) -> None:
    Wishes.objects.update_or_create(person=cast.agent, defaults={"matrix": own})
    for place, matrix in ((cast.it, department), (None, organisation)):
        DefaultWishes.objects.update_or_create(department=place, defaults={"matrix": matrix})
    ticket = order(cast)
    actions.note(ticket, by=cast.head, text="@anna, look")
    actions.set_priority(ticket, by=cast.head, priority=Priority.URGENT)
    tell()
    kinds = {"open": "offered", "note": "mentioned", "set_priority": "deadline"}
    rows = Notification.objects.filter(person=cast.agent, ticket=ticket).select_related("entry")
    assert {row.entry.verb for row in rows} >= {"open", "note"}
    for row in rows:
        kind = kinds[row.entry.verb]
        decided = [one.get(kind, {}) for one in (own, department, organisation)]
        mail = next((one["mail"] for one in decided if "mail" in one), True)
        popup = next((one[POPUP] for one in decided if POPUP in one), True)
        assert row.deliveries.exists() is mail
        assert row.is_quiet is not popup


def test_two_hundred_people_with_wishes_cost_no_more_queries_than_three(cast: Cast) -> None:
    def queries() -> int:
        order(cast)
        with CaptureQueriesContext(connection) as seen:
            assert fan_out.run_once() == 1
        return len(seen)

    wishing.wish_for(cast.it, by=cast.head, cells={"done": {"mail": False}})
    wishing.wish(cast.agent, by=cast.agent, cells={"done": {"mail": True}})
    few = queries()
    people = Person.objects.bulk_create(
        Person(login=f"p{n}", name=f"P {n}", email=f"p{n}@example.org", password="!")
        for n in range(200)
    )
    Membership.objects.bulk_create(Membership(person=one, department=cast.it) for one in people)
    Wishes.objects.bulk_create(Wishes(person=one, rhythm="daily") for one in people)
    # SQLite takes a limited number of values in one insert.
    assert queries() <= few + 6
    assert few <= 34
    assert Delivery.objects.count() == 206
