"""The look in a real browser: nothing overflows, nothing breaks the content policy, nothing typed is lost."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ("components", "list", "ticket", "form", "dashboard", "signin", "error")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: a browser stops reading whenever it likes."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of the styleguide alone: no database, no sign-in, but the content policy."""
    with override_settings(
        DEBUG=True,
        ROOT_URLCONF="estafeta.desk.styleguide",
        MIDDLEWARE=["estafeta.lib.security.SecurityHeadersMiddleware"],
    ):
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(WSGIHandler()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/styleguide"
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium where there is one, else Playwright's own."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh person at the screen; every complaint of the browser fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda line: complaints.append(line.text) if "Content Security" in line.text else None,
    )
    yield opened
    context.close()
    assert complaints == []


def _until(page: Page, expression: str) -> None:
    """Playwright's own waiting evaluates strings, which the content policy forbids."""
    for _ in range(50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {expression}")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_screen(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}?theme=dark")
    for width in (1440, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_was_typed_comes_back_after_the_page_was_lost(page: Page, address: str) -> None:
    page.goto(f"{address}/ticket")
    page.get_by_text("Note for staff only").click()
    page.fill("#composer textarea", "Диск меняю")
    _until(page, "localStorage.getItem('draft:ticket-2417')")
    page.goto(f"{address}/ticket")
    page.wait_for_selector("#composer .restored")
    assert page.input_value("#composer textarea") == "Диск меняю"
    assert page.get_attribute("#composer", "data-kind") == "note"
    page.get_by_text("Discard it").click()
    assert page.input_value("#composer textarea") == ""
    page.goto(f"{address}/ticket")
    assert page.input_value("#composer textarea") == ""


def test_one_key_commands_work_on_a_russian_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/list")
    page.wait_for_selector("time[title]", state="attached")
    for _ in range(2):
        page.evaluate(
            "document.dispatchEvent(new KeyboardEvent('keydown',"
            "{key: 'о', code: 'KeyJ', bubbles: true}))"
        )
    assert page.get_attribute('[data-row][aria-selected="true"]', "data-number") == "2416"


def test_the_palette_finds_a_page_by_a_part_of_its_name(page: Page, address: str) -> None:
    page.goto(f"{address}/list")
    page.wait_for_selector("time[title]", state="attached")
    page.keyboard.press("Control+k")
    page.keyboard.type("dashb")
    page.keyboard.press("Enter")
    page.wait_for_url("**/styleguide/dashboard")


def test_chosen_rows_show_what_can_be_done_with_them(page: Page, address: str) -> None:
    page.goto(f"{address}/list")
    page.hover('[data-number="2409"]')
    page.check('[data-number="2409"] [data-row-check]')
    page.check('[data-number="2402"] [data-row-check]')
    page.wait_for_selector("[data-bulk]:visible")
    assert "2" in page.inner_text("[data-bulk-count]")
    page.click("[data-bulk-clear]")
    page.wait_for_selector("[data-bulk]", state="hidden")


def test_a_picker_offers_chooses_and_lets_go(page: Page, address: str) -> None:
    page.goto(f"{address}/form")
    picker = page.locator('[data-name="client-page"]')
    picker.get_by_role("combobox").fill("кова")
    picker.get_by_role("option", name="Мария Коваль").wait_for()
    page.keyboard.press("Enter")
    assert picker.locator('input[name="client-page"]').input_value() == "0"
    picker.get_by_role("combobox").fill("Новый Человек")
    picker.get_by_role("option", name="Новый заявитель").wait_for()
    page.keyboard.press("Enter")
    assert picker.locator('input[name="client-page_new"]').input_value() == "Новый Человек"
    assert picker.locator('input[name="client-page"]').count() == 0
    page.keyboard.press("Backspace")
    assert picker.locator("[data-pick-chip]").count() == 0


def test_what_is_typed_into_a_picker_is_chosen_or_asked_about(page: Page, address: str) -> None:
    page.goto(f"{address}/form")
    picker = page.locator('[data-name="client-page"]')
    field = picker.get_by_role("combobox")
    for chip in picker.locator("[data-pick-remove]").all():
        chip.click()
    field.fill("nobody of this name")
    page.keyboard.press("Tab")
    assert field.evaluate("input => input.validationMessage") == "Choose from the list."
    field.fill("")
    assert field.evaluate("input => input.validationMessage") == ""


def test_a_consequence_is_asked_about_and_no_means_no(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.method == "POST" else None)
    page.goto(f"{address}/ticket")
    page.click('[popovertarget="verbs"]')
    page.click("#verbs [data-confirm]")
    page.wait_for_selector("#confirm[open]")
    page.click("#confirm button:first-child")
    page.wait_for_selector("#confirm[open]", state="hidden")
    assert asked == []


def test_without_motion_nothing_moves(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/ticket")
    moving = page.evaluate(
        "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 10).length"
    )
    assert moving == 0
