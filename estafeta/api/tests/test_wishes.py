"""Wishes, mutes and absences for programs."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Absence
from estafeta.notifications import wishing
from estafeta.notifications.models import Wishes
from tests.cast import Cast
from tests.orders import order
from tests.program import Program


def test_one_reads_and_changes_what_one_hears_of(cast: Cast) -> None:
    wishing.wish_for(cast.it, by=cast.head, cells={"noted": {"mail": False}})
    anna = Program.of(cast.agent)
    cell = anna.get("/me/wishes").json()["matrix"]["noted"]["mail"]
    assert cell == {"wanted": False, "decided_by": "department", "department": "IT"}
    sent = {"matrix": {"noted": {"mail": True}, "done": {"popup": False}}, "rhythm": "daily"}
    told = anna.post("/me/wishes", sent).json()
    assert told["matrix"]["noted"]["mail"]["decided_by"] == "own"
    assert (told["rhythm"], told["own_rhythm"], told["quiet_from"]) == ("daily", "daily", None)
    anna.post("/me/wishes", {"quiet_from": "22:00", "quiet_until": "07:30"})
    told = anna.post("/me/wishes", {"matrix": {"noted": {"mail": None}}}).json()
    assert told["matrix"]["noted"]["mail"]["decided_by"] == "department"
    assert (told["rhythm"], told["quiet_until"]) == ("daily", "07:30")
    assert Wishes.objects.get(person=cast.agent).matrix == {"done": {"popup": False}}


@pytest.mark.parametrize(
    "body",
    [
        {"matrix": {"nothing": {"mail": True}}},
        {"matrix": {"done": {"pigeon": True}}},
        {"matrix": {"done": {"mail": "often"}}},
        {"rhythm": "yearly"},
        {"quiet_from": "22:00"},
        {"quiet_from": "late"},
        {"other": 1},
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, body: dict[str, Any]) -> None:
    answer = Program.of(cast.agent).post("/me/wishes", body)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_tickets_are_muted_and_heard_again(cast: Cast) -> None:
    ticket, foreign = order(cast), order(cast, department=cast.accounting)
    anna = Program.of(cast.agent)
    assert anna.post(f"/tickets/{ticket.pk}/mute", {}).json() == {"muted": True}
    assert anna.post(f"/tickets/{foreign.pk}/mute", {}).status_code == 404
    told = anna.get("/me/mutes").json()["tickets"]
    assert told == [{"number": ticket.number, "title": ticket.title}]
    assert anna.post(f"/tickets/{ticket.pk}/unmute", {}).json() == {"muted": False}
    assert anna.get("/me/mutes").json()["tickets"] == []


def test_absences_are_entered_changed_and_ended(cast: Cast) -> None:
    hugo, there = Program.of(cast.head), f"/people/{cast.agent.pk}/absences"
    sent = {"starts_at": "2031-05-02T00:00:00Z", "deputy": cast.agent_b.pk, "reason": "Leave"}
    made = hugo.post(there, sent)
    assert made.status_code == 201
    row = made.json()
    assert (row["deputy"]["name"], row["ends_at"], row["is_now"]) == ("Boris Agent", None, False)
    one = f"{there}/{row['id']}"
    changed = Program.of(cast.agent).post(one, {"ends_at": "2031-05-09T00:00:00Z"}).json()
    assert (changed["ends_at"], changed["reason"]) == ("2031-05-09T00:00:00Z", "Leave")
    assert hugo.get(there).json()["absences"] == [changed]
    assert hugo.post(there, sent).status_code == 422
    assert hugo.post(f"{one}/end", {}).status_code == 200
    assert not Absence.objects.exists()


def test_absences_of_others_are_not_there(cast: Cast) -> None:
    there = f"/people/{cast.agent.pk}/absences"
    for who in (cast.agent_b, cast.agent2, cast.client):
        assert Program.of(who).get(there).status_code == 404
    hugo = Program.of(cast.head)
    row = hugo.post(there, {"starts_at": "2031-05-02T00:00:00Z"}).json()
    elsewhere = f"/people/{cast.network_agent.pk}/absences/{row['id']}"
    assert hugo.post(f"{elsewhere}/end", {}).status_code == 404
