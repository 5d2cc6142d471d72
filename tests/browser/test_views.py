"""Lists in a browser: a group of filters becomes a view in the menu; columns; what was looked for."""

from __future__ import annotations

import re

import pytest

from tests.browser.opening import Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _tickets(made: tuple[Installation, Insider]) -> None:
    """Two tickets for all of them."""
    _installation, insider = made
    insider.do("order(cast, title='Urgent disk', priority=4); order(cast, title='Usual')")


def test_a_group_of_filters_becomes_a_view_with_its_number_in_the_menu(open_at: Open) -> None:
    page = open_at("anna", "/inbox")
    page.keyboard.press("f")
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="Add a group").click()
    # The parts of a form that has just come listen a moment later.
    page.locator("#dialog:not(.htmx-settling) #filter-group-1").wait_for()
    page.wait_for_timeout(100)
    group = dialog.locator("#filter-group-1")
    dialog.get_by_label("One condition more").select_option("1.priority")
    group.get_by_label("Urgent").check()
    page.wait_for_timeout(100)
    dialog.get_by_label("One condition more").select_option("1.unread")
    assert group.get_by_label("Urgent").is_checked(), "what was chosen stays"
    dialog.get_by_label("How the conditions of the group go together").select_option("all")
    dialog.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile(r"/inbox\?1\.priority=4$"))
    assert page.locator("[data-row]").count() == 1
    page.get_by_role("link", name="Save as a view").click()
    dialog.get_by_label("Name of the view").fill("Burning")
    dialog.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/views/\d+$"))
    number = page.locator("#navigation [data-counter^=view-]")
    playwright.expect(number).to_have_text("1")
    page.locator("[popovertarget=list-more]").click()
    page.get_by_role("menuitem", name="Columns and rows").click()
    dialog.get_by_label("Requester", exact=True).check()
    dialog.get_by_role("button", name="Move Requester up").click()
    dialog.get_by_role("button", name="Show like this").click()
    page.get_by_role("columnheader", name="Requester").wait_for()


def test_the_search_line_offers_what_was_looked_for_and_numbers(open_at: Open) -> None:
    page = open_at("boris", "/search?q=disk")
    page.locator("mark", has_text="disk").first.wait_for()
    page.wait_for_function("fetch('/search/recent').then(a => a.json()).then(a => a.recent[0])")
    page.goto("/inbox")
    page.keyboard.press("/")
    page.get_by_role("option", name="disk").wait_for()
    page.keyboard.type("1")
    page.get_by_role("option", name="Open ticket 1").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/1")
    page.keyboard.press("Control+k")
    page.locator("#palette").get_by_role("option", name="disk", exact=True).click()
    page.wait_for_url("**/search?q=disk")


def test_the_palette_says_when_one_has_to_wait(open_at: Open) -> None:
    page = open_at("anna", "/inbox")
    words = "You have searched very often in a short time. Please wait 7 seconds."
    page.route("**/palette?*", lambda route: route.fulfill(status=429, json={"error": words}))
    page.keyboard.press("Control+k")
    page.keyboard.type("disk")
    page.locator("#palette").get_by_text(words).wait_for()
    page.unroute("**/palette?*")
    page.keyboard.type(" u")
    page.keyboard.press("Backspace")
    page.locator("#palette").get_by_text(words).wait_for(state="detached")
