"""Each verb through its operation."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.api.acting import keywords_of
from estafeta.api.schemas.bodies import BODIES
from estafeta.tickets import actions
from estafeta.tickets.models import Comment, Entry, Ticket
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import BY_SYSTEM, Verb
from tests.cast import Cast
from tests.orders import done, order, taken
from tests.program import Program, pointers

# test_relations.py, test_files.py
TRIED_ELSEWHERE = {
    "follow", "unfollow", "tag", "link", "unlink", "merge", "unmerge", "split", "add_subtask",
    "make_subtask", "detach_subtask",
    "delete", "restore", "attach", "remove_file",
}  # fmt: skip


def test_every_verb_has_an_operation() -> None:
    assert set(BODIES) == set(Verb) - {Verb.OPEN} - BY_SYSTEM


def _post(person: Any, ticket: Ticket, verb: str, **fields: Any) -> Any:
    return Program.of(person).post(f"/tickets/{ticket.number}/{verb}", **fields)


NEWEST = object()


def test_a_ticket_goes_its_whole_way(cast: Cast) -> None:
    cast.accounting.hand_over_mode = "accept"
    cast.accounting.save()
    ticket = order(cast, acceptance="author")
    way: list[tuple[Any, str, dict[str, Any], str]] = [
        (cast.agent, "take", {}, "in_progress"),
        (
            cast.agent,
            "propose_deadline",
            {"deadline": "2098-01-01T00:00:00Z", "reason": "сложно"},
            "in_progress",
        ),
        (cast.director, "answer_deadline", {"agree": True}, "in_progress"),
        (cast.director, "nudge", {"reason": "как там?"}, "in_progress"),
        (cast.agent, "wait", {"wait_for": "part", "until": "2099-01-01T00:00:00Z"}, "waiting"),
        (cast.agent, "resume", {}, "in_progress"),
        (cast.agent, "note", {"text": "Диск на полке"}, "in_progress"),
        (cast.agent, "hand_over", {"people": [cast.agent_b.pk], "reason": "к тебе"}, "in_progress"),
        (cast.agent_b, "acknowledge", {}, "in_progress"),
        (cast.director, "set_priority", {"priority": "urgent"}, "in_progress"),
        (cast.director, "set_deadline", {"deadline": "2099-01-01T00:00:00Z"}, "in_progress"),
        (cast.director, "edit", {"title": "Сервер 1С"}, "in_progress"),
        (cast.agent_b, "reply", {"text": "Меняю"}, "in_progress"),
        (cast.agent_b, "edit_comment", {"comment": NEWEST, "text": "Уже меняю"}, "in_progress"),
        (cast.agent_b, "delete_comment", {"comment": NEWEST}, "in_progress"),
        (cast.agent_b, "release", {"reason": "обед"}, "new"),
        (cast.director, "assign", {"people": [cast.agent.pk]}, "in_progress"),
        (cast.agent, "complete", {"reason": "заменил"}, "review"),
        (cast.director, "return_to_work", {"reason": "шумит"}, "in_progress"),
        (cast.agent, "complete", {}, "review"),
        (cast.director, "accept", {}, "done"),
        (cast.director, "reopen", {"reason": "опять"}, "new"),
        (cast.agent, "take", {}, "in_progress"),
        (cast.agent, "hand_over", {"department": cast.accounting.pk, "reason": "деньги"}, "new"),
        (cast.director, "decline_hand_over", {"reason": "не наше"}, "in_progress"),
        (cast.agent, "hand_over", {"department": cast.accounting.pk, "reason": "ваше"}, "new"),
        (cast.director, "accept_hand_over", {}, "new"),
        (cast.director, "cancel", {"reason": "списали"}, "cancelled"),
        (cast.director, "archive", {}, "archived"),
        (cast.director, "unarchive", {}, "cancelled"),
    ]
    for person, verb, fields, status in way:
        if fields.get("comment") is NEWEST:
            fields["comment"] = Comment.objects.latest("pk").pk
        answer = _post(person, ticket, verb, **fields)
        assert answer.status_code == 200, (verb, answer.content.decode())
        assert answer.json()["entry"]["verb"] == verb
        assert answer.json()["ticket"]["status"] == status
    tried = {verb for _who, verb, _fields, _status in way}
    assert tried | TRIED_ELSEWHERE == {str(verb) for verb in BODIES}
    ticket.refresh_from_db()
    assert ticket.title == "Сервер 1С"
    assert set(Entry.objects.exclude(verb="open").values_list("via", flat=True)) == {"api"}


def test_what_happened_since_one_looked_is_said(cast: Cast) -> None:
    ticket = order(cast)
    seen = ticket.journal_length
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="по железу")
    answer = _post(cast.head, ticket, "cancel", reason="не нужно", seen=seen)
    assert answer.status_code == 409
    [change] = answer.json()["changes"]
    assert (change["verb"], change["actor"]["name"]) == ("hand_over", "Anna Agent")
    assert change["reason"] == "по железу"
    again = _post(cast.head, ticket, "cancel", reason="не нужно", seen=ticket.journal_length)
    assert again.status_code == 200


def test_a_verb_sent_twice_with_one_key_acts_once(cast: Cast) -> None:
    ticket = taken(cast)
    program = Program.of(cast.agent)
    path = f"/tickets/{ticket.number}/hand_over"
    body = {"department": cast.accounting.pk, "reason": "деньги"}
    first, again = (program.post(path, body, key="once") for _ in range(2))
    assert first.json()["entry"] == again.json()["entry"]
    assert again["Idempotent-Replayed"] == "true"
    assert Entry.objects.filter(verb="hand_over").count() == 1
    assert program.post(path, {**body, "reason": "другое"}, key="once").status_code == 422


def test_a_ticket_that_leaves_ones_sight_is_null(cast: Cast) -> None:
    ticket = order(cast)
    answer = _post(cast.agent, ticket, "hand_over", department=cast.accounting.pk, reason="к вам")
    assert answer.status_code == 200
    assert answer.json()["ticket"] is None
    assert Program.of(cast.agent).get(f"/tickets/{ticket.number}").status_code == 404


@pytest.mark.parametrize(
    ("verb", "fields", "status"),
    [
        ("complete", {}, 403),
        ("accept", {}, 403),
        ("reply", {"text": ""}, 422),
        ("reply", {"text": "x" * 200_001}, 422),
        ("reply", {"text": "ы" * 200_000}, 200),
        ("wait", {"wait_for": "weather"}, 422),
        ("cancel", {"reason": "y" * 501}, 422),
    ],
)
def test_refusals_have_their_codes(
    cast: Cast, verb: str, fields: dict[str, Any], status: int
) -> None:
    ticket = taken(cast, by=cast.agent)
    assert _post(cast.agent_b, ticket, verb, **fields).status_code == status


def test_what_the_status_forbids_is_a_conflict(cast: Cast) -> None:
    assert _post(cast.agent, done(cast), "complete").status_code == 409


def test_an_edit_keeps_what_is_left_out(cast: Cast) -> None:
    ticket = order(cast, text="Как было", acceptance="author")
    assert _post(cast.director, ticket, "edit", title="Новое имя").status_code == 200
    ticket.refresh_from_db()
    assert (ticket.title, ticket.text, ticket.acceptance) == ("Новое имя", "Как было", "author")
    assert pointers(_post(cast.director, ticket, "edit")) == [""]


def test_a_verb_without_needs_takes_an_empty_body(cast: Cast) -> None:
    ticket, program = order(cast), Program.of(cast.agent)
    answer = program.client.post(
        f"/api/v1/tickets/{ticket.number}/take",
        content_type="application/json", headers={"Authorization": f"Bearer {program.token}"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert Ticket.objects.get().status == Status.IN_PROGRESS


def test_an_edit_of_one_field_does_not_undo_what_another_changes_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = order(cast, text="First")

    def slowly(*args: Any, **named: Any) -> Any:
        found = keywords_of(*args, **named)
        actions.edit(Ticket.objects.get(), by=cast.head, title="Other title", text="Second")
        return found

    monkeypatch.setattr("estafeta.api.endpoints.verbs.keywords_of", slowly)
    assert _post(cast.director, ticket, "edit", title="New title").status_code == 409
    ticket.refresh_from_db()
    assert (ticket.title, ticket.text) == ("Other title", "Second")


def test_if_match_refuses_even_words_when_somebody_else_acted(cast: Cast) -> None:
    ticket = taken(cast)
    program = Program.of(cast.agent)
    tag = program.get(f"/tickets/{ticket.pk}")["ETag"]
    own = program.post(f"/tickets/{ticket.pk}/reply", if_match=tag, text="Иду")
    assert own.status_code == 200
    assert own["ETag"] != tag
    again = program.post(f"/tickets/{ticket.pk}/reply", if_match=tag, text="Уже здесь")
    assert again.status_code == 200, "what one did oneself is no change"
    actions.reply(ticket, by=cast.agent_b, text="Я уже заменил")
    refused = program.post(f"/tickets/{ticket.pk}/reply", if_match=tag, text="Меняю картридж")
    assert refused.status_code == 412
    assert [change["actor"]["name"] for change in refused.json()["changes"]] == ["Boris Agent"]
    assert ticket.comments.filter(text="Меняю картридж").count() == 0
    assert program.post(f"/tickets/{ticket.pk}/reply", text="Меняю").status_code == 200
    assert program.post(f"/tickets/{ticket.pk}/reply", if_match="*", text="Да").status_code == 200


def test_if_match_tells_a_client_nothing_of_notes(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    program = Program.of(cast.client)
    tag = program.get(f"/tickets/{ticket.pk}")["ETag"]
    actions.note(ticket, by=cast.agent, text="Между нами")
    assert program.post(f"/tickets/{ticket.pk}/reply", if_match=tag, text="?").status_code == 200


def test_a_tag_of_nothing_is_refused_at_its_header(cast: Cast) -> None:
    ticket = taken(cast)
    for wrong in ("5", 'W/"5"', '"x"', '"5", "6"', ""):
        path = f"/api/v1/tickets/{ticket.pk}/release"
        program = Program.of(cast.agent)
        headers = {"Authorization": f"Bearer {program.token}", "If-Match": wrong}
        answer = program.client.post(path, "{}", content_type="application/json", headers=headers)
        assert answer.status_code == 422, wrong
        assert answer.json()["errors"][0]["header"] == "If-Match"


def test_if_match_and_a_key_together_act_once(cast: Cast) -> None:
    ticket = taken(cast)
    program = Program.of(cast.agent)
    tag = program.get(f"/tickets/{ticket.pk}")["ETag"]
    first = program.post(f"/tickets/{ticket.pk}/reply", key="k-1", if_match=tag, text="Иду")
    actions.reply(ticket, by=cast.agent_b, text="Я тоже")
    lost = program.post(f"/tickets/{ticket.pk}/reply", key="k-1", if_match=tag, text="Иду")
    assert (first.status_code, lost.status_code) == (200, 200)
    assert lost["Idempotent-Replayed"] == "true"
