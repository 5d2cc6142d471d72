"""The quick line: `q`, a line, what was understood, Enter; and the full form with the same."""

from __future__ import annotations

import pytest

from tests.browser.opening import PHONE, Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def test_a_line_is_shown_as_understood_and_sent_by_enter(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    page = open_at("anna", "/inbox")
    page.keyboard.press("q")
    field = page.locator("#dialog textarea[name=line]")
    field.wait_for()
    field.press_sequentially("@boris tomorrow 15:00 !urgent lamp by the window #hall")
    page.locator("#dialog .quick-chip", has_text="Boris Agent").wait_for()
    page.locator("#dialog .quick-chip", has_text="Urgent").wait_for()
    assert page.locator("#dialog .quick-title b").inner_text() == "lamp by the window"
    field.press("Enter")
    page.wait_for_url("**/tickets/*")
    assert "lamp by the window" in page.locator("h1").inner_text()


def test_a_name_that_several_have_is_chosen_in_place(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    page = open_at("anna", "/tickets/new", **PHONE)
    field = page.locator("textarea[name=line]")
    field.press_sequentially("@agent check the door")
    page.locator(".quick-problem button", has_text="Boris Agent").click()
    page.locator(".quick-chip", has_text="Boris Agent").wait_for()
    assert field.input_value() == '@"Boris Agent" check the door'
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_full_form_has_what_the_line_says(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    page = open_at("anna", "/quick")
    field = page.locator("textarea[name=line]")
    field.press_sequentially("@boris !high for Clara new chair")
    field.press("Control+Enter")
    page.locator("form[data-new-ticket]").wait_for()
    assert page.locator("input[name=title]").input_value() == "new chair"
    page.locator(".pick-chip", has_text="Boris Agent").wait_for()
    page.locator(".pick-chip", has_text="Clara Client").wait_for()
    assert page.locator("input[name=priority]:checked").input_value() == "3"
