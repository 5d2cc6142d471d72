"""Lists in a browser: a group of filters becomes a view in the menu; columns; what was looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.test_live_tabs import CHROMIUM, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation, installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
    pytest.mark.xdist_group("processes"),
]  # fmt: skip
PATIENCE = 15_000

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: Any) -> Iterator[tuple[Installation, Insider]]:
    with installation(tmp_path_factory.mktemp("views")) as made:
        made.serve()
        with Insider(made) as insider:
            insider.do("cast = make_cast(); site = Site.current(); site.is_set_up = True")
            insider.do("site.save()")
            insider.do("order(cast, title='Urgent disk', priority=4); order(cast, title='Usual')")
            yield made, insider


@pytest.fixture
def open_at(made: tuple[Installation, Insider]) -> Iterator[Open]:
    """Open an address as somebody; the test fails if a script of the page does."""
    installation, insider = made
    errors: list[str] = []
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def go(login: str, address: str, **more: Any) -> Any:
            base = f"http://127.0.0.1:{installation.port}"
            context = engine.new_context(base_url=base, locale="en-GB", **more)
            session = insider.ask(f"sign_in('{login}')")
            context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(address)
            return page

        try:
            yield go
        finally:
            engine.close()
    assert errors == []


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
