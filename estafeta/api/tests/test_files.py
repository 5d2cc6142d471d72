"""Files through the API: brought as a draft, sent by a verb, listed and fetched."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from estafeta.tickets.models import Attachment
from tests import files
from tests.cast import Cast
from tests.orders import taken
from tests.program import ROOT, Program


def bring(program: Program, content: bytes = b"text", name: str = "акт.txt", said: str = "") -> Any:
    body = {"file": SimpleUploadedFile(name, content), "name": said}
    headers = {"Authorization": f"Bearer {program.token}"}
    return program.client.post(f"{ROOT}/files", body, headers=headers)


def test_a_file_goes_its_way(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    agent, client, stranger = map(Program.of, (cast.agent, cast.client, cast.stranger))
    made = bring(agent, files.photo(), "Двор.jpg")
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.json()["ticket"] is None
    assert client.get(f"/files/{number}").status_code == 404
    done = agent.post(f"/tickets/{ticket.pk}/reply", files=[number])
    assert done.status_code == 200
    assert done.json()["entry"]["facts"]["files"][0]["name"] == "Двор.jpg"
    listed = client.get(f"/tickets/{ticket.pk}/files").json()["files"]
    assert [(one["id"], one["ticket"], one["kind"]) for one in listed] == [
        (number, ticket.pk, "picture")
    ]
    assert client.get(f"/files/{number}/content").status_code == 200
    assert stranger.get(f"/files/{number}/content").status_code == 404
    assert stranger.get(f"/tickets/{ticket.pk}/files").status_code == 404


def test_a_new_ticket_and_a_note_bring_files(cast: Cast) -> None:
    agent, client = Program.of(cast.agent), Program.of(cast.client)
    first = bring(client).json()["id"]
    made = client.post("/tickets", title="Принтер", department=cast.it.pk, files=[first]).json()
    ticket = made["ticket"]["number"]
    second = bring(agent, name="тайна.txt").json()["id"]
    assert agent.post(f"/tickets/{ticket}/note", files=[second]).status_code == 200
    seen = [len(one.get(f"/tickets/{ticket}/files").json()["files"]) for one in (agent, client)]
    assert seen == [2, 1]
    assert client.get(f"/files/{second}").status_code == 404


def test_a_file_is_attached_and_removed(cast: Cast) -> None:
    ticket, agent = taken(cast), Program.of(cast.agent)
    number = bring(agent).json()["id"]
    assert agent.post(f"/tickets/{ticket.pk}/attach", files=[]).status_code == 422
    assert agent.post(f"/tickets/{ticket.pk}/attach", files=[number]).status_code == 200
    assert agent.post(f"/tickets/{ticket.pk}/remove_file", file=number).status_code == 200
    assert agent.get(f"/files/{number}").status_code == 404


def test_a_draft_is_thrown_away(cast: Cast) -> None:
    agent, head = Program.of(cast.agent), Program.of(cast.head)
    number = bring(agent).json()["id"]
    assert head.post(f"/files/{number}/discard").status_code == 404
    assert agent.post(f"/files/{number}/discard").status_code == 204
    assert not Attachment.objects.exists()


def test_the_name_may_be_said_apart(cast: Cast) -> None:
    made = bring(Program.of(cast.agent), said="R&amp;D №1.txt")
    assert made.json()["name"] == "R&amp;D №1.txt"


@pytest.mark.parametrize(("content", "status"), [(b"MZ" + bytes(99), 422), (b"", 422)])
def test_what_is_not_taken_is_a_problem_with_a_reason(
    cast: Cast, content: bytes, status: int
) -> None:
    answer = bring(Program.of(cast.agent), content)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_missing_check_for_viruses_is_a_503(cast: Cast, settings: Any) -> None:
    settings.CLAMD = "/nowhere/clamd"
    assert bring(Program.of(cast.agent)).status_code == 503


def test_a_token_that_only_reads_brings_nothing(cast: Cast) -> None:
    assert bring(Program.of(cast.agent, "read")).status_code == 403


def test_json_is_no_file(cast: Cast) -> None:
    assert Program.of(cast.agent).post("/files", name="x").status_code == 415


def test_a_file_needs_no_name_besides_its_own(cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {Program.of(cast.agent).token}"}
    body = {"file": SimpleUploadedFile("акт.txt", b"text")}
    made = Program.of(cast.agent).client.post(f"{ROOT}/files", body, headers=headers)
    assert (made.status_code, made.json()["name"]) == (201, "акт.txt")
