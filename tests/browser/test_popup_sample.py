"""Whoever chooses place and sound of pop-ups can look at one before he saves."""

import pytest

from tests.browser.opening import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_sample_comes_up_in_the_chosen_place(open_at: Open) -> None:
    page = open_at("anna", "/profile")
    page.evaluate(
        "() => { window.Audio = class { play() { window.rang = true; return Promise.resolve(); } }; }"
    )
    page.select_option("[name=popup_place]", "top-left")
    page.set_checked("[name=popup_sound]", True)
    page.click("[data-popup-sample]")
    page.wait_for_selector("#popups[data-popup-place=top-left] .popup")
    assert page.evaluate("window.rang") is True
    page.set_checked("[name=popup_sound]", False)
    page.evaluate("window.rang = false")
    page.click("[data-popup-sample]")
    assert page.evaluate("window.rang") is False
    assert page.locator("#popups .popup").count() == 1
