"""The working day with four people at once, each in a browser of his own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browser.opening import CHROMIUM, PATIENCE, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation, installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


@dataclass
class Desk:
    """One person at work."""

    page: Any
    errors: list[str]

    def popup(self, *texts: str) -> Any:
        """Wait for a pop-up that says all of this."""
        card = self.page.locator(".popup")
        for text in texts:
            card = card.filter(has_text=text)
        card.first.wait_for(timeout=PATIENCE)
        return card.first

    def verb(self, name: str) -> None:
        """Press the button of a verb, wherever it stands."""
        button = self.page.locator(".actions, .verbs, main").get_by_role(
            "button", name=name, exact=True
        )
        link = self.page.locator("main").get_by_role("link", name=name, exact=True)
        (button.or_(link)).first.click(timeout=PATIENCE)

    def dialog(self) -> Any:
        """The open dialog."""
        found = self.page.locator("dialog[open]")
        found.wait_for(timeout=PATIENCE)
        # The dialog sets the focus itself when it has opened.
        found.locator(":focus").first.wait_for(timeout=PATIENCE)
        return found

    def sees(self, text: str) -> None:
        """Wait until the page says so."""
        self.page.get_by_text(text).locator("visible=true").first.wait_for(timeout=PATIENCE)


@pytest.fixture
def made(tmp_path: Any) -> Iterator[tuple[Installation, Insider]]:
    with installation(tmp_path) as made:
        made.serve()
        with Insider(made) as insider:
            insider.do("cast = make_cast(); site = Site.current(); site.is_set_up = True")
            insider.do("site.save()")
            yield made, insider


@pytest.fixture
def desks(made: tuple[Installation, Insider]) -> Iterator[dict[str, Desk]]:
    """Dora directs, Hugo heads, Anna and Boris work; all have signed in through the form."""
    installation, _insider = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = {}
        for login in ("dora", "hugo", "anna", "boris"):
            context = engine.new_context(
                base_url=f"http://127.0.0.1:{installation.port}", locale="en-GB"
            )
            page = context.new_page()
            errors: list[str] = []
            page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
            page.goto("/sign-in")
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", "relay-race-2026")
            page.press("input[name=password]", "Enter")
            page.get_by_role("heading", name="Dashboard").wait_for(timeout=PATIENCE)
            found[login] = Desk(page, errors)
        try:
            yield found
        finally:
            engine.close()


def test_an_order_runs_from_hand_to_hand_until_it_is_accepted(
    made: tuple[Installation, Insider], desks: dict[str, Desk]
) -> None:
    installation, insider = made
    dora, hugo, anna, boris = (desks[name] for name in ("dora", "hugo", "anna", "boris"))

    # The director orders.
    dora.page.get_by_role("link", name="New ticket").first.click()
    dora.page.get_by_label("Title").fill("Сервер 1С не отвечает")
    dora.page.get_by_label("To the department", exact=True).select_option(label="IT")
    dora.page.get_by_label("Who accepts the result").select_option(label="The author")
    dora.page.locator("textarea[name=text]").fill("С **утра** никто не может войти.")
    dora.page.get_by_role("button", name="Send the ticket").click()
    dora.page.get_by_role("heading", name="Сервер 1С не отвечает").wait_for(timeout=PATIENCE)

    dora.page.goto("/sent")

    # Everybody in the department hears at once; Anna takes it.
    for desk in (hugo, anna, boris):
        desk.popup("Dora Director", "Сервер 1С не отвечает")
    anna.popup("Сервер 1С").click()
    anna.page.get_by_role("heading", name="Сервер 1С не отвечает").wait_for(timeout=PATIENCE)
    anna.verb("Take")
    anna.page.get_by_role("button", name="Hand over").or_(
        anna.page.get_by_role("link", name="Hand over")
    ).first.wait_for(timeout=PATIENCE)
    # The director hears of it, and her open list shows it by itself.
    dora.popup("Anna Agent", "takes the ticket")
    dora.page.locator("tr, li, article").filter(has_text="Сервер 1С").get_by_text(
        "In progress"
    ).first.wait_for(timeout=PATIENCE)
    dora.popup("Anna Agent").click()
    dora.sees("takes the ticket")

    # Anna hands it on, with a reason.
    anna.verb("Hand over")
    dialog = anna.dialog()
    people = dialog.get_by_role("combobox").last
    people.fill("Bor")
    anna.page.get_by_role("option", name="Boris Agent").click(timeout=PATIENCE)
    dialog.locator("[name=reason]").fill("По железу — к тебе")
    dialog.get_by_role("button", name="Hand over").click()
    anna.sees("hands the ticket over: Boris Agent")
    boris.popup("Anna Agent", "По железу").click()
    boris.page.get_by_role("heading", name="Сервер 1С не отвечает").wait_for(timeout=PATIENCE)

    # Boris completes it, the director returns it, he completes it again, she accepts.
    boris.verb("Complete")
    boris.dialog().get_by_role("button", name="Complete").click()
    boris.sees("In review")
    # Her open page shows it by itself; a pop-up would only repeat it.
    dora.sees("completes the ticket")
    dora.verb("Return to work")
    dialog = dora.dialog()
    dialog.locator("[name=reason]").fill("Бухгалтерия не входит")
    dialog.get_by_role("button", name="Return to work").click()
    dora.sees("returns the ticket to work")
    boris.sees("Бухгалтерия не входит")
    boris.verb("Complete")
    boris.dialog().get_by_role("button", name="Complete").click()
    dora.page.get_by_role("button", name="Accept").or_(
        dora.page.get_by_role("link", name="Accept")
    ).first.wait_for(timeout=PATIENCE)
    dora.verb("Accept")
    dora.dialog().get_by_role("button", name="Accept").click()
    dora.sees("accepts the result")
    boris.sees("accepts the result")

    # The head finds it by another word form and reads the whole story.
    hugo.page.goto("/search?q=серверы")
    hugo.page.get_by_role("link", name="Сервер 1С не отвечает").first.click()
    story = hugo.page.locator("main")
    for phrase in (
        "opens the ticket", "takes the ticket", "hands the ticket over", "completes the ticket",
        "returns the ticket to work", "accepts the result",
    ):  # fmt: skip
        story.get_by_text(phrase).first.wait_for(timeout=PATIENCE)

    verbs = insider.ask("list(Entry.objects.order_by('pk').values_list('verb', flat=True))")
    assert verbs == [
        "open", "take", "hand_over", "complete", "return_to_work", "complete", "accept",
    ]  # fmt: skip
    assert "as they were written" in installation.run("journal", "verify")
    assert not [error for desk in desks.values() for error in desk.errors]
