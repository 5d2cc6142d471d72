"""A phone loses the network: what was seen is there, what is done waits, and is sent once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.device import KEPT, SHARE, SHARED, WAITING
from tests.browser.opening import CHROMIUM, PATIENCE, PHONE, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation, eventually
from tests.services.line import Line, line

pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip

Phone = Callable[..., Any]


@pytest.fixture
def wire(made: tuple[Installation, Insider]) -> Iterator[Line]:
    with line(made[0].port) as wire:
        yield wire


@pytest.fixture
def phone(made: tuple[Installation, Insider], wire: Line) -> Iterator[Phone]:
    """A phone of somebody, on which this place has been opened once."""
    from playwright.sync_api import sync_playwright

    _installation, insider = made
    base = f"http://127.0.0.1:{wire.port}"
    with sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)

        def go(login: str, address: str = "/inbox") -> Any:
            context = engine.new_context(base_url=base, locale="en-GB", **PHONE)
            session = insider.ask(f"sign_in('{login}')")
            context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            # The last of what every device keeps.
            eventually(lambda: "/" in _kept(page), what="that it is ready")
            return page

        try:
            yield go
        finally:
            engine.close()


def _kept(page: Any) -> list[str]:
    page.wait_for_timeout(150)
    return list(page.evaluate(KEPT))


def _waiting(page: Any) -> list[str]:
    page.wait_for_timeout(150)
    return list(page.evaluate(WAITING))


def _ticket(insider: Insider, title: str, more: str = "") -> int:
    return int(insider.ask(f"order(cast, by=cast.client, title='{title}'{more}).pk"))


def _followed(insider: Insider) -> int:
    """A ticket that Vera sees only because she follows it."""
    number = _ticket(insider, "Не для всех")
    insider.do(f"ticket = Ticket.objects.get(pk={number})")
    insider.do("actions.follow(ticket, by=cast.head, people=[cast.agent2])")
    return number


def _go_to(page: Any, address: str) -> None:
    page.goto(address)
    eventually(lambda: address in _kept(page), what="that it is kept")


def _share(page: Any, title: str) -> None:
    """As the system hands over: a form that the service worker takes."""
    page.evaluate(SHARE, title)


def _sign_in(page: Any, insider: Insider, login: str) -> None:
    session = insider.ask(f"sign_in('{login}')")
    origin = page.evaluate("location.origin")
    page.context.add_cookies([{"name": "estafeta_session", "value": session, "url": origin}])


def test_lists_and_tickets_are_there_without_network(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    number = _ticket(made[1], "Протекает труба")
    page = phone("anna")
    _go_to(page, "/inbox")
    _go_to(page, f"/tickets/{number}")
    wire.cut()
    page.goto("/inbox")
    page.get_by_text("No network. This page is as of").wait_for()
    page.locator(f"#row-{number} [data-row-link]").click()
    page.wait_for_url(f"**/tickets/{number}")
    page.get_by_text("No network. This page is as of").wait_for()
    assert page.locator("h1").inner_text() == "Протекает труба"
    page.goto("/following")
    page.get_by_role("heading", name="This page is not on your device").wait_for()
    page.locator(f"[data-kept-list] a[href='/tickets/{number}']").wait_for()
    page.goto("/inbox")
    page.get_by_text("No network. This page is as of").wait_for()
    wire.mend()
    page.get_by_text("No network. This page is as of").wait_for(state="detached", timeout=40_000)


def test_what_is_done_without_network_is_sent_once_and_in_order(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    insider = made[1]
    number = _ticket(insider, "Не горит лампа")
    page = phone("anna")
    _go_to(page, f"/tickets/{number}")
    wire.cut()
    page.reload()
    page.locator(".ticket-verbs").get_by_role("button", name="Take").click()
    page.locator(".toast", has_text="Take: waits for the network.").wait_for()
    page.get_by_role("textbox", name="Text").fill("Уже иду")
    page.locator("[data-files-input]").first.set_input_files(
        {"name": "lamp.txt", "mimeType": "text/plain", "buffer": b"lamp"}
    )
    page.locator(".file-chip", has_text="is kept and sent with the rest").wait_for()
    page.get_by_role("button", name="Send reply").click()
    confirm = page.locator("#confirm[open]").get_by_role("button", name="Send reply")
    confirm.click()
    page.locator(".pending-line", has_text="Уже иду").wait_for()
    assert _waiting(page) == ["take waiting", "reply waiting"]
    assert page.locator("[data-tray]").inner_text() == "Wait for the network: 2"
    page.reload()
    page.locator(".pending-line", has_text="Уже иду").wait_for()
    assert insider.ask(f"Ticket.objects.get(pk={number}).performer") is None
    wire.mend()
    page.locator(".toast", has_text="The reply is sent.").wait_for(timeout=60_000)
    assert _waiting(page) == []
    verbs = f"list(Ticket.objects.get(pk={number}).entries.order_by('seq').values_list('verb', flat=True))"
    assert insider.ask(verbs) == ["open", "take", "reply"]
    assert insider.ask(f"Attachment.objects.filter(comment__ticket={number}).count()") == 1


def test_an_answer_that_is_lost_makes_nothing_twice(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    insider = made[1]
    number = _ticket(insider, "Скрипит дверь")
    page = phone("anna")
    _go_to(page, f"/tickets/{number}")
    # A browser tries again by itself where it had the connection from before.
    wire.lose_the_answer_to(b"POST /tickets/%d/reply" % number, times=9)
    page.get_by_role("textbox", name="Text").fill("Смажу завтра")
    page.get_by_role("button", name="Send reply").click()
    page.locator("#confirm[open]").get_by_role("button", name="Send reply").click()
    page.locator(".toast", has_text="Send reply: waits for the network.").wait_for()
    assert wire.lost > 0
    wire.mend()
    eventually(lambda: _waiting(page) == [], seconds=60, what="that it is sent")
    assert insider.ask(f"Ticket.objects.get(pk={number}).comments.count()") == 1


def test_what_was_overtaken_is_asked_about(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    insider = made[1]
    number = _ticket(insider, "Сломан замок")
    page = phone("anna")
    _go_to(page, f"/tickets/{number}")
    wire.cut()
    page.get_by_role("textbox", name="Text").fill("Приду в среду")
    page.get_by_role("button", name="Send reply").click()
    page.locator("#confirm[open]").get_by_role("button", name="Send reply").click()
    page.locator("[data-tray]").wait_for()
    insider.do(f"ticket = Ticket.objects.get(pk={number})")
    insider.do("actions.take(ticket, by=cast.agent_b)")
    insider.do("actions.complete(ticket, by=cast.agent_b, reason='Заменил')")
    wire.mend()
    tray = page.get_by_text("Not sent, look please: 1")
    tray.wait_for(timeout=60_000)
    assert insider.ask(f"Ticket.objects.get(pk={number}).comments.count()") == 0
    tray.click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_text("Meanwhile somebody else has acted").wait_for()
    assert "Boris" in dialog.inner_text()
    assert "Заменил" in dialog.inner_text()
    dialog.get_by_role("button", name="Send it anyway").click()
    eventually(lambda: _waiting(page) == [], what="that it is sent")
    assert insider.ask(f"Ticket.objects.get(pk={number}).comments.get().text") == "Приду в среду"


def test_a_dialog_is_filled_in_without_network(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    insider = made[1]
    number = _ticket(insider, "Пыль в коридоре")
    insider.do(f"actions.take(Ticket.objects.get(pk={number}), by=cast.agent)")
    page = phone("anna")
    _go_to(page, f"/tickets/{number}")
    wire.cut()
    page.reload()
    page.locator(".ticket-verbs").get_by_role("link", name="Complete").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("What was done").fill("Вымыл")
    dialog.get_by_role("button", name="Complete").click()
    page.locator(".pending-line", has_text="Вымыл").wait_for()
    wire.mend()
    eventually(lambda: _waiting(page) == [], seconds=60, what="that it is sent")
    assert insider.ask(f"Ticket.objects.get(pk={number}).status") in ("done", "review")


def test_nobody_reads_or_sends_what_another_one_has_left(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    insider = made[1]
    number = _ticket(insider, "Тайна")
    page = phone("anna")
    base = f"http://127.0.0.1:{wire.port}"
    _go_to(page, f"/tickets/{number}")
    wire.cut()
    page.locator(".ticket-verbs").get_by_role("button", name="Take").click()
    page.locator("[data-tray]").wait_for()
    page.locator("[popovertarget=person-menu]").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.locator("#confirm[open]").get_by_text("Not sent yet: 1.").wait_for()
    page.locator("#confirm[open]").get_by_role("button", name="Cancel").click()
    page.context.clear_cookies()
    wire.mend()
    page.goto("/sign-in")
    eventually(lambda: _kept(page) == [], what="that nothing of him is kept")
    assert _waiting(page) == ["take waiting"]
    session = insider.ask("sign_in('boris')")
    page.context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
    page.goto("/inbox")
    page.wait_for_timeout(3_000)
    assert page.locator("[data-tray]").count() == 0
    assert _waiting(page) == ["take waiting"]
    session = insider.ask("sign_in('anna')")
    page.context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
    page.goto("/inbox")
    eventually(lambda: _waiting(page) == [], seconds=60, what="that it is sent by its own person")
    assert insider.ask(f"Ticket.objects.get(pk={number}).performer.login") == "anna"


def test_signing_out_leaves_nothing_behind(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    page = phone("anna")
    _go_to(page, "/inbox")
    page.locator("[popovertarget=person-menu]").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    eventually(lambda: _kept(page) == [], what="that nothing is kept")
    wire.cut()
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/inbox")


def test_what_was_shared_and_not_sent_is_offered_to_nobody_else(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    page = phone("anna")
    _share(page, "Секрет Анны")
    page.wait_for_url("**/share?shared=*")
    page.locator("[data-shared-shown]", has_text="Секрет Анны").wait_for()
    address = page.url
    # Her session is over without a word to this device, and somebody else is first to open the page.
    _sign_in(page, made[1], "boris")
    for where in (address, "/share"):
        page.goto(where)
        page.locator("[data-shared-none]").wait_for()
        assert not page.locator("[data-shared-some]").is_visible()
    eventually(lambda: page.evaluate(SHARED) == [], what="that it is gone")


def test_signing_out_drops_what_was_shared_and_not_sent(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    page = phone("anna")
    _share(page, "Секрет Анны")
    page.wait_for_url("**/share?shared=*")
    assert page.evaluate(SHARED) == ["Секрет Анны"]
    page.goto("/inbox")
    page.locator("[popovertarget=person-menu]").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    eventually(lambda: page.evaluate(SHARED) == [], what="that it is gone")


@pytest.mark.parametrize("has_read", [True, False])
def test_a_copy_goes_when_the_page_is_refused(
    made: tuple[Installation, Insider], wire: Line, phone: Phone, has_read: bool
) -> None:
    insider = made[1]
    number = _followed(insider)
    page = phone("vera")
    _go_to(page, f"/tickets/{number}")
    _go_to(page, "/inbox")
    # Without an entry in the journal nobody hears of it before he looks.
    insider.do(f"Participant.objects.filter(ticket={number}, person=cast.agent2).delete()")
    if not has_read:
        insider.do(f"ReadMark.objects.filter(ticket={number}).delete()")
    page.goto(f"/tickets/{number}")
    eventually(lambda: f"/tickets/{number}" not in _kept(page), what="that no copy is left")
    assert "/inbox" in _kept(page)


def test_a_copy_goes_when_the_stream_says_that_the_ticket_is_gone(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    insider = made[1]
    number = _followed(insider)
    page = phone("vera")
    _go_to(page, f"/tickets/{number}")
    _go_to(page, "/inbox")
    insider.do(f"ticket = Ticket.objects.get(pk={number})")
    insider.do("actions.unfollow(ticket, by=cast.head, person=cast.agent2)")
    eventually(lambda: f"/tickets/{number}" not in _kept(page), what="that no copy is left")
    assert "/inbox" in _kept(page)


def test_pages_of_administration_are_not_kept(
    made: tuple[Installation, Insider], wire: Line, phone: Phone
) -> None:
    page = phone("ada")
    page.goto("/administration")
    page.goto("/profile")
    page.wait_for_timeout(500)
    assert not [path for path in _kept(page) if path.startswith(("/administration", "/profile"))]
    wire.cut()
    page.goto("/administration")
    page.get_by_role("heading", name="This page is not on your device").wait_for()


@pytest.mark.parametrize("has_network", [True, False])
def test_what_is_shared_becomes_a_ticket(
    made: tuple[Installation, Insider], wire: Line, phone: Phone, has_network: bool
) -> None:
    insider = made[1]
    page = phone("anna")
    if not has_network:
        wire.cut()
    _share(page, "Лужа на складе")
    page.wait_for_url("**/share?shared=*")
    assert "Лужа на складе" in page.locator("[data-shared-shown]").inner_text()
    page.get_by_role("link", name="As a new ticket").click()
    page.get_by_label("Title").wait_for()
    eventually(
        lambda: page.get_by_label("Title").input_value() == "Лужа на складе", what="the title"
    )
    page.locator(".file-chip", has_text="pool.txt").wait_for()
    before = insider.ask("Ticket.objects.count()")
    page.get_by_label("To the department").select_option(index=1)
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Send the ticket").click()
    if not has_network:
        page.locator("[data-tray]").wait_for()
        wire.mend()
    eventually(lambda: insider.ask("Ticket.objects.count()") == before + 1, seconds=60, what="it")
    newest = "Ticket.objects.order_by('pk').last()"
    assert insider.ask(f"[{newest}.title, {newest}.text]") == ["Лужа на складе", "у ворот"]


def test_it_can_be_installed(made: tuple[Installation, Insider], wire: Line, phone: Phone) -> None:
    page = phone("anna")
    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert "share_target" in manifest["data"]
    found = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A window of a test is private, which is the only thing against it.
    assert [one["errorId"] for one in found] in ([], ["in-incognito"])
