"""Announcements reach those they are for, while they are on, until they are closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from estafeta.accounts import announcing, security
from estafeta.accounts.actions.announcements import (
    announce,
    change_announcement,
    dismiss,
    withdraw_announcement,
)
from estafeta.accounts.errors import Invalid, NotAllowed
from estafeta.accounts.models import Announcement, Person, SecurityEntry, Site
from estafeta.lib import clock
from tests.cast import Cast


def readers(cast: Cast) -> set[str]:
    return {who for who, person in cast.everybody().items() if announcing.shown_to(person)}


EVERYBODY = {
    "director", "head", "agent", "agent_b", "network_agent", "agent2", "client", "lead",
    "stranger", "admin",
}  # fmt: skip
CLIENTS = {"client", "lead", "stranger"}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [("everybody", EVERYBODY), ("clients", CLIENTS), ("staff", EVERYBODY - CLIENTS)],
)
def test_an_announcement_reaches_its_audience(
    cast: Cast, audience: str, expected: set[str]
) -> None:
    announce(by=cast.admin, text="Read this", audience=audience)
    assert readers(cast) == expected


def test_a_department_means_what_is_below_it_too_and_directors(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Moving", audience="departments", departments=[cast.it])
    assert readers(cast) == {"director", "head", "agent", "agent_b", "network_agent"}
    withdraw_announcement(row, by=cast.admin)
    announce(by=cast.admin, text="Cable", audience="departments", departments=[cast.network])
    # Hugo heads IT and with it what is below.
    assert readers(cast) == {"director", "head", "network_agent"}


def test_the_past_and_the_future_are_not_shown(cast: Cast) -> None:
    now = clock.now()
    announce(by=cast.admin, text="Soon", starts_at=now + timedelta(hours=1),
             ends_at=now + timedelta(hours=2))  # fmt: skip
    for hours, is_shown in ((0, False), (1.5, True), (2.5, False)):
        Site.forget()
        with clock.standing_at(now + timedelta(hours=hours)):
            assert bool(announcing.shown_to(cast.client)) == is_shown
            assert announcing.addressed_to(cast.client).exists() == (hours > 1)


def test_who_closes_it_no_longer_sees_it_and_others_do(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Read this")
    dismiss(row, by=cast.client)
    dismiss(row, by=cast.client)
    assert readers(cast) == EVERYBODY - {"client"}
    assert announcing.addressed_to(cast.client).get() == row
    change_announcement(row, by=cast.admin, text="Read this too", level="danger",
                        audience="everybody")  # fmt: skip
    assert readers(cast) == EVERYBODY


def test_some_stay_until_they_are_over(cast: Cast) -> None:
    row = announce(by=cast.admin, text="No power", level="danger", is_dismissable=False)
    with pytest.raises(Invalid):
        dismiss(row, by=cast.client)
    assert "client" in readers(cast)
    withdraw_announcement(row, by=cast.director)
    assert readers(cast) == set()
    with pytest.raises(Invalid, match="over"):
        withdraw_announcement(Announcement.objects.get(), by=cast.admin)


@pytest.mark.parametrize("who", ["head", "agent", "client", "lead", "stranger"])
def test_only_those_with_the_right_send(cast: Cast, who: str) -> None:
    by: Person = cast.everybody()[who]
    with pytest.raises(NotAllowed):
        announce(by=by, text="Hello")
    by.may_announce = True
    by.save()
    row = announce(by=by, text="Hello")
    by.may_announce = False
    with pytest.raises(NotAllowed):
        withdraw_announcement(row, by=by)


def test_others_announcements_are_changed_by_administrators_alone(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Hello")
    cast.agent.may_announce = True
    with pytest.raises(NotAllowed):
        withdraw_announcement(row, by=cast.agent)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": "  "}),
        ("text", {"text": "x" * 2001}),
        ("level", {"level": "loud"}),
        ("audience", {"audience": "nobody"}),
        ("departments", {"audience": "departments"}),
        ("ends_at", {"ends_at": clock.now() - timedelta(days=1)}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Cast, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refused:
        announce(by=cast.admin, **{"text": "Hello", **values})
    assert list(refused.value.errors) == [field]
    assert not Announcement.objects.exists()


def test_what_was_announced_stands_in_the_trail(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Hello")
    withdraw_announcement(row, by=cast.admin)
    kinds = list(SecurityEntry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["announcements.sent", "announcements.withdrawn"]
    assert list(security.faults()) == []


def test_text_is_shown_without_anything_harmful(cast: Cast) -> None:
    row = announce(by=cast.admin, text="<script>alert(1)</script> [x](javascript:alert(1)) **b**")
    assert "<script" not in row.text_html
    assert "href" not in row.text_html
    assert "<strong>b</strong>" in row.text_html


def test_pages_without_announcements_ask_nothing_for_them(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    announcing.shown_to(cast.agent)
    with django_assert_num_queries(0):
        assert announcing.shown_to(cast.agent) == []
    announce(by=cast.admin, text="No power", is_dismissable=False)
    announcing.shown_to(cast.agent)
    with django_assert_num_queries(0):
        assert announcing.shown_to(cast.agent)


def test_open_pages_are_told_when_its_time_begins_and_ends(cast: Cast) -> None:
    now = clock.now()
    announce(by=cast.admin, text="Soon", starts_at=now + timedelta(hours=1),
             ends_at=now + timedelta(hours=2))  # fmt: skip
    told = []
    for minutes in (30, 60.5, 90, 120.5, 180):
        before = Site.objects.get(pk=1).announcements_version
        with clock.standing_at(now + timedelta(minutes=minutes)):
            announcing.tell_of_time()
        told.append(Site.objects.get(pk=1).announcements_version > before)
    assert told == [False, True, False, True, False]
