"""Merging and its undo, names that complete, tags: as people do it, with the mouse and without."""

from __future__ import annotations

import pytest

from tests.browser.opening import PHONE, Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def _two(insider: Insider, first: str, second: str) -> tuple[int, int]:
    insider.do(f"one = taken(cast, title='{first}'); other = taken(cast, title='{second}')")
    insider.do("actions.reply(one, by=cast.agent, text='Said in the first one')")
    return int(insider.ask("one.pk")), int(insider.ask("other.pk"))


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_a_ticket_is_merged_and_the_merge_undone(
    made: tuple[Installation, Insider], open_at: Open, screen: dict[str, object]
) -> None:
    _installation, insider = made
    word = "Pelican" if screen else "Walrus"
    one, other = _two(insider, f"{word} one", f"{word} two")
    page = open_at("anna", f"/tickets/{one}", **screen)
    page.locator('.ticket-verbs [popovertarget="verbs"]').click()
    page.get_by_role("menuitem", name="Merge into a ticket").click()
    dialog = page.locator("#dialog")
    dialog.get_by_role("combobox").click()
    dialog.get_by_role("combobox").press_sequentially(f"{word} two", delay=20)
    dialog.locator(".pick-option").first.click()
    dialog.get_by_role("button", name="Merge").click()
    page.wait_for_url(f"**/tickets/{other}**")
    inside = page.locator(f"#merged-{one}")
    inside.scroll_into_view_if_needed()
    inside.get_by_text("Said in the first one").wait_for()
    page.get_by_role("link", name="Undo").click()
    page.locator("#dialog").get_by_role("button", name="Undo the merge").click()
    page.locator(f"#merged-{one}").wait_for(state="detached")
    assert insider.ask(f"Ticket.objects.get(pk={one}).status") == "in_progress"
    page.goto(f"/tickets/{one}")
    page.get_by_role("heading", name=f"{word} one").wait_for()


def test_a_name_completes_while_it_is_typed_and_calls_somebody(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    one, _other = _two(insider, "Call", "Other")
    page = open_at("anna", f"/tickets/{one}")
    page.focus("#composer-text")
    page.keyboard.type("Please look, @ver")
    page.locator(".mention-options .pick-option", has_text="Vera Accounting").wait_for()
    page.keyboard.press("Enter")
    assert page.input_value("#composer-text") == "Please look, @vera "
    page.keyboard.press("Control+Enter")
    page.locator(".bubble .mention", has_text="@vera").wait_for()
    assert insider.ask(f"Ticket.objects.visible_to(cast.agent2).filter(pk={one}).exists()")


def test_tags_are_typed_and_hung_on_without_a_mouse(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    one, _other = _two(insider, "Tagged", "Other")
    page = open_at("anna", f"/tickets/{one}")
    page.locator(".ticket-verbs > [popovertarget]").press("Enter")
    page.locator("#verbs [data-verb=tag]").press("Enter")
    field = page.locator("#dialog").get_by_role("combobox")
    field.wait_for()
    for tag in ("third floor", "guarantee"):
        field.fill(tag)
        page.locator("#dialog .pick-option", has_text=tag).wait_for()
        page.keyboard.press("Enter")
    page.locator("#dialog .pick-chip", has_text="guarantee").wait_for()
    page.keyboard.press("Enter")
    page.locator(".ticket-tags .tag", has_text="third floor").wait_for()
    found = insider.ask(f"Ticket.objects.get(pk={one}).taggings.count()")
    assert found == 2


def test_the_story_of_a_merged_ticket_moves_nothing_when_it_comes(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    one, other = _two(insider, "Still one", "Still two")
    insider.do("for n in range(12): actions.reply(one, by=cast.agent, text=f'Line {n}')")
    insider.do("actions.merge(one, by=cast.agent, other=other)")
    page = open_at("anna", "/inbox")
    # The story is held back until it was measured where everything stands.
    page.route(
        f"**/tickets/{one}/story**", lambda route: (page.wait_for_timeout(400), route.continue_())
    )
    page.goto(f"/tickets/{other}")
    place = "document.getElementById('composer').getBoundingClientRect().top + scrollY"
    before = page.evaluate(place)
    inside = page.locator(f"#merged-{one}")
    inside.scroll_into_view_if_needed()
    inside.get_by_text("Line 11").wait_for()
    assert page.evaluate(place) == before
    inside.get_by_role("button", name="Show all of it").click()
    assert page.evaluate(place) > before


def test_an_undone_merge_is_right_at_once_on_every_open_page(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    one, other = _two(insider, "Live one", "Live two")
    insider.do("actions.merge(one, by=cast.agent, other=other)")
    page, inbox = open_at("anna", f"/tickets/{other}"), open_at("boris", "/inbox")
    page.locator(f"#merged-{one}").wait_for()
    inbox.locator(f"#row-{other}").wait_for()
    assert not inbox.locator(f"#row-{one}").count()
    insider.do("actions.unmerge(one, by=cast.head)")
    page.locator(f"#merged-{one}").wait_for(state="detached")
    inbox.locator(".list-news .button, .list-news a").first.click()
    inbox.locator(f"#row-{one}").wait_for()


def test_who_followed_by_the_merge_alone_loses_the_ticket_from_his_list_at_once(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    _two(insider, "Gone one", "Gone two")
    insider.do("far = order(cast, title='Far one', department=cast.accounting)")
    insider.do("actions.merge(one, by=cast.director, other=far)")
    far = int(insider.ask("far.pk"))
    following, page = open_at("anna", "/following"), open_at("anna", f"/tickets/{far}")
    following.locator(f"#row-{far}").wait_for()
    page.get_by_role("heading", name="Far one").wait_for()
    insider.do("actions.unmerge(one, by=cast.director)")
    following.locator(f"#row-{far}").wait_for(state="detached")
    page.wait_for_url("**/inbox")
    page.get_by_text("has left your desk").first.wait_for()
