"""The person's own notifications."""

from __future__ import annotations

from estafeta.notifications import fan_out
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order
from tests.program import Program


def test_one_reads_ones_own_bell(cast: Cast) -> None:
    ticket = order(cast, by=cast.client, title="Принтер")
    actions.take(ticket, by=cast.agent)
    actions.note(ticket, by=cast.head, text="Между нами")
    while fan_out.run_once():
        pass
    told = Program.of(cast.client, "read").get("/notifications").json()
    assert [(row["verb"], row["ticket"]) for row in told["notifications"]] == [
        ("take", ticket.number)
    ]
    assert told["unseen"] == 1
    assert "Anna Agent takes the ticket" in told["notifications"][0]["text"]
    assert Program.of(cast.stranger).get("/notifications").json()["notifications"] == []


def test_the_bell_is_read_page_by_page_from_the_newest(cast: Cast) -> None:
    numbers = [order(cast).number for _ in range(5)]
    while fan_out.run_once():
        pass
    program, found, query = Program.of(cast.agent), [], {"limit": 2, "unseen": True}
    while True:
        page = program.get("/notifications", **query).json()
        found += [row["ticket"] for row in page["notifications"]]
        if not page["next"]:
            break
        query["after"] = page["next"]
    assert found == numbers[::-1]


def test_what_has_left_ones_sight_is_not_told(cast: Cast) -> None:
    ticket = order(cast)
    while fan_out.run_once():
        pass
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="не туда")
    assert Program.of(cast.agent_b).get("/notifications").json()["notifications"] == []
