"""The ticket page in a browser: what is typed stays, whatever others do meanwhile."""

from __future__ import annotations

import pytest

from tests.browser.opening import Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def new_ticket(insider: Insider) -> int:
    return int(insider.do("ticket = taken(cast); answer = ticket.pk"))


def test_what_i_type_stays_while_others_write(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    page = open_at("anna", f"/tickets/{new_ticket(insider)}")
    page.fill("#composer-text", "half a sentence")
    insider.do("actions.reply(ticket, by=cast.director, text='How is it going?')")
    page.locator(".bubble", has_text="How is it going?").wait_for()
    assert page.input_value("#composer-text") == "half a sentence"
    page.reload()
    page.get_by_text("We brought back what you typed before.").wait_for()
    assert page.input_value("#composer-text") == "half a sentence"
    page.focus("#composer-text")
    page.keyboard.press("Control+Enter")
    page.locator(".bubble", has_text="half a sentence").wait_for()
    assert page.input_value("#composer-text") == ""
    assert insider.ask("Comment.objects.filter(text='half a sentence', kind='reply').count()") == 1


def test_a_note_looks_and_goes_like_a_note(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    page = open_at("anna", f"/tickets/{new_ticket(insider)}")
    page.locator(".composer-kind-note").click()
    page.fill("#composer-text", "for staff")
    assert not page.get_by_role("button", name="Send reply").is_visible()
    page.get_by_role("button", name="Save note").click()
    page.locator(".bubble-note", has_text="for staff").wait_for()
    assert insider.ask("Comment.objects.get(text='for staff').kind") == "note"
    assert page.get_attribute("#composer", "data-kind") == "note"


def test_arrows_walk_what_the_menu_of_verbs_shows(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    page = open_at("anna", f"/tickets/{new_ticket(insider)}")
    page.locator(".ticket-verbs > [popovertarget]").press("Enter")
    entry = page.locator("#verbs [role=menuitem]:focus")
    entry.wait_for()
    first = entry.inner_text()
    page.keyboard.press("ArrowDown")
    assert entry.inner_text() != first
    # On a phone the verbs that have no room beside the first two are in the menu.
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    hidden = page.locator(".ticket-verbs > [data-verb]:nth-child(n + 3)").first
    verb = hidden.get_attribute("data-verb")
    assert not hidden.is_visible()
    page.locator(".ticket-verbs > [popovertarget]").click()
    page.locator(f"#verbs [data-verb={verb}]").wait_for()


def test_the_dialog_tells_what_happened_and_goes_on(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    page = open_at("anna", f"/tickets/{new_ticket(insider)}")
    page.locator(".ticket-verbs > [popovertarget]").click()
    page.locator("#verbs [data-verb=wait]").click()
    dialog = page.locator("#dialog")
    dialog.locator("[name=wait_for][value=part]").check()
    dialog.locator("[name=reason]").fill("a fuse by post")
    insider.do("actions.set_priority(ticket, by=cast.director, priority=4, reason='the boss')")
    dialog.get_by_role("button", name="Wait").click()
    dialog.get_by_text("changes the priority: Normal → Urgent").wait_for()
    assert dialog.locator("[name=reason]").input_value() == "a fuse by post"
    assert dialog.locator("[name=wait_for][value=part]").is_checked()
    dialog.get_by_role("button", name="Do it anyway").click()
    page.locator("#ticket-top .status-waiting").wait_for()
    assert not dialog.is_visible()
    assert insider.ask("Ticket.objects.get(pk=ticket.pk).wait_reason") == "a fuse by post"


def test_a_ticket_that_leaves_my_desk_leaves_my_screen_kindly(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = insider.do("ticket = order(cast); answer = ticket.pk")
    page = open_at("boris", f"/tickets/{number}")
    page.wait_for_timeout(1500)
    insider.do("actions.hand_over(ticket, by=cast.head, department=cast.accounting, reason='x')")
    page.locator(".toast", has_text=f"Ticket {number} has left your desk.").wait_for()
    assert page.url.endswith("/inbox")


def test_a_call_is_recorded_for_a_new_client(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    insider.do("topic = Topic.objects.create(name='Phones', department=cast.network)")
    page = open_at("anna", "/tickets/new")
    page.get_by_label("Somebody else").check()
    page.get_by_role("combobox", name="Who is it").fill("Nora New")
    page.get_by_role("option", name="New client").click()
    page.get_by_label("Phone", exact=True).fill("+7 312 214")
    page.get_by_label("Title").fill("The phone is dead")
    page.get_by_label("Topic").select_option(label="Phones")
    assert (
        page.get_by_label("To the department").locator("option:checked").inner_text().strip()
        == "Network"
    )
    page.get_by_role("button", name="In a week").click()
    assert page.get_by_label("Deadline").input_value()
    page.get_by_role("button", name="Send the ticket").click()
    page.get_by_text("Is it this one?").wait_for()
    assert page.get_by_label("Title").input_value() == "The phone is dead"
    page.get_by_role("button", name="Yes, it is this one").click()
    page.get_by_role("heading", name="The phone is dead").wait_for()
    page.locator(".toast", has_text="is on its way").wait_for()
    assert insider.ask("Ticket.objects.latest('pk').requester.login") == "clara"
    page.get_by_role("link", name="One more").click()
    page.get_by_role("heading", name="New ticket").wait_for()
    page.wait_for_timeout(500)
    assert page.get_by_label("Title").input_value() == ""


def test_without_javascript_everything_still_works(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = insider.do("ticket = order(cast); answer = ticket.pk")
    page = open_at("anna", f"/tickets/{number}", java_script_enabled=False)
    page.locator(".ticket-verbs > [data-verb=take]").click()
    page.locator(".toast", has_text=f"Ticket {number} is taken.").wait_for()
    page.locator(".ticket-verbs > [data-verb=hand_over]").click()
    page.locator("noscript select[name=people]").select_option(label="Boris Agent")
    page.locator("[name=reason]").fill("yours")
    page.get_by_role("button", name="Hand over").click()
    page.get_by_text("hands the ticket over: Boris Agent").wait_for()
    page.locator(".composer-kind-note").click()
    page.fill("#composer-text", "plain note")
    page.get_by_role("button", name="Send reply").click()
    page.locator(".bubble-note", has_text="plain note").wait_for()
