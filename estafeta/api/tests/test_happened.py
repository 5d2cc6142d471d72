"""What happened, what has to be known and what can be proved, for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from estafeta.accounts.models import Announcement
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.proof import sealing
from estafeta.tickets.proof.storyfile import pdf
from estafeta.tickets.proof.storyfile.checking import check
from tests.cast import Cast
from tests.program import Program, pointers


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """With a note."""
    found = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    actions.take(found, by=cast.agent)
    actions.note(found, by=cast.agent, text="A secret")
    return found


def test_a_story_is_fetched_and_proves_itself(cast: Cast, ticket: Ticket) -> None:
    for person, knows in ((cast.agent, True), (cast.client, False)):
        answer = Program.of(person, "read").get(f"/tickets/{ticket.pk}/story.json")
        assert check(answer.json()).faults == []
        assert ("A secret" in answer.content.decode()) == knows
    assert Program.of(cast.stranger).get(f"/tickets/{ticket.pk}/story.json").status_code == 404


def test_a_pdf_that_cannot_be_made_is_a_problem(
    cast: Cast, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "printed", lambda _story: b"%PDF-1.7")
    answer = Program.of(cast.agent).get(f"/tickets/{ticket.pk}/story.pdf")
    assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7")
    monkeypatch.setattr(pdf, "MOST_ENTRIES", 1)
    answer = Program.of(cast.agent).get(f"/tickets/{ticket.pk}/story.pdf")
    assert answer.status_code == 503
    assert "JSON" in answer.json()["detail"]


def test_why_one_sees_it(cast: Cast, ticket: Ticket) -> None:
    answer = Program.of(cast.lead).get(f"/tickets/{ticket.pk}/why").json()
    assert [reason["path"] for reason in answer["reasons"]] == ["organisation's lead"]


def test_the_feed_is_read_page_by_page(cast: Cast, ticket: Ticket) -> None:
    program, found, query = Program.of(cast.agent), [], {"limit": 2}
    while True:
        page = program.get("/feed", **query).json()
        found += [event["entry"]["verb"] for event in page["events"]]
        if not page["next"]:
            break
        query["after"] = page["next"]
    assert found == ["note", "take", "open"]
    assert [e["entry"]["verb"] for e in program.get("/feed", kind="said").json()["events"]] == [
        "note"
    ]
    client = Program.of(cast.client).get("/feed").json()["events"]
    assert [event["entry"]["verb"] for event in client] == ["take", "open"]
    assert program.get("/feed", since="9999-12-31T23:59:59Z").json()["events"] == []
    assert len(program.get("/feed", until="9999-12-31T23:59:59Z").json()["events"]) == 3
    assert program.get("/feed", after="nonsense").status_code == 422
    assert program.get("/feed", kind="nonsense").status_code == 422


def test_announcements_are_sent_read_closed_and_withdrawn(cast: Cast) -> None:
    admin, client = Program.of(cast.admin), Program.of(cast.client)
    until = (timezone.now() + timedelta(days=1)).isoformat()
    sent = admin.post("/announcements", text="No **power**", level="danger", ends_at=until)
    assert sent.status_code == 201
    number = sent.json()["id"]
    [shown] = client.get("/announcements").json()["announcements"]
    assert (shown["text"], shown["level"], shown["state"]) == ("No **power**", "danger", "shown")
    assert client.post(f"/announcements/{number}/close").status_code == 200
    assert client.get("/announcements").json()["announcements"] == []
    assert client.post(f"/announcements/{number}/withdraw").status_code == 404
    assert admin.post(f"/announcements/{number}/withdraw").status_code == 200
    assert admin.post(f"/announcements/{number}/withdraw").status_code == 422
    assert Announcement.objects.get().state == "withdrawn"


def test_what_is_wrong_with_an_announcement_is_said(cast: Cast) -> None:
    assert Program.of(cast.agent).post("/announcements", text="Hello").status_code == 403
    assert Program.of(cast.admin, "read").post("/announcements", text="Hello").status_code == 403
    program = Program.of(cast.admin)
    assert pointers(program.post("/announcements", text=" ")) == ["/text"]
    answer = program.post("/announcements", text="x", audience="departments", departments=[99])
    assert pointers(answer) == ["/departments"]
    stays = program.post("/announcements", text="Hello", is_dismissable=False).json()["id"]
    assert Program.of(cast.client).post(f"/announcements/{stays}/close").status_code == 422
    staff = program.post("/announcements", text="Hello", audience="staff").json()["id"]
    assert Program.of(cast.client).post(f"/announcements/{staff}/close").status_code == 404


def test_administrators_read_the_seals(cast: Cast, ticket: Ticket) -> None:
    [seal] = sealing.seal_all()
    [read] = Program.of(cast.admin, "read").get("/seals").json()["seals"]
    assert (read["number"], read["hash"], read["entries"]) == (1, seal.hash, 3)
    assert Program.of(cast.director).get("/seals").status_code == 404
