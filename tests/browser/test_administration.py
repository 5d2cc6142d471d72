"""An administrator at work: a tree put in order by mouse and keyboard, a colour, somebody who leaves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from tests.browser.opening import CHROMIUM, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


@pytest.fixture
def page(made: tuple[Installation, Insider]) -> Iterator[Any]:
    """Ada's browser; what the page complains of fails the test."""
    place, insider = made
    base = f"http://127.0.0.1:{place.port}"
    complaints: list[str] = []
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = engine.new_context(base_url=base, locale="en-GB")
        session = insider.ask("sign_in(cast.admin.login)")
        context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
        page = context.new_page()
        page.on(
            "console",
            lambda told: complaints.extend(
                [f"{told.text} {told.location}"] if told.type == "error" else []
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        engine.close()
    assert not complaints, complaints


def _tree(page: Any) -> list[str]:
    return list(page.locator("[data-tree-row] a.person").all_inner_texts())


def _settled(page: Any, expected: list[str]) -> None:
    page.wait_for_function(
        "names => [...document.querySelectorAll('[data-tree-row] a.person')]"
        ".map(link => link.textContent).join() === names.join()",
        arg=expected,
    )


def test_departments_are_put_in_order_by_keyboard_menu_and_mouse(page: Any) -> None:
    page.goto("/administration/departments")
    assert _tree(page) == ["Accounting", "IT", "Network"]
    handle = page.get_by_role("button", name="Move Accounting")
    handle.focus()
    page.keyboard.press("Alt+ArrowDown")
    _settled(page, ["IT", "Network", "Accounting"])
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Move Accounting"
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Move up").press("Enter")
    _settled(page, ["Accounting", "IT", "Network"])
    start = page.get_by_role("button", name="Move Network").bounding_box()
    target = page.locator("[data-tree-row]").first.bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(target["x"] + 200, target["y"] + target["height"] / 2, steps=6)
    assert page.locator(".tree-inside").count() == 1
    page.mouse.up()
    _settled(page, ["Accounting", "Network", "IT"])
    assert not page.locator("[data-menu]:popover-open").count()


def test_a_colour_and_a_logo_dress_every_page(page: Any) -> None:
    page.goto("/administration/look")
    page.get_by_role("button", name="#0f7f86").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    shown = page.locator(".button-primary").first.evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert shown == "rgb(15, 127, 134)"
    file = io.BytesIO()
    Image.new("RGBA", (300, 80), "teal").save(file, "PNG")
    page.locator("input[name=logo]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    page.get_by_role("button", name="Use this logo").click()
    logo = page.locator(".sidebar .brand-logo")
    logo.wait_for()
    assert logo.evaluate("image => image.naturalWidth") == 300


def test_who_leaves_hands_each_ticket_to_whom_it_is_said(
    made: tuple[Installation, Insider], page: Any
) -> None:
    _place, insider = made
    insider.do("one = order(cast); actions.take(one, by=cast.agent)")
    insider.do("two = order(cast); actions.take(two, by=cast.agent)")
    page.goto(f"/administration/people/{insider.ask('cast.agent.pk')}/leave")
    page.get_by_text("I say it for each").click()
    page.locator(".line-field input[role=combobox]").first.fill("Boris")
    page.get_by_role("option", name="Boris Agent").click()
    page.get_by_role("button", name="Switch off").click()
    page.locator(".toast", has_text="2 tickets have gone on.").wait_for()
    assert insider.ask("Ticket.objects.get(pk=one.pk).performer.login") == "boris"
    assert insider.ask("Ticket.objects.get(pk=two.pk).performer is None")


def test_a_topic_fills_the_form_of_a_new_ticket(
    made: tuple[Installation, Insider], page: Any
) -> None:
    place, insider = made
    insider.do("from estafeta.tickets.models import Topic")
    insider.do("topic = Topic.objects.create(name='Racks', department=cast.network, priority=4)")
    insider.do("topic.performers.set([cast.network_agent, cast.agent_b])")
    session = insider.ask("sign_in(cast.head.login)")
    base = f"http://127.0.0.1:{place.port}"
    page.context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
    page.goto("/tickets/new")
    page.locator("[name=topic]").select_option(label="Racks")
    assert page.locator("[name=department]").input_value() == str(insider.ask("cast.network.pk"))
    assert page.locator("[name=priority]:checked").get_attribute("value") == "4"
    chips = page.locator("[data-name=people] [data-pick-chip]").all_inner_texts()
    assert sorted(chips) == ["Boris Agent", "Nina Network"]
    page.locator("[name=topic]").select_option("")
    page.locator("[name=title]").fill("The rack hums")
    page.get_by_role("button", name="Send the ticket").click()
    page.locator(".ticket-number").wait_for()
    assert insider.ask("Ticket.objects.order_by('-pk').first().priority") == 4
