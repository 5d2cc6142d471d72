"""POST /quick-line: understood, and opened where that is asked for."""

from __future__ import annotations

from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.program import Program

LINE = "@boris tomorrow 15:00 !urgent for Clara replace the lamp #room214\nIt blinks."


def test_a_line_is_understood_and_nothing_is_opened(cast: Cast) -> None:
    answer = Program.of(cast.agent).post("/quick-line", line=LINE)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["title"], told["text"]) == ("replace the lamp", "It blinks.")
    assert told["people"] == [{"id": cast.agent_b.pk, "name": "Boris Agent"}]
    assert told["requester"]["id"] == cast.client.pk
    assert (told["priority"], told["tags"], told["opened"]) == ("urgent", ["room214"], None)
    for piece in told["pieces"]:
        assert told["line"][piece["start"] : piece["end"]] == piece["text"]
    assert not Ticket.objects.exists()


def test_it_is_opened_once_however_often_it_is_sent(cast: Cast) -> None:
    program = Program.of(cast.agent)
    answers = [program.post("/quick-line", line=LINE, open=True, key="one") for _time in range(2)]
    ticket = Ticket.objects.get()
    for answer in answers:
        assert answer.status_code == 201
        assert answer["Location"] == f"/api/v1/tickets/{ticket.pk}"
        assert answer.json()["opened"]["ticket"]["number"] == ticket.pk


def test_what_fits_several_is_told_and_not_opened(cast: Cast) -> None:
    program = Program.of(cast.agent)
    told = program.post("/quick-line", line="@agent lamp").json()
    (piece,) = told["pieces"]
    assert (piece["why"], piece["stands_in_the_way"]) == ("several", True)
    assert {one["name"] for one in piece["candidates"]} == {"Anna Agent", "Boris Agent"}
    refused = program.post("/quick-line", line="@agent lamp", open=True)
    assert refused.status_code == 422
    assert not Ticket.objects.exists()


def test_a_client_learns_no_names(cast: Cast) -> None:
    told = Program.of(cast.client).post("/quick-line", line="@boris for Carl lamp").content.decode()
    assert "Boris" not in told
    assert "Stranger" not in told
