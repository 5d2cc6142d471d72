"""Several people at one ticket: who is there, who writes, who was quicker; and what a break costs."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import Any

import pytest

from tests.browser.opening import Open
from tests.services.insider import Insider
from tests.services.installation import Installation, descendants, eventually
from tests.services.line import line as a_line

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip

Made = tuple[Installation, Insider]
TEXT = "#composer-text"
SEEN = """
window.seen = [];
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.matches?.(".popup")) window.seen.push(node.innerText);
}).observe(document, { childList: true, subtree: true });
"""


def a_ticket(insider: Insider, made_by: str = "order(cast, title='Принтер')") -> int:
    insider.do(f"ticket = {made_by}")
    number: int = insider.ask("ticket.pk")
    return number


def type_into(page: Any, text: str) -> None:
    page.locator(TEXT).press_sequentially(text)


def test_colleagues_see_who_is_there_and_who_writes(made: Made, open_at: Open) -> None:
    _installation, insider = made
    number = a_ticket(insider, "taken(cast)")
    anna = open_at("anna", f"/tickets/{number}")
    boris = open_at("boris", f"/tickets/{number}")
    anna.locator("[data-here-faces] [title='Boris Agent']").wait_for()
    boris.get_by_text("Anna Agent looks at this ticket too.").last.wait_for()
    type_into(boris, "I am on")
    anna.get_by_text("Boris Agent is writing…").wait_for()
    boris.fill(TEXT, "")
    boris.close()
    anna.locator("[data-here-faces] [title='Boris Agent']").wait_for(state="detached")


def test_clients_are_not_told_who_looks_and_staff_is_told_of_them(
    made: Made, open_at: Open
) -> None:
    _installation, insider = made
    number = a_ticket(insider, "order(cast, by=cast.client)")
    clara = open_at("clara", f"/tickets/{number}")
    anna = open_at("anna", f"/tickets/{number}")
    type_into(anna, "Dear")
    type_into(clara, "It still")
    anna.get_by_text("Clara Client is writing…").wait_for()
    clara.wait_for_timeout(1500)
    assert clara.locator("[data-here-faces] *").count() == 0
    assert clara.locator("[data-here-words]").inner_text() == ""


def test_who_writes_is_told_at_once_that_somebody_was_quicker(made: Made, open_at: Open) -> None:
    _installation, insider = made
    number = a_ticket(insider)
    anna = open_at("anna", f"/tickets/{number}")
    type_into(anna, "I take it")
    insider.do("actions.take(ticket, by=cast.agent_b)")
    line = anna.locator("#composer [data-meanwhile]")
    line.wait_for()
    assert "Boris Agent takes the ticket" in " ".join(line.inner_text().split())
    assert anna.input_value(TEXT) == "I take it"
    # It was shown: nothing stands in the way any more.
    seen = insider.ask("Ticket.objects.get(pk=ticket.pk).journal_length")
    anna.locator(f"#composer [name=seen][value='{seen}']").wait_for(state="attached")
    anna.locator(".composer-send-reply").click()
    anna.locator(".toast").get_by_text("The reply is sent.").wait_for()
    assert insider.ask("ticket.comments.filter(text='I take it').count()") == 1


def test_an_open_dialog_is_told_too(made: Made, open_at: Open) -> None:
    _installation, insider = made
    number = a_ticket(insider, "taken(cast)")
    anna = open_at("anna", f"/tickets/{number}")
    anna.locator(".ticket-verbs [data-verb=complete]").first.click()
    anna.locator("dialog[open] textarea").first.fill("New cartridge")
    insider.do("actions.reply(ticket, by=cast.director, text='Not needed any more')")
    line = anna.locator("dialog[open] [data-meanwhile]")
    line.wait_for()
    assert "Dora Director replies" in " ".join(line.inner_text().split())
    assert anna.locator("dialog[open] textarea").first.input_value() == "New cartridge"


def test_where_no_news_comes_through_it_is_said_when_it_is_sent(made: Made, open_at: Open) -> None:
    _installation, insider = made
    number = a_ticket(insider)
    anna = open_at("anna", "/inbox")
    anna.context.route("**/events?*", lambda route: route.abort())
    anna.goto(f"/tickets/{number}")
    type_into(anna, "I take it")
    insider.do("actions.take(ticket, by=cast.agent_b)")
    anna.locator(".composer-send-reply").click()
    line = anna.locator("#composer [data-meanwhile]")
    line.wait_for()
    assert "Boris Agent takes the ticket" in " ".join(line.inner_text().split())
    assert anna.input_value(TEXT) == "I take it"
    assert insider.ask("ticket.comments.count()") == 0
    anna.locator(".composer-send-reply").click()
    anna.locator(".toast").get_by_text("The reply is sent.").wait_for()
    assert insider.ask("ticket.comments.filter(text='I take it').count()") == 1


def test_a_taken_ticket_is_seen_everywhere_and_nothing_moves_under_the_hand(
    made: Made, open_at: Open
) -> None:
    _installation, insider = made
    number = a_ticket(insider)
    other = a_ticket(insider, "order(cast, title='Сканер')")
    pages = [
        open_at("anna", address)
        for address in ("/inbox", "/lists/inbox/board", f"/tickets/{number}")
    ]
    inbox, board, page = pages
    row = inbox.locator(f"#row-{number}")
    inbox.locator(f"#row-{other} [data-row-link]").focus()
    inbox.locator(f"#row-{other} [data-row-check]").check()
    inbox.evaluate(f"document.querySelector('#row-{other}').kept = true")
    inbox.locator(f"#row-{other} [data-row-link]").focus()
    insider.do(f"actions.take(Ticket.objects.get(pk={number}), by=cast.agent_b)")
    row.get_by_text("Boris").first.wait_for()
    board.locator(f"#card-{number}").get_by_text("Boris").first.wait_for()
    page.locator("#ticket-side").get_by_text("Boris Agent").first.wait_for()
    assert inbox.evaluate(f"document.querySelector('#row-{other}').kept")
    assert inbox.evaluate("document.activeElement.closest('[data-row]').dataset.number") == str(
        other
    )
    assert inbox.locator(f"#row-{other} [data-row-check]").is_checked()


def test_after_a_lost_network_the_page_has_everything_once(made: Made, open_at: Open) -> None:
    installation, insider = made
    with a_line(installation.port) as line:
        anna = open_at("anna", "/inbox")
        anna.context.add_init_script(SEEN)
        anna.goto(f"http://127.0.0.1:{line.port}/inbox")
        anna.wait_for_timeout(1000)
        line.cut()
        insider.do("order(cast, title='Без сети')")
        anna.wait_for_timeout(3000)
        assert anna.evaluate("window.seen") == []
        line.mend()
        insider.do("order(cast, title='Снова сеть')")

        def both() -> bool:
            anna.wait_for_timeout(100)
            told = anna.evaluate("window.seen")
            return all(any(word in one for one in told) for word in ("Без сети", "Снова сеть"))

        eventually(both, seconds=60, what="both pop-ups")
        anna.locator(".list-news .button").wait_for()
        anna.wait_for_timeout(1500)
        told = anna.evaluate("window.seen")
        assert [sum(word in one for one in told) for word in ("Без сети", "Снова сеть")] == [1, 1]


def test_what_could_not_be_fetched_is_fetched_when_the_network_is_back(
    made: Made, open_at: Open
) -> None:
    _installation, insider = made
    number = a_ticket(insider, "taken(cast)")
    anna = open_at("anna", f"/tickets/{number}")
    type_into(anna, "Half a sent")
    anna.wait_for_timeout(500)
    # The stream goes on in this browser; only requests fail.
    anna.context.set_offline(True)
    insider.do("actions.reply(ticket, by=cast.director, text='Meanwhile')")
    anna.wait_for_timeout(3000)
    assert anna.locator(".timeline").get_by_text("Meanwhile").count() == 0
    anna.context.set_offline(False)
    anna.locator(".timeline").get_by_text("Meanwhile").wait_for(timeout=8_000)
    anna.locator("#composer [data-meanwhile]").wait_for(timeout=15_000)


def test_a_restart_of_the_server_costs_nothing(made: Made, open_at: Open) -> None:
    installation, insider = made
    number = a_ticket(insider, "taken(cast)")
    anna = open_at("anna", f"/tickets/{number}")
    boris = open_at("boris", f"/tickets/{number}")
    anna.locator("[data-here-faces] [title='Boris Agent']").wait_for()
    type_into(anna, "Half a sent")
    server = installation.started[0]
    for pid in descendants(server.pid)[1:]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    insider.do("actions.reply(ticket, by=cast.agent_b, text='While it was away')")
    eventually(lambda: installation.get("/healthz") == 200, what="the servers' return")
    anna.locator(".timeline").get_by_text("While it was away").wait_for(timeout=60_000)
    assert anna.locator(".timeline").get_by_text("While it was away").count() == 1
    assert anna.input_value(TEXT) == "Half a sent"
    anna.locator("#composer [data-meanwhile]").wait_for()
    # Who is there is known again, and whoever leaves leaves.
    boris.close()
    anna.locator("[data-here-faces] [title='Boris Agent']").wait_for(
        state="detached", timeout=90_000
    )
