"""Was he told? over the API; and who has read an announcement."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.actions.announcements import announce, dismiss
from estafeta.notifications import fan_out
from estafeta.notifications.models import Delivery
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import taken
from tests.program import Program


@pytest.fixture
def ticket(cast: Cast, settings: Any) -> Ticket:
    settings.EMAIL_HOST = "mail.example.org"
    ticket = taken(cast)
    while fan_out.run_once():
        pass
    return ticket


def test_the_ticket_tells_who_was_told_how(cast: Cast, ticket: Ticket) -> None:
    entries = Program.of(cast.agent, "read").get(f"/tickets/{ticket.pk}/told").json()["entries"]
    assert [entry["verb"] for entry in entries] == ["take", "open"]
    head = next(one for one in entries[1]["told"] if one["person"]["id"] == cast.head.pk)
    [delivery] = head["deliveries"]
    assert (delivery["channel"], delivery["state"]) == ("mail", "queued")
    assert "address" not in delivery
    assert head["seen_at"] is None
    assert Program.of(cast.stranger).get(f"/tickets/{ticket.pk}/told").status_code == 404


def test_an_address_that_a_server_names_is_its_owners_alone(cast: Cast, ticket: Ticket) -> None:
    reason = f"550 5.1.1 <{cast.head.email}>: no such user"
    Delivery.objects.filter(person=cast.head).update(error=reason)
    told = Program.of(cast.agent, "read").get(f"/tickets/{ticket.pk}/told").text
    assert "no such user" in told
    assert cast.head.email not in told
    own = Program.of(cast.head, "read").get("/me/deliveries").json()["deliveries"]
    assert {row["error"] for row in own} == {reason}


def test_ones_own_come_page_by_page_and_nobody_elses(cast: Cast, ticket: Ticket) -> None:
    head = Program.of(cast.head, "read")
    first = head.get("/me/deliveries?limit=1").json()
    assert {row["address"] for row in first["deliveries"]} == {cast.head.email}
    assert head.get("/me/deliveries").json()["next"] is None
    assert Program.of(cast.stranger, "read").get("/me/deliveries").json()["deliveries"] == []


def test_the_sender_learns_who_has_read_it(cast: Cast) -> None:
    row = announce(by=cast.admin, text="Hello", audience="roles", roles=["heads"])
    dismiss(row, by=cast.head)
    answer = Program.of(cast.admin).get(f"/announcements/{row.pk}/readers").json()
    assert (answer["read"], answer["all"]) == (1, len(answer["readers"]))
    assert Program.of(cast.agent).get(f"/announcements/{row.pk}/readers").status_code == 404
