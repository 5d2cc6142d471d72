"""Comments through the API: answers, signs, readers, what was said before, drafts, templates."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.tickets import actions
from estafeta.tickets.models import AnswerTemplate, Comment, ReadMark, Ticket
from tests.cast import Cast
from tests.orders import taken
from tests.program import Program, pointers


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return taken(cast, requester=cast.client)


@pytest.fixture
def reply(ticket: Ticket, cast: Cast) -> Comment:
    comment = actions.reply(ticket, by=cast.agent, text="Пароль 12345").comment
    assert comment is not None
    return comment


def comments(person: Any, ticket: Ticket) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        Program.of(person).get(f"/tickets/{ticket.pk}/comments").json()["comments"]
    )
    return found


def test_an_answer_names_what_it_is_about(ticket: Ticket, reply: Comment, cast: Cast) -> None:
    program = Program.of(cast.client)
    sent = program.post(f"/tickets/{ticket.pk}/reply", text="Спасибо", answers=reply.pk)
    assert sent.status_code == 200
    assert [one["answers"] for one in comments(cast.client, ticket)] == [None, reply.pk]
    note = actions.note(ticket, by=cast.agent, text="Между нами").comment
    assert note is not None
    for number in (note.pk, 10**12):
        answer = program.post(f"/tickets/{ticket.pk}/reply", text="x", answers=number)
        assert answer.status_code == 422
        assert pointers(answer) == ["/answers"]


def test_what_was_said_before_is_never_in_the_facts(
    ticket: Ticket, reply: Comment, cast: Cast
) -> None:
    program = Program.of(cast.agent)
    body = {"comment": reply.pk, "text": "Пароль скажу лично"}
    assert program.post(f"/tickets/{ticket.pk}/edit_comment", body).status_code == 200
    url = f"/tickets/{ticket.pk}/comments/{reply.pk}/earlier"
    assert [one["text"] for one in program.get(url).json()["wordings"]] == ["Пароль 12345"]
    assert Program.of(cast.client).get(url).status_code == 404
    for path in ("journal", "comments", ""):
        answer = Program.of(cast.client).get(f"/tickets/{ticket.pk}/{path}".rstrip("/"))
        assert answer.status_code == 200
        assert "12345" not in answer.content.decode()
    assert comments(cast.client, ticket)[0]["edited_at"]


def test_a_deleted_comment_is_an_empty_one(ticket: Ticket, reply: Comment, cast: Cast) -> None:
    refused = Program.of(cast.head).post(
        f"/tickets/{ticket.pk}/delete_comment", comment=reply.pk
    )  # fmt: skip
    assert refused.status_code == 422
    assert pointers(refused) == ["/comment"]
    Program.of(cast.agent).post(f"/tickets/{ticket.pk}/delete_comment", comment=reply.pk)
    (found,) = comments(cast.client, ticket)
    assert (found["text"], found["text_html"]) == ("", "")
    assert found["deleted_at"]


def test_signs_are_given_and_taken_back(ticket: Ticket, reply: Comment, cast: Cast) -> None:
    url = f"/tickets/{ticket.pk}/comments/{reply.pk}/sign"
    program = Program.of(cast.client)
    for _time in range(2):
        given = program.post(url, sign="thanks").json()
        assert given["signs"] == [{"sign": "thanks", "amount": 1, "is_mine": True}]
    assert comments(cast.agent, ticket)[0]["signs"][0]["is_mine"] is False
    assert program.post(url, sign="thanks", give=False).json()["signs"] == []
    assert pointers(program.post(url, sign="dislike")) == ["/sign"]
    assert Program.of(cast.stranger).post(url, sign="thanks").status_code == 404
    assert Program.of(cast.client, scope="read").post(url, sign="thanks").status_code == 403


def test_who_has_seen_it_is_told(ticket: Ticket, reply: Comment, cast: Cast) -> None:
    url = f"/tickets/{ticket.pk}/comments/{reply.pk}/readers"
    assert Program.of(cast.agent).get(url).json()["readers"] == []
    ReadMark.objects.create(ticket=ticket, person=cast.client, seq=ticket.journal_length)
    (reader,) = Program.of(cast.agent).get(url).json()["readers"]
    assert reader == {
        "person": {"id": cast.client.pk, "name": "Clara Client"}, "is_current": True,
    }  # fmt: skip


def test_a_draft_is_kept_between_programs(ticket: Ticket, cast: Cast) -> None:
    url = f"/tickets/{ticket.pk}/draft"
    assert Program.of(cast.agent).get(url).json() == {"draft": None}
    Program.of(cast.agent).post(url, text="Начало", kind="note")
    kept = Program.of(cast.agent).get(url).json()["draft"]
    assert (kept["text"], kept["kind"]) == ("Начало", "note")
    assert Program.of(cast.head).get(url).json() == {"draft": None}
    assert Program.of(cast.agent).post(url, text="").json() == {"draft": None}


def test_templates_are_kept_and_filled(ticket: Ticket, cast: Cast) -> None:
    program = Program.of(cast.agent)
    made = program.post("/answer-templates", title="Привет", text="Здравствуйте, {requester}!")
    assert made.status_code == 201
    number = made.json()["id"]
    (filled,) = program.get(f"/tickets/{ticket.pk}/answers").json()["templates"]
    assert filled["text"] == "Здравствуйте, Clara Client!"
    changed = program.post(f"/answer-templates/{number}", title="Иначе", text="{me}")
    assert changed.json()["title"] == "Иначе"
    for who, status in ((cast.agent_b, 404), (cast.client, 404)):
        answer = Program.of(who).post(f"/answer-templates/{number}/delete")
        assert answer.status_code == status
    assert pointers(program.post("/answer-templates", title="x", text="{nme}")) == ["/text"]
    shared = program.post("/answer-templates", title="x", text="y", own=False)
    assert shared.status_code == 403
    both = program.post("/answer-templates", title="x", text="y", department=cast.it.pk)
    assert pointers(both) == ["/department"]
    assert program.post(f"/answer-templates/{number}/delete").status_code == 200
    assert not AnswerTemplate.objects.exists()
