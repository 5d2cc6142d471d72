"""Ten tabs of one browser: one stream, one pop-up for each event, whoever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.browser.opening import CHROMIUM, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation, descendants, eventually
from tests.services.line import line

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip

SEEN = """
window.seen = [];
window.said = [];
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) {
      if (node.matches?.(".popup")) window.seen.push(node.innerText);
      if (node.matches?.(".toast")) window.said.push(node.innerText);
    }
}).observe(document, { childList: true, subtree: true });
"""


class Browser:
    """One person's browser with several tabs, watched."""

    def __init__(self, made: Installation, engine: Any, session: str) -> None:
        self.context = engine.new_context()
        self.context.add_cookies(
            [{"name": "estafeta_session", "value": session, "url": self.address(made)}]
        )
        self.context.add_init_script(SEEN)
        self.context.on("request", self._note)
        self.errors: list[str] = []
        self.streams: list[Any] = []
        self.tabs: list[Any] = []
        self.made = made

    @staticmethod
    def address(made: Installation) -> str:
        return f"http://127.0.0.1:{made.port}"

    def _note(self, request: Any) -> None:
        if "/events" in request.url:
            self.streams.append(request)

    def open(self, path: str) -> Any:
        tab = self.context.new_page()
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.goto(f"{self.address(self.made)}{path}", wait_until="load")
        self.tabs.append(tab)
        return tab

    def seen(self) -> list[str]:
        """Give the texts of all pop-ups that any tab has shown."""
        return [text for tab in self.tabs for text in tab.evaluate("window.seen")]

    def wait_for(self, condition: Any, what: str, seconds: float = 20) -> None:
        """Wait while the pages go on living."""

        def check() -> bool:
            self.tabs[-1].wait_for_timeout(50)
            return bool(condition())

        eventually(check, seconds=seconds, what=what)


@pytest.fixture
def browser(made: tuple[Installation, Insider]) -> Iterator[Browser]:
    installation, insider = made
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield Browser(installation, engine, insider.ask("sign_in('anna')"))
        finally:
            engine.close()


def test_ten_tabs_hold_one_stream_and_show_one_popup(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    installation, insider = made
    insider.do("Notification.objects.all().delete()")  # of a first try that was too slow
    for _ in range(10):
        browser.open("/inbox")
    browser.wait_for(lambda: len(browser.streams) == 1, "the stream")
    insider.do("first = order(cast, title='Принтер жуёт бумагу')")
    browser.wait_for(browser.seen, "the pop-up")
    browser.tabs[0].wait_for_timeout(1500)
    [text] = browser.seen()
    assert "Принтер жуёт бумагу" in text
    assert "Dora Director" in text
    assert len(browser.streams) == 1
    browser.wait_for(
        lambda: all(tab.title().startswith("(1) ") for tab in browser.tabs), "the titles"
    )
    badges = {tab.locator("[data-unread]").first.inner_text() for tab in browser.tabs}
    assert badges == {"1"}

    # The tab that holds the stream goes; another takes over and nothing is lost or repeated.
    leader = next(tab for tab in browser.tabs if tab == browser.streams[0].frame.page)
    browser.tabs.remove(leader)
    leader.close()
    insider.do("second = order(cast, title='Нет сети')")
    browser.wait_for(lambda: len(browser.streams) == 2, "the next leader")
    browser.wait_for(lambda: any("Нет сети" in text for text in browser.seen()), "the pop-up")
    browser.tabs[0].wait_for_timeout(1500)
    assert sum("Нет сети" in text for text in browser.seen()) == 1
    assert sum("Принтер" in text for text in browser.seen()) <= 1

    # The servers die while all listen.
    server = installation.started[0]
    for pid in descendants(server.pid)[1:]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    insider.do("third = order(cast, title='Сервер упал')")
    browser.wait_for(
        lambda: any("Сервер упал" in text for text in browser.seen()), "the pop-up", 60
    )
    browser.tabs[0].wait_for_timeout(2000)
    assert sum("Сервер упал" in text for text in browser.seen()) == 1
    assert sum("Нет сети" in text for text in browser.seen()) <= 1
    assert not browser.errors


def test_what_somebody_wants_no_popup_for_is_counted_and_not_shown(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    _installation, insider = made
    insider.do("from estafeta.notifications import wishing")
    insider.do("Notification.objects.all().delete()")
    insider.do("wishing.wish(cast.agent, by=cast.agent, cells={'offered': {'popup': False}})")
    browser.open("/inbox")
    browser.wait_for(lambda: len(browser.streams) == 1, "the stream")
    insider.do("order(cast, title='Тихий принтер')")
    browser.wait_for(lambda: browser.tabs[0].title().startswith("(1) "), "the count")
    browser.tabs[0].wait_for_timeout(800)
    assert browser.seen() == []
    insider.do("wishing.wish(cast.agent, by=cast.agent, cells={'offered': {'popup': None}})")


def test_plain_http_without_locks_still_has_one_stream_and_one_popup(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    _installation, insider = made
    # Browsers offer locks to https and localhost only.
    browser.context.add_init_script("delete Navigator.prototype.locks")
    for _ in range(4):
        browser.open("/inbox")
    browser.wait_for(lambda: len(browser.streams) == 1, "the stream")
    insider.do("order(cast, title='Без замка')")
    browser.wait_for(browser.seen, "the pop-up")
    browser.tabs[0].wait_for_timeout(3000)
    assert sum("Без замка" in text for text in browser.seen()) == 1
    assert len(browser.streams) == 1
    leader = browser.streams[0].frame.page
    browser.tabs.remove(leader)
    leader.close()
    browser.wait_for(lambda: len(browser.streams) == 2, "the next leader")
    assert not browser.errors


def test_where_no_stream_comes_through_news_is_fetched_until_one_does(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    _installation, insider = made
    is_blocked = True

    def pass_on(route: Any) -> None:
        if is_blocked and "once=1" not in route.request.url:
            route.abort()
        else:
            route.continue_()

    browser.context.route("**/events?*", pass_on)
    browser.context.clock.install()
    tab = browser.open("/inbox")
    for _ in range(3):  # three tries of the stream
        tab.wait_for_timeout(300)
        tab.clock.run_for(6_000)
    browser.wait_for(lambda: "once=1" in browser.streams[-1].url, "the first fetch")
    browser.wait_for(lambda: len(tab.evaluate("window.said")) == 1, "the quiet word")
    insider.do("order(cast, title='Без потока')")
    insider.do("import time; time.sleep(1)")
    tab.clock.run_for(19_000)
    browser.wait_for(lambda: any("Без потока" in text for text in browser.seen()), "the pop-up")
    is_blocked = False
    for _ in range(5):
        tab.clock.run_for(19_000)
        tab.wait_for_timeout(500)
    browser.wait_for(lambda: "once=1" not in browser.streams[-1].url, "the stream")
    insider.do("order(cast, title='Снова поток')")
    browser.wait_for(lambda: any("Снова поток" in text for text in browser.seen()), "the pop-up")
    assert sum("Без потока" in text for text in browser.seen()) == 1
    assert not browser.errors


def test_where_a_proxy_holds_the_stream_back_news_is_fetched(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    installation, insider = made
    with line(installation.port) as proxy:
        proxy.hold_streams()
        tab = browser.context.new_page()
        browser.tabs.append(tab)
        tab.goto(f"http://127.0.0.1:{proxy.port}/inbox", wait_until="load")
        browser.wait_for(
            lambda: any("once=1" in one.url for one in browser.streams), "the first fetch"
        )
        insider.do("order(cast, title='За прокси')")
        browser.wait_for(
            lambda: any("За прокси" in text for text in browser.seen()), "the pop-up", 30
        )
    assert not browser.errors


def test_an_open_list_shows_what_happens_without_being_touched(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    _installation, insider = made
    insider.do("ticket = order(cast, title='Картридж')")
    tab = browser.open("/inbox")
    row = tab.locator(f"#row-{insider.ask('ticket.pk')}, [data-row]").first
    assert "Картридж" in row.inner_text()
    assert "Boris" not in row.inner_text()
    insider.do("actions.take(ticket, by=cast.agent_b)")
    browser.wait_for(lambda: "Boris" in row.inner_text(), "the new row")
    assert not browser.errors


def test_who_signs_out_elsewhere_is_told_so(
    made: tuple[Installation, Insider], browser: Browser
) -> None:
    _installation, insider = made
    tab = browser.open("/inbox")
    browser.wait_for(lambda: browser.streams, "the stream")
    key = next(c["value"] for c in browser.context.cookies() if c["name"] == "estafeta_session")
    insider.do(f"SessionStore({key!r}).delete()")
    browser.wait_for(lambda: tab.locator(".toast-warning").count() == 1, "the toast")
    assert not browser.errors
