"""Many tickets at once and the board, with pointer, keyboard and phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.opening import CHROMIUM, PATIENCE, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation, installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip
WORLD = """
cast = make_cast(); site = Site.current(); site.is_set_up = True; site.save()
rows = [order(cast, title=f"Ticket {n}") for n in range(1, 7)]
over = done(cast, title="Over")
answer = sign_in("anna")
"""


@pytest.fixture
def made(tmp_path: Any) -> Iterator[tuple[Installation, Insider, str]]:
    with installation(tmp_path) as made:
        made.serve()
        with Insider(made) as insider:
            yield made, insider, insider.do(WORLD)


def opened(engine: Any, made: Installation, session: str, **look: Any) -> tuple[Any, list[str]]:
    context = engine.new_context(base_url=f"http://127.0.0.1:{made.port}", locale="en-GB", **look)
    context.add_cookies(
        [{"name": "estafeta_session", "value": session, "url": f"http://127.0.0.1:{made.port}"}]
    )
    page, errors = context.new_page(), []
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page, errors


def statuses(insider: Insider) -> dict[str, str]:
    rows = insider.ask("dict(Ticket.objects.values_list('title', 'status'))")
    assert isinstance(rows, dict)
    return rows


def test_rows_are_chosen_taken_and_given_back(made: tuple[Installation, Insider, str]) -> None:
    installation, insider, session = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page, errors = opened(engine, installation, session)
        page.goto("/inbox?sort=number")
        row, bar = page.locator("[data-row]"), page.locator("[data-bulk]")
        # From the first to the third with the shift key; the finished one by the keyboard.
        row.nth(0).hover()
        row.nth(0).locator("[data-row-check]").click()
        row.nth(2).locator("[data-row-check]").click(modifiers=["Shift"])
        bar.get_by_text("Chosen: 3").wait_for()
        row.nth(6).locator("[data-row-link]").focus()
        page.keyboard.press("x")
        bar.get_by_text("Chosen: 4").wait_for()
        # The choice outlives a refresh of the list and going away.
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:list'))")
        page.goto("/inbox?sort=number")
        bar.get_by_text("Chosen: 4").wait_for()
        bar.get_by_role("button", name="Take").click()
        dialog = page.locator("dialog[open]")
        dialog.get_by_text("It will be done to 3 of 4 chosen tickets.").wait_for()
        dialog.get_by_text("The ticket is: Done").wait_for()
        dialog.get_by_role("button", name="Take").click()
        # Only those that can are sent, so all goes well, with a way back.
        toast = page.locator(".toast").filter(has_text="3 tickets: done.")
        toast.wait_for()
        assert list(statuses(insider).values()).count("in_progress") == 3
        assert bar.is_hidden()
        toast.get_by_role("button", name="Take it back").click()
        page.locator(".toast").filter(has_text="Taken back").wait_for()
        assert list(statuses(insider).values()).count("new") == 6
        # All of the list, by the menu of verbs and its form.
        row.nth(0).hover()
        row.nth(0).locator("[data-row-check]").click()
        page.get_by_role("button", name="Choose the whole list").click()
        bar.get_by_text("The whole list is chosen").wait_for()
        page.get_by_role("button", name="Do …").click()
        page.locator("#bulk-menu").get_by_role("menuitem", name="Note").click()
        dialog.locator("textarea[name=text]").fill("Checked together")
        dialog.get_by_role("button", name="Write on all").click()
        page.locator(".toast").filter(has_text="7 tickets: done.").wait_for()
        assert insider.ask("Comment.objects.filter(text='Checked together').count()") == 7
        assert not errors
        engine.close()


def test_a_card_is_drawn_moved_by_keys_and_by_the_menu(
    made: tuple[Installation, Insider, str],
) -> None:
    installation, insider, session = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page, errors = opened(engine, installation, session)
        page.goto("/inbox")
        page.get_by_role("link", name="As a board").click()
        card = page.locator("[data-card]").filter(has_text="Ticket 1")
        into = page.locator("[data-column=in_progress]")
        card.drag_to(into)
        into.get_by_text("Ticket 1").wait_for()
        # With its form: on to waiting, by the keyboard.
        into.get_by_role("link", name="Ticket 1").focus()
        page.keyboard.press("Shift+ArrowRight")
        dialog = page.locator("dialog[open]")
        dialog.get_by_text("A part or delivery").click()
        dialog.get_by_role("button", name="Wait").click()
        page.locator("[data-column=waiting]").get_by_text("Ticket 1").wait_for()
        # By the menu.
        second = page.locator("[data-card]").filter(has_text="Ticket 2")
        second.get_by_role("link").focus()
        page.keyboard.press("m")
        page.locator("#board-menu").get_by_role("menuitem", name="In progress").click()
        into.get_by_text("Ticket 2").wait_for()
        found = statuses(insider)
        assert (found["Ticket 1"], found["Ticket 2"]) == ("waiting", "in_progress")
        assert not errors

        phone, errors = opened(
            engine, installation, session, viewport={"width": 390, "height": 844}, has_touch=True
        )
        phone.goto("/lists/inbox/board")
        third = phone.locator("[data-card]").filter(has_text="Ticket 3")
        third.locator("[data-card-menu]").tap()
        phone.locator("#board-menu").get_by_role("menuitem", name="In progress").tap()
        phone.locator("[data-column=in_progress]").get_by_text("Ticket 3").wait_for(
            state="attached"
        )
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert phone.evaluate(wide), "the page itself scrolls sideways"
        assert not errors
        engine.close()


def test_a_ticket_is_read_beside_its_list_and_cards_open_over_names(
    made: tuple[Installation, Insider, str],
) -> None:
    installation, _insider, session = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page, errors = opened(
            engine, installation, session, viewport={"width": 1440, "height": 900}
        )
        page.goto("/inbox?sort=number")
        page.get_by_role("button", name="Preview beside the list").click()
        pane = page.locator("[data-pane]")
        pane.get_by_role("heading", name="Ticket 1").wait_for()
        page.keyboard.press("j")
        page.keyboard.press("j")
        pane.get_by_role("heading", name="Ticket 3").wait_for()
        pane.get_by_role("button", name="Take").click()
        pane.get_by_role("link", name="Complete").or_(
            pane.get_by_role("button", name="Complete")
        ).first.wait_for()
        page.keyboard.press("k")
        page.keyboard.press("Alt+ArrowDown")
        page.locator(".hover-card").get_by_text("Ticket").first.wait_for()
        page.keyboard.press("Escape")
        page.locator(".hover-card").wait_for(state="detached")
        assert not errors
        engine.close()


def test_boxes_are_found_by_fingers_and_by_the_tab_key(
    made: tuple[Installation, Insider, str],
) -> None:
    installation, _insider, session = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
        page, errors = opened(engine, installation, session, **phone)
        page.goto("/inbox?sort=number")
        box = page.locator("[data-row-check]").first
        size = box.bounding_box()
        assert min(size["width"], size["height"]) >= 24
        box.tap()
        page.locator("[data-bulk]").get_by_text("Chosen: 1").wait_for()
        page, others = opened(engine, installation, session)
        page.goto("/inbox?sort=number")
        page.locator("[data-row-link]").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        page.locator("[data-bulk]").get_by_text("Chosen: 1").wait_for()
        # What can be done with them comes after the menu has opened; the arrows walk it then.
        page.keyboard.press("b")
        page.locator("#bulk-menu [role=menuitem]:focus").wait_for()
        engine.close()
        assert errors + others == []
