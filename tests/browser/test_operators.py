"""A client asks for an operator in one browser, staff answers in others, and it becomes a ticket."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.opening import Open

playwright = pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect  # noqa: E402

pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


@pytest.fixture
def inside(made: Any) -> Any:
    _installation, insider = made
    insider.do("from estafeta.chat.actions import *; from estafeta.chat.models import *")
    insider.do("from estafeta.chat.operators.tests.talking import *")
    insider.do("from estafeta.chat.operators import handling")
    insider.do("from estafeta.notifications.models import Delivery")
    insider.do("from django.utils import timezone; row = ChannelSettings(channel='mail')")
    insider.do("row.values = {'host': '127.0.0.1', 'port': 9, 'security': 'none'}")
    insider.do("row.is_on = True; row.changed_at = timezone.now(); row.save()")
    insider.do("Room.objects.filter(kind='client').update(state='closed')")
    insider.do("x = [receive(one, about=one.name) for one in (cast.it, cast.accounting)]")
    return insider


def write(page: Any, text: str) -> None:
    field = page.get_by_role("textbox", name="Message")
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


def said(page: Any) -> Any:
    return page.locator("[data-messages]")


def ask(page: Any, text: str, department: str = "IT") -> None:
    page.get_by_role("radio", name=re.compile(f"^{department}")).check()
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(said(page)).to_contain_text(text)


def test_from_asking_to_a_ticket(inside: Any, open_at: Open) -> None:
    anna, boris = open_at("anna", "/inbox"), open_at("boris", "/chat")
    anna.wait_for_timeout(1_000)
    clara = open_at("clara", "/ask")
    ask(clara, "The printer smokes")
    bar = clara.locator("[data-talk-bar]")
    expect(bar).to_contain_text("You are the next.")
    popup = anna.locator("#popups")
    expect(popup).to_contain_text("Clara Client waits for an operator")
    expect(popup).to_contain_text("The printer smokes")
    expect(anna.locator('#navigation [data-counter="chat"]')).to_have_text("1")
    expect(boris.locator("[data-rooms]")).to_contain_text("Waiting for an operator")
    popup.get_by_role("link").click()
    anna.get_by_role("button", name="Accept").click()
    expect(anna.locator("[data-talk-bar]")).to_contain_text("You have accepted this talk.")
    expect(said(clara)).to_contain_text("Anna Agent accepted the talk.")
    expect(bar).to_contain_text("With Anna Agent")
    expect(boris.locator("[data-rooms]")).not_to_contain_text("Waiting for an operator")
    write(anna, "Switch it off, please")
    expect(said(clara)).to_contain_text("Switch it off, please")
    write(clara, "Done")
    expect(said(anna)).to_contain_text("Done")
    anna.get_by_role("link", name="Make a ticket").click()
    expect(anna.get_by_label("Title")).to_have_value("The printer smokes")
    anna.get_by_role("button", name="Make the ticket").click()
    expect(anna.locator("main")).to_contain_text("Switch it off, please")
    assert re.search(r"/tickets/\d+", anna.url)
    expect(said(clara)).to_contain_text("The talk became ticket")
    bar.get_by_role("button", name="Close the talk").click()
    clara.get_by_role("dialog").get_by_role("button", name="Close the talk").click()
    expect(bar).to_contain_text("This talk is closed.")
    expect(clara.get_by_role("textbox", name="Message")).to_have_count(0)


def test_a_pop_up_goes_when_somebody_else_accepts(inside: Any, open_at: Open) -> None:
    anna = open_at("anna", "/inbox")
    anna.wait_for_timeout(1_000)
    room = inside.ask("asked(cast.client, cast.it, 'Quick').pk")
    expect(anna.locator("#popups")).to_contain_text("Clara Client waits")
    boris = open_at("boris", f"/chat/{room}")
    boris.get_by_role("button", name="Accept").click()
    expect(anna.locator("#popups")).not_to_contain_text("Clara Client waits")
    anna.goto(f"/chat/{room}")
    expect(anna.get_by_role("button", name="Accept")).to_have_count(0)
    expect(anna.locator("[data-talk-bar]")).to_contain_text("With Boris Agent")


def test_nobody_there_and_the_same_words_become_a_ticket(inside: Any, open_at: Open) -> None:
    inside.do("from estafeta.presence.models import Stay; Stay.objects.all().delete()")
    clara = open_at("clara", "/ask")
    expect(clara.get_by_text("Nobody can answer at once now.")).to_be_visible()
    clara.get_by_role("radio", name=re.compile("^Accounting")).check()
    clara.get_by_label("Your question").fill("Where is my money?\nSince May")
    clara.get_by_role("button", name="Write a ticket instead").click()
    expect(clara.get_by_label("Title")).to_have_value("Where is my money?")
    expect(clara.get_by_label("Text", exact=True)).to_have_value(re.compile("Since May"))


def test_a_message_while_away_makes_one_delivery_and_none_while_reading(
    inside: Any, open_at: Open
) -> None:
    inside.do("Delivery.objects.all().delete()")
    inside.do("room = asked(cast.client, cast.it, 'Slow'); handling.accept(room, by=cast.agent)")
    room = inside.ask("room.pk")
    counted = "Delivery.objects.filter(person=cast.client, notice__kind='chat_message').count()"
    anna = open_at("anna", f"/chat/{room}")
    anna.wait_for_timeout(5_500)  # so long a worker remembers that nothing could be sent
    for text in ("One", "Two"):
        write(anna, text)
    anna.wait_for_timeout(2_000)
    assert inside.ask(counted) == 1
    inside.do("Delivery.objects.all().delete()")
    inside.do("from estafeta.notifications.models import TalkCall; TalkCall.objects.all().delete()")
    clara = open_at("clara", f"/chat/{room}")
    clara.bring_to_front()
    clara.wait_for_timeout(2_000)
    write(anna, "Three")
    expect(said(clara)).to_contain_text("Three")
    anna.wait_for_timeout(2_000)
    assert inside.ask(counted) == 0


def test_losing_the_department_ends_its_room_at_once(inside: Any, open_at: Open) -> None:
    room = inside.ask("department_room(cast.it.pk).pk")
    boris = open_at("boris", f"/chat/{room}")
    boris.wait_for_timeout(1_500)
    inside.do(
        "x = write(Room.objects.get(pk=department_room(cast.it.pk).pk), 'Still here', by=cast.agent)"
    )
    expect(said(boris)).to_contain_text("Still here")
    inside.do("from estafeta.accounts.actions import people, rights")
    inside.do("rights.set_memberships(cast.agent_b, by=cast.admin, places=[])")
    inside.do(
        "x = write(Room.objects.get(pk=department_room(cast.it.pk).pk), 'Secret now', by=cast.agent)"
    )
    boris.wait_for_timeout(2_000)
    expect(said(boris)).not_to_contain_text("Secret now")
    assert boris.request.get(f"/chat/{room}").status == 404
