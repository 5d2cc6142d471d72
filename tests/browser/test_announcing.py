"""An announcement reaches an open page by itself, is closed with the keyboard, and the feed moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estafeta.tickets.proof.storyfile.checking import check
from estafeta.tickets.proof.storyfile.reading import read
from tests.browser.opening import CHROMIUM, QUIET
from tests.browser.test_live_tabs import Browser
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _announcements(made: tuple[Installation, Insider]) -> None:
    """What all of them call."""
    _installation, insider = made
    insider.do("from estafeta.accounts.actions import announcements")


@pytest.fixture
def browser(made: tuple[Installation, Insider]) -> Iterator[Browser]:
    installation, insider = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield Browser(installation, engine, insider.ask("sign_in('anna')"))
        finally:
            engine.close()


def test_it_comes_and_goes_on_an_open_page(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    _installation, insider = made
    tab = browser.open("/inbox")
    tab.wait_for_timeout(1000)
    insider.do(
        "row = announcements.announce(by=cast.admin, text='The server rests', level='danger')"
    )
    shown = tab.locator(".announcement")
    shown.wait_for(timeout=15_000)
    assert "The server rests" in shown.inner_text()
    shown.get_by_role("button").focus()
    tab.keyboard.press("Enter")
    shown.wait_for(state="detached", timeout=5_000)
    tab.reload()
    assert tab.locator(".announcement").count() == 0
    insider.do(
        "announcements.change_announcement(row, by=cast.admin, text='Now it works', level='info', "
        "audience='everybody')"
    )
    shown.wait_for(timeout=15_000)
    insider.do("announcements.withdraw_announcement(row, by=cast.admin)")
    shown.wait_for(state="detached", timeout=15_000)
    assert browser.errors == []


def test_the_feed_moves_by_itself(made: tuple[Installation, Insider], browser: Browser) -> None:
    _installation, insider = made
    tab = browser.open("/feed")
    tab.wait_for_timeout(1000)
    insider.do(
        "fed = actions.open_ticket(by=cast.client, title='Printer on fire', department=cast.it).ticket"
    )
    tab.locator("#feed-body").get_by_text("Printer on fire").wait_for(timeout=15_000)
    insider.do("actions.note(fed, by=cast.head, text='Bring sand')")
    tab.locator("#feed-body").get_by_text("Bring sand").wait_for(timeout=15_000)
    assert browser.errors == []


def test_a_story_is_taken_home_from_the_menu_and_proves_itself(
    made: tuple[Installation, Insider], browser: Browser, tmp_path: Path
) -> None:
    _installation, insider = made
    insider.do(
        "one = actions.open_ticket(by=cast.client, title='Доказать', department=cast.it).ticket"
    )
    insider.do("actions.take(one, by=cast.agent)")
    number = insider.ask("one.pk")
    tab = browser.open(f"/tickets/{number}")
    tab.locator("[popovertarget=verbs]").click()
    tab.get_by_role("menuitem", name="Why do I see this?").click()
    tab.locator("#dialog").get_by_text("You work on it.").wait_for()
    tab.keyboard.press("Escape")
    tab.locator("[popovertarget=verbs]").click()
    tab.get_by_role("menuitem", name="The story as a file").click()
    for name, words in (("story.json", "Save as JSON"), ("story.pdf", "Save as PDF")):
        with tab.expect_download(timeout=60_000) as got:
            tab.get_by_role("link", name=words).click()
        file = tmp_path / name
        got.value.save_as(file)
        story: tuple[Any, list[str]] = read(file)
        assert story[1] == []
        assert check(story[0]).faults == []
    assert "Доказать" in json.dumps(story[0], ensure_ascii=False)
    assert browser.errors == []


def test_a_pressing_one_pops_up_and_asks_for_a_word(
    made: tuple[Installation, Insider], open_at: Any
) -> None:
    _installation, insider = made
    reader = open_at("anna", "/inbox")
    reader.wait_for_timeout(1000)
    sender = open_at("ada", "/announcements/new")
    sender.fill("textarea[name=text]", "The **server** rests at noon")
    sender.select_option("select[name=audience]", "roles")
    sender.check("input[name=roles][value=agents]")
    sender.check("input[name=asks_for_word]")
    sender.check("input[name=pops_up]")
    sender.get_by_role("button", name="Who will get it?").click()
    sender.locator("#announcement-readers .callout").wait_for()
    assert "Anna Agent" in sender.locator("#announcement-readers").inner_text()
    sender.get_by_role("button", name="Send", exact=True).click()
    sender.wait_for_url("**/announcements")
    reader.locator(".toast", has_text="The server rests at noon").wait_for()
    reader.get_by_role("button", name="I have read this").click()
    reader.locator(".announcement").wait_for(state="detached")
    sender.get_by_role("link", name="Readers").first.click()
    sender.get_by_role("link", name="Have read").click()
    assert "Anna Agent" in sender.locator("table").inner_text()
    insider.do(
        "announcements.withdraw_announcement(announcements.Announcement.objects.latest('pk'), by=cast.admin)"
    )
