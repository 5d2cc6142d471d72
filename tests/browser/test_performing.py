"""Performers in a browser: evidence on completion, an agreed deadline, parts of several."""

from __future__ import annotations

import pytest

from tests import files
from tests.browser.opening import PHONE, Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def test_completion_on_a_phone_asks_for_what_the_ticket_wants(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    asked = "ticket = taken(cast, evidence=['number', 'photo']); answer = ticket.pk"
    page = open_at("anna", f"/tickets/{insider.do(asked)}", **PHONE)
    page.locator(".ticket-verbs > [data-verb=complete]").click()
    dialog = page.locator("#dialog")
    dialog.locator("[name=reason]").fill("A new disk")
    dialog.get_by_label("Number").fill("114-A")
    dialog.get_by_role("button", name="Complete").click()
    dialog.get_by_text("Add a photo: this ticket asks for it.").wait_for()
    assert dialog.locator("[name=reason]").input_value() == "A new disk"
    assert dialog.get_by_label("Number").input_value() == "114-A"
    photo = {"name": "disk.png", "mimeType": "image/png", "buffer": files.png()}
    dialog.locator("input[type=file]").first.set_input_files(photo)
    dialog.locator("[data-file] img").wait_for()
    dialog.get_by_role("button", name="Complete").click()
    page.locator("#ticket-top .status-done").wait_for()
    assert not dialog.is_visible()
    facts = insider.ask("ticket.entries.get(verb='complete').facts")
    assert (facts["number"], facts["files"][0]["name"]) == ("114-A", "disk.png")


def test_a_deadline_is_agreed_to_in_one_tap(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = insider.do("ticket = taken(cast, requester=cast.client); answer = ticket.pk")
    page = open_at("anna", f"/tickets/{number}")
    page.get_by_role("button", name="More actions").last.click()
    page.locator("[data-verb=propose_deadline]").click()
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="In a week").click()
    dialog.locator("[name=reason]").fill("A fuse by post")
    dialog.get_by_role("button", name="Propose").click()
    page.locator("#ticket-top", has_text="Whoever asked has to answer.").wait_for()
    asker = open_at("clara", f"/tickets/{number}")
    asker.locator("#ticket-top", has_text="A fuse by post").wait_for()
    asker.get_by_role("button", name="Agree", exact=True).click()
    asker.locator("#story-live", has_text="agrees to the deadline").wait_for()
    assert not asker.get_by_role("button", name="Agree", exact=True).is_visible()
    page.locator("#story-live", has_text="agrees to the deadline").wait_for()
    ticket = "Ticket.objects.get(pk=ticket.pk)"
    assert insider.ask(f"{ticket}.proposed_due is None and {ticket}.deadline is not None")


def test_several_are_assigned_to_finish_separately(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = insider.do("ticket = order(cast); answer = ticket.pk")
    page = open_at("hugo", f"/tickets/{number}")
    page.locator(".ticket-verbs > [data-verb=assign]").click()
    dialog = page.locator("#dialog")
    separate = dialog.get_by_label("Each finishes separately")
    separate.wait_for(state="hidden")
    dialog.locator("[data-pick-suggested] button", has_text="Boris Agent").click()
    dialog.get_by_role("combobox").fill("Anna")
    dialog.get_by_role("option", name="Anna Agent").click()
    separate.check()
    dialog.get_by_role("button", name="Assign").click()
    call = page.locator("#ticket-side .roll-call")
    call.wait_for()
    insider.do("actions.take(ticket, by=cast.agent); actions.complete(ticket, by=cast.agent)")
    page.locator("#ticket-side", has_text="1 of 2").wait_for()
    assert insider.ask("Ticket.objects.get(pk=ticket.pk).status") == "in_progress"
