"""Menus: walked with arrows and first letters; a sheet from below on a phone."""

from __future__ import annotations

import pytest

from tests.browser.opening import PHONE, Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def test_the_menu_of_a_row_is_walked_with_arrows_and_first_letters(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    insider.do("walked = order(cast, title='Walked row', priority=4)")
    number = insider.ask("walked.pk")
    page = open_at("anna", "/inbox?priority=4")
    page.locator(f"#row-{number}").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("m")
    menu = page.locator("#row-menu")
    menu.locator(".menu-title", has_text="Relations").wait_for()
    focused = "document.activeElement.textContent.trim()"
    page.wait_for_function("document.activeElement.closest('#row-menu')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "Tags"
    page.keyboard.type("merge")
    assert page.evaluate(focused) == "Merge into a ticket"
    page.wait_for_timeout(800)
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == page.evaluate(
        "document.querySelector('#row-menu [role=menuitem]').textContent.trim()"
    )
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")


def test_on_a_phone_a_menu_is_a_sheet_at_the_lower_edge(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    insider.do("sheet = order(cast, title='Sheet')")
    page = open_at("anna", f"/tickets/{insider.ask('sheet.pk')}", **PHONE)
    page.locator(".ticket-verbs > [popovertarget]").click()
    page.wait_for_timeout(300)
    box = page.locator("#verbs").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)


def test_a_menu_lies_within_the_window_wherever_its_button_is(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    insider.do("high = order(cast, title='High up')")
    page = open_at("anna", f"/tickets/{insider.ask('high.pk')}")
    button = page.locator(".ticket-verbs > [popovertarget]")
    # As when announcements stand above the ticket: below there is no room for it, nor is above.
    height = round(button.bounding_box()["y"]) + 120
    page.set_viewport_size({"width": 1280, "height": height})
    button.click()
    page.wait_for_timeout(300)
    box = page.locator("#verbs").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= height
