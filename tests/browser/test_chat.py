"""Two people talk: each sees at once what the other says, changes, reads and writes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests import files
from tests.browser.opening import Open

playwright = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect  # noqa: E402

pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def write(page: Any, text: str) -> None:
    field = page.get_by_role("textbox", name="Message")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def said(page: Any) -> Any:
    return page.locator("[data-messages]")


@pytest.fixture
def talkers(made: Any, open_at: Open) -> tuple[Any, Any]:
    _installation, insider = made
    insider.do("from estafeta.chat.actions import *; from estafeta.chat.models import *")
    insider.do("RoomFile.objects.all().delete(); Room.objects.update(last_message=None)")
    insider.do("Message.objects.all().delete()")
    room = insider.ask("open_direct(cast.agent_b, by=cast.agent).pk")
    return open_at("anna", f"/chat/{room}"), open_at("boris", f"/chat/{room}")


def test_what_is_said_is_there_at_once_and_its_reading_is_seen(talkers: tuple[Any, Any]) -> None:
    anna, boris = talkers
    write(anna, "Is the **router** back?")
    expect(said(anna)).to_contain_text("Is the router back?")
    expect(said(boris)).to_contain_text("Is the router back?")
    boris.bring_to_front()
    expect(anna.locator(".message-mine.is-read")).to_have_count(1)
    write(boris, "Yes")
    expect(said(anna)).to_contain_text("Yes")
    expect(said(anna).locator("[data-message]")).to_have_count(2)
    expect(said(boris).locator("[data-message]")).to_have_count(2)


def test_what_a_gateway_lost_the_answer_to_is_said_once(talkers: tuple[Any, Any]) -> None:
    anna, boris = talkers

    def lose(route: Any) -> None:
        route.fetch()
        route.fulfill(status=504, body="Gateway Time-out")

    anna.route(
        lambda url: "/chat/" in url,
        lambda route: lose(route) if route.request.method == "POST" else route.continue_(),
    )
    field = anna.get_by_role("textbox", name="Message")
    field.fill("Only once")
    field.press("Enter")
    expect(anna.locator("[data-chat-error]")).to_be_visible()
    expect(said(boris)).to_contain_text("Only once")
    anna.unroute_all()
    field.press("Enter")
    expect(field).to_have_value("")
    expect(said(anna).locator("[data-message]")).to_have_count(1)
    expect(said(boris).locator("[data-message]")).to_have_count(1)


def test_who_writes_is_told_and_what_was_typed_stays_for_later(talkers: tuple[Any, Any]) -> None:
    anna, boris = talkers
    field = boris.get_by_role("textbox", name="Message")
    field.press_sequentially("I am just wri", delay=30)
    expect(anna.locator("[data-writes-line]")).to_contain_text("Boris Agent writes")
    boris.wait_for_timeout(500)
    boris.reload()
    expect(boris.get_by_role("textbox", name="Message")).to_have_value("I am just wri")


def test_an_answer_an_edit_and_a_taking_back_reach_the_other(talkers: tuple[Any, Any]) -> None:
    anna, boris = talkers
    write(anna, "At nine")
    expect(said(boris)).to_contain_text("At nine")
    boris.locator(".message").first.hover()
    boris.get_by_role("link", name="What to do with the message").click()
    boris.get_by_role("menuitem", name="Answer").click()
    write(boris, "Fine")
    expect(said(anna).locator(".bubble-answers")).to_contain_text("At nine")
    anna.get_by_role("textbox", name="Message").press("ArrowUp")
    anna.get_by_role("dialog").get_by_label("Text").fill("At ten")
    anna.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(said(boris).locator(".message-text").first).to_have_text("At ten")
    expect(said(boris)).to_contain_text("edited")
    anna.locator(".message-mine").first.hover()
    anna.locator(".message-mine [data-message-menu]").first.click()
    anna.get_by_role("menuitem", name="Take back").click()
    anna.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(said(boris)).to_contain_text("This message was taken back.")
    expect(said(boris)).not_to_contain_text("At ten")


def test_a_picture_is_sent_and_opens(talkers: tuple[Any, Any]) -> None:
    anna, boris = talkers
    sent = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}
    anna.locator("#chat-files").set_input_files(sent)
    expect(anna.locator(".file-chip[data-file]")).to_have_count(1)
    anna.get_by_role("button", name="Send").click()
    expect(anna.locator(".file-chip")).to_have_count(0)
    boris.locator("[data-messages] .picture a").click()
    expect(boris.get_by_role("dialog")).to_contain_text("photo.jpg")


def test_signs_are_completed_and_chosen(talkers: tuple[Any, Any]) -> None:
    anna, _boris = talkers
    field = anna.get_by_role("textbox", name="Message")
    field.press_sequentially("Good :thum", delay=30)
    expect(anna.get_by_role("option", name="thumbsup")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("Good 👍")
    anna.get_by_role("button", name="Emoji").click()
    anna.get_by_role("button", name="fire", exact=True).click()
    expect(field).to_have_value("Good 👍🔥")
    field.press("Shift+Enter")
    field.press_sequentially("Second line")
    field.press("Enter")
    expect(said(anna).locator(".message-text")).to_have_text(re.compile("Good 👍🔥\\s*Second line"))


def test_the_menu_counts_talks_with_news_on_every_page(made: Any, open_at: Open) -> None:
    _installation, insider = made
    insider.do("from estafeta.chat.actions import *; from estafeta.chat.models import *")
    inbox = open_at("hugo", "/inbox")
    inbox.wait_for_timeout(1_500)
    badge = inbox.locator('#navigation [data-counter="chat"]')
    before = badge.text_content() or "0"
    insider.do("write(open_direct(cast.head, by=cast.agent2), 'Hello', by=cast.agent2)")
    expect(badge).to_have_text(str(int(before) + 1))
    inbox.goto("/chat")
    inbox.locator("[data-room-link]", has_text="Vera Accounting").click()
    expect(inbox.locator('#navigation [data-counter="chat"]')).to_have_text(before.replace("0", ""))


def test_whoever_leaves_a_department_hears_no_more_of_it(made: Any, open_at: Open) -> None:
    _installation, insider = made
    insider.do("from estafeta.chat.actions import *; from estafeta.chat.models import *")
    room = insider.ask("department_room(cast.accounting.pk).pk")
    vera = open_at("vera", f"/chat/{room}")
    insider.do("hank = member(person('hank', 'Hank'), cast.accounting)")
    insider.do(f"write(Room.objects.get(pk={room}), 'Before', by=hank)")
    expect(said(vera)).to_contain_text("Before")
    insider.do("Membership.objects.filter(person=cast.agent2).delete(); Site.rights_changed()")
    insider.do(f"write(Room.objects.get(pk={room}), 'After', by=hank)")
    vera.wait_for_timeout(2_500)
    expect(vera.locator("body")).not_to_contain_text("After")
    insider.do("member(cast.agent2, cast.accounting); Site.rights_changed()")


def test_everything_of_a_talk_is_reached_with_the_keyboard_and_said(
    talkers: tuple[Any, Any],
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    anna, boris = talkers
    write(boris, "Hello")
    expect(said(anna)).to_contain_text("Hello")
    expect(anna.locator("#spoken")).to_contain_text("Boris Agent: Hello")
    found = Axe().run(anna)
    assert found.violations_count == 0, found.generate_report()
    anna.set_viewport_size({"width": 390, "height": 844})
    found = Axe().run(anna)
    assert found.violations_count == 0, found.generate_report()
    assert anna.evaluate("document.documentElement.scrollWidth") <= 390
