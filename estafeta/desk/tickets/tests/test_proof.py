"""A ticket's story is taken home as a file, and the page says why its reader sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from estafeta.desk.tickets import proof
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.proof.storyfile import pdf
from estafeta.tickets.proof.storyfile.checking import check
from tests.cast import Cast

Door = Callable[..., Client]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """With a note."""
    found = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    actions.note(found, by=cast.agent, text="A secret")
    return found


def test_the_file_holds_what_its_reader_may_read(cast: Cast, ticket: Ticket, at: Door) -> None:
    for person, knows in ((cast.agent, True), (cast.client, False)):
        answer = at(person).get(f"/tickets/{ticket.pk}/story.json")
        assert answer["Content-Disposition"] == f'attachment; filename="ticket-{ticket.pk}.json"'
        assert check(json.loads(answer.content)).faults == []
        assert ("A secret" in answer.content.decode()) == knows


@pytest.mark.slow
def test_the_same_as_a_pdf(cast: Cast, ticket: Ticket, at: Door) -> None:
    answer = at(cast.client).get(f"/tickets/{ticket.pk}/story.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"secret" not in answer.content


@pytest.mark.parametrize("fault", [pdf.NoPrinter, pdf.TooLong, pdf.NotPrinted, pdf.Busy])
def test_a_pdf_that_cannot_be_made_is_told_in_words(
    cast: Cast, ticket: Ticket, at: Door, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def fails(story: Any) -> bytes:
        raise fault

    monkeypatch.setattr(pdf, "printed", fails)
    answer = at(cast.agent).get(f"/tickets/{ticket.pk}/story.pdf", follow=True)
    assert answer.redirect_chain == [(f"/tickets/{ticket.pk}/file", 303)]
    assert "toast-error" in answer.content.decode()
    assert pdf._printer.acquire(blocking=False), "the printer is free again"
    pdf._printer.release()


def test_a_very_long_story_is_not_printed_here(
    cast: Cast, ticket: Ticket, at: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "MOST_ENTRIES", 1)
    monkeypatch.setattr(pdf, "MOST_ENTRIES", 1)
    page = at(cast.agent).get(f"/tickets/{ticket.pk}/file").content.decode()
    assert "Save as PDF" not in page
    assert "Save as JSON" in page
    assert at(cast.agent).get(f"/tickets/{ticket.pk}/story.pdf").status_code == 303


def test_the_page_says_why_its_reader_sees_the_ticket(cast: Cast, ticket: Ticket, at: Door) -> None:
    own = at(cast.client).get(f"/tickets/{ticket.pk}/why").content.decode()
    assert "You wrote it." in own
    dialog = at(cast.agent).get(f"/tickets/{ticket.pk}/why", headers={"HX-Request": "true"})
    assert "It is in IT, and you belong there." in dialog.content.decode()
    assert "<html" not in dialog.content.decode()
    for what in ("why", "file", "story.json", "story.pdf"):
        assert at(cast.stranger).get(f"/tickets/{ticket.pk}/{what}").status_code == 404


def test_the_ticket_offers_both(cast: Cast, ticket: Ticket, at: Door) -> None:
    page = at(cast.client).get(f"/tickets/{ticket.pk}").content.decode()
    assert f"/tickets/{ticket.pk}/why" in page
    assert f"/tickets/{ticket.pk}/file" in page
