"""Reading and writing tickets."""

from __future__ import annotations

import pytest

from estafeta.tickets import actions
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.program import Program, pointers


def order(cast: Cast, **fields: object) -> Ticket:
    given = {"title": "Принтер", "department": cast.it, "by": cast.client, **fields}
    return actions.open_ticket(**given).ticket  # type: ignore[arg-type]


def test_a_ticket_is_written_and_read_back(cast: Cast) -> None:
    program = Program.of(cast.agent2)
    answer = program.post(
        "/tickets", title="Замялась бумага", text="**Срочно**", department=cast.it.pk,
        people=[cast.agent.pk], requester=cast.client.pk, priority="high",
        deadline="2099-01-02T10:00:00+03:00", acceptance="author",
    )  # fmt: skip
    assert answer.status_code == 201
    assert "Замялась бумага" in answer.content.decode(), "UTF-8, not escapes"
    ticket = answer.json()["ticket"]
    assert answer["Location"] == f"/api/v1/tickets/{ticket['number']}"
    assert ticket == program.get(f"/tickets/{ticket['number']}").json()
    assert ticket["priority"] == "high"
    assert ticket["deadline"] == "2099-01-02T07:00:00Z"
    assert ticket["requester"]["name"] == "Clara Client"
    assert ticket["text_html"] == "<p><strong>Срочно</strong></p>\n"
    assert [row["person"]["name"] for row in ticket["participants"]] == ["Anna Agent"]
    assert Entry.objects.get().via == "api"


def test_a_foreign_ticket_is_not_there(cast: Cast) -> None:
    number = order(cast).number
    for path in ("", "/journal", "/comments", "/verbs"):
        assert Program.of(cast.stranger).get(f"/tickets/{number}{path}").status_code == 404
        assert Program.of(cast.client).get(f"/tickets/{number}{path}").status_code == 200
    assert Program.of(cast.stranger).post(f"/tickets/{number}/reply", text="x").status_code == 404


@pytest.mark.parametrize(
    "number", ["0", "9" * 18, "9" * 19, "9" * 40, "9" * 5000, "abc", "-1", "1e3"]
)
def test_a_number_that_cannot_be_is_not_found(cast: Cast, number: str) -> None:
    answer = Program.of(cast.director).get(f"/tickets/{number}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_what_is_wrong_is_said_field_by_field(cast: Cast) -> None:
    program = Program.of(cast.agent)
    answer = program.post("/tickets", title="", priority="hihg", department="IT", colour="red")
    assert answer.status_code == 422
    assert set(pointers(answer)) == {"/title", "/priority", "/department", "/colour"}
    assert pointers(program.post("/tickets", title="x")) == ["/department"]
    assert pointers(program.post("/tickets", title="x", department=10**6)) == ["/department"]
    assert pointers(program.post("/tickets", title="x", people=[10**6])) == ["/people"]
    assert pointers(program.post("/tickets", title="x", deadline="2020-01-01T00:00:00Z",
                                 department=cast.it.pk)) == ["/deadline"]  # fmt: skip
    assert not Ticket.objects.exists()


def test_a_client_writes_for_himself_only(cast: Cast) -> None:
    program = Program.of(cast.client)
    answer = program.post("/tickets", title="x", department=cast.it.pk, requester=cast.lead.pk)
    assert answer.status_code == 422, "he does not even know of the other"
    assert program.post("/tickets", title="x", department=cast.it.pk).status_code == 201


def test_the_same_key_makes_one_ticket(cast: Cast) -> None:
    program = Program.of(cast.agent)
    first = program.post("/tickets", title="Раз", department=cast.it.pk, key="k-1")
    again = program.post("/tickets", title="Раз", department=cast.it.pk, key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    other = program.post("/tickets", title="Два", department=cast.it.pk, key="k-1")
    assert other.status_code == 422
    assert other.json()["errors"][0]["header"] == "Idempotency-Key"
    assert Ticket.objects.count() == 1
    of_somebody_else = Program.of(cast.agent_b)
    assert (
        of_somebody_else.post("/tickets", title="Раз", department=cast.it.pk, key="k-1").status_code
        == 201
    )


@pytest.mark.parametrize("key", ["", " ", "ключ", "a\tb", "k" * 129])
def test_an_odd_key_is_refused(cast: Cast, key: str) -> None:
    program = Program.of(cast.agent)
    answer = program.client.post(
        "/api/v1/tickets", {"title": "x", "department": cast.it.pk}, "application/json",
        headers={"Authorization": f"Bearer {program.token}", "Idempotency-Key": key},
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["header"] == "Idempotency-Key"


def test_notes_stay_among_staff(cast: Cast) -> None:
    ticket = order(cast)
    actions.note(ticket, by=cast.agent, text="Секрет склада")
    actions.reply(ticket, by=cast.agent, text="Скоро будет")
    for person, amount in ((cast.agent, 2), (cast.client, 1)):
        program = Program.of(person)
        texts = program.get(f"/tickets/{ticket.number}/comments").json()["comments"]
        lines = program.get(f"/tickets/{ticket.number}/journal").json()["entries"]
        assert (len(texts), len(lines)) == (amount, amount + 1)
    assert (
        "Секрет"
        not in Program.of(cast.client).get(f"/tickets/{ticket.number}/comments").content.decode()
    )


def test_a_long_journal_is_read_page_by_page(cast: Cast) -> None:
    ticket = order(cast)
    for n in range(6):
        actions.reply(ticket, by=cast.agent, text=f"{n}")
    program, seen, after = Program.of(cast.agent), [], None
    while True:
        query = {"limit": 3, **({"after": after} if after else {})}
        answer = program.get(f"/tickets/{ticket.number}/journal", **query)
        seen += [entry["seq"] for entry in answer.json()["entries"]]
        after = answer.json()["next"]
        assert ('rel="next"' in answer.get("Link", "")) == bool(after)
        if not after:
            break
        assert (
            program.client.get(
                answer["Link"].split(">")[0][1:],
                headers={"Authorization": f"Bearer {program.token}"},
            ).status_code
            == 200
        )
    assert seen == list(range(1, 8))


@pytest.mark.parametrize(
    "after", ["x", "aTE=", "aTk5OTk5OTk5OTk5OTk5OTk5OTk", "\x00", "ё", "!" * 100]
)
def test_a_forged_cursor_is_refused(cast: Cast, after: str) -> None:
    ticket = order(cast)
    answer = Program.of(cast.agent).get(f"/tickets/{ticket.number}/journal", after=after)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "after"


def test_what_can_be_done_is_listed(cast: Cast) -> None:
    ticket = order(cast)
    verbs = Program.of(cast.agent).get(f"/tickets/{ticket.number}/verbs").json()["verbs"]
    page = Program.of(cast.agent).get(f"/tickets/{ticket.number}").json()
    assert [row["verb"] for row in verbs] == page["allowed_verbs"]
    assert Verb.TAKE in page["allowed_verbs"]
    take = next(row for row in verbs if row["verb"] == "take")
    assert take["href"] == f"/api/v1/tickets/{ticket.number}/take"
    assert take["label"] == "Take"
