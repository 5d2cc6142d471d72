"""Writing under a ticket in a browser: answers, templates, drafts on two devices, who will read it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.opening import PHONE, Open
from tests.browser.test_accessibility import RULES
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def asked_ticket(insider: Insider) -> int:
    """Anna works on it for Clara, who has asked something."""
    return int(
        insider.do(
            "ticket = taken(cast, requester=cast.client);"
            "said = actions.reply(ticket, by=cast.client, text='When will **you** come?').comment;"
            "answer = ticket.pk"
        )
    )


def test_a_comment_is_answered_with_a_template_by_keyboard_alone(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = asked_ticket(insider)
    insider.do(
        "from estafeta.tickets.conversation import answer_templates as kept;"
        "[kept.save(by=cast.agent, title=title, text=text, place=kept.OWN) for title, text in"
        " (('Come', 'I come today, {requester}.'), ('Wait', 'Please wait.'))]"
    )
    page = open_at("anna", f"/tickets/{number}")
    page.locator(".bubble-more").focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitemcheckbox", name="Agreed").wait_for()
    quote = page.get_by_role("menuitem", name="Quote")
    for _press in range(12):
        if quote.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#composer-text")).to_have_value(re.compile("When"))
    page.keyboard.press("Control+Period")
    page.get_by_role("option", name="Wait").wait_for()
    page.keyboard.type("come")
    playwright.expect(page.locator("#template-options [data-index]")).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.input_value("#composer-text") == (
        "> **Clara Client**:\n> When will **you** come?\n\nI come today, Clara Client."
    )
    page.keyboard.press("Control+Enter")
    question = page.locator("#confirm")
    question.get_by_text("Clara Client is a client and will read this reply.").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".bubble .bubble-answers", has_text="When will you come?").wait_for()
    page.locator("#composer-text").fill("And a second one")
    page.keyboard.press("Control+Enter")
    page.locator(".bubble", has_text="And a second one").wait_for()
    assert not question.is_visible()
    assert insider.ask("Comment.objects.filter(answers=said).count()") == 1


def test_what_began_as_a_note_does_not_slip_out_as_a_reply(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    page = open_at("anna", f"/tickets/{asked_ticket(insider)}")
    page.locator("#composer-text").fill("A first reply")
    page.keyboard.press("Control+Enter")
    page.locator("#confirm").get_by_role("button", name="Send reply").click()
    page.locator(".bubble", has_text="A first reply").wait_for()
    page.locator(".composer-kind-note").click()
    page.get_by_text("Clara Client does not see it").wait_for()
    page.locator("#composer-text").fill("She always forgets it")
    page.locator(".composer-kind-reply").click()
    page.get_by_role("button", name="Send reply").click()
    page.locator("#confirm").get_by_role("button", name="Cancel").click()
    assert page.input_value("#composer-text") == "She always forgets it"
    assert insider.ask("Comment.objects.filter(text='She always forgets it').count()") == 0


def test_a_draft_goes_on_on_the_phone_and_ends_when_it_is_sent(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = asked_ticket(insider)
    desk = open_at("anna", f"/tickets/{number}")
    desk.locator(".composer-kind-note").click()
    desk.locator("#composer-text").fill("Begun at the desk")
    with desk.expect_response(lambda answer: answer.url.endswith("/draft")):
        desk.wait_for_timeout(2600)
    phone = open_at("anna", f"/tickets/{number}", **PHONE)
    phone.get_by_text("You began to write this on another device.").wait_for()
    assert phone.input_value("#composer-text") == "Begun at the desk"
    assert phone.get_attribute("#composer", "data-kind") == "note"
    phone.locator("#composer-text").fill("Begun at the desk, sent from the phone")
    phone.get_by_role("button", name="Save note").click()
    phone.locator(".bubble-note", has_text="sent from the phone").wait_for()
    assert insider.ask("Draft.objects.count()") == 0
    other = open_at("anna", f"/tickets/{number}", **PHONE)
    other.wait_for_timeout(800)
    assert other.input_value("#composer-text") == ""


def test_a_slip_is_corrected_and_a_sign_given(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = asked_ticket(insider)
    clara: Any = open_at("clara", f"/tickets/{number}", **PHONE)
    clara.locator(".bubble-more").click()
    clara.get_by_role("menuitem", name="Edit").click()
    dialog = clara.locator("#dialog")
    dialog.locator("textarea").fill("When will you come today?")
    dialog.get_by_role("button", name="Save").click()
    clara.locator(".bubble", has_text="When will you come today?").wait_for()
    anna = open_at("anna", f"/tickets/{number}")
    anna.locator(".timeline").get_by_role("link", name="What it said before").click()
    anna.locator("#dialog", has_text="When will **you** come?").wait_for()
    anna.keyboard.press("Escape")
    anna.locator(".bubble-more").first.click()
    anna.get_by_role("menuitemcheckbox", name="Looking into it").click()
    anna.locator(".signs .sign[aria-pressed=true]").wait_for()
    clara.reload()
    clara.locator(".sign", has_text="Looking into it").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens_over_a_ticket(
    made: tuple[Installation, Insider], open_at: Open, scheme: str
) -> None:
    _installation, insider = made
    number = asked_ticket(insider)
    insider.do("actions.note(ticket, by=cast.agent, text='Hm', answers=said.pk)")
    insider.do("from estafeta.tickets.conversation import reactions")
    insider.do("reactions.react(ticket, said.pk, 'looking', by=cast.agent)")
    page = open_at(
        "anna", f"/tickets/{number}", bypass_csp=True, color_scheme=scheme, reduced_motion="reduce"
    )
    found = violations(page)
    page.locator(".bubble-more").last.click()
    page.get_by_role("menuitem", name="Delete").wait_for()
    found += violations(page)
    page.get_by_role("menuitem", name="Answer this comment").click()
    page.get_by_text("In answer to:").wait_for()
    found += violations(page)
    page.keyboard.press("Control+Period")
    page.locator("#template-options [role=option]").first.wait_for()
    found += violations(page)
    assert not found, "\n".join(found)


def violations(page: Any) -> list[str]:
    told = axe.Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:300]}" for rule in told for node in rule["nodes"]]
