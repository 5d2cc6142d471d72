"""A browser takes messages: it subscribes, is pushed to through the real queue, shows, opens and takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.opening import CHROMIUM, PATIENCE, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation, eventually, installation
from tests.services.push import PushService, push_service

pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip

# The makers' own services are out of reach of a test: the subscription leads to ours instead.
SUBSCRIBED = """
(told) => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const made = (key) => ({
    options: { applicationServerKey: bytes(key).buffer },
    toJSON: () => told,
    unsubscribe: async () => (sessionStorage.removeItem("push"), true),
  });
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    sessionStorage.setItem("push", applicationServerKey);
    return made(applicationServerKey);
  };
  PushManager.prototype.getSubscription = async () => {
    const key = sessionStorage.getItem("push");
    return key ? made(key) : null;
  };
}
"""
# A click comes from the system; here the worker is told of one, and says where it would lead.
CLICKED = """
async (action) => {
  const [notification] = await self.registration.getNotifications();
  const opened = [];
  Object.defineProperty(self.clients, "openWindow", { value: async (url) => opened.push(url), configurable: true });
  const waits = [];
  const event = new NotificationEvent("notificationclick", { notification, action });
  Object.defineProperty(event, "waitUntil", { value: (promise) => waits.push(promise) });
  self.dispatchEvent(event);
  await Promise.all(waits);
  return opened;
}
"""
SHOWN = """
async () => {
  const registration = await navigator.serviceWorker.ready;
  const rows = await registration.getNotifications();
  return rows.map(({ title, body, tag, actions }) => ({ title, body, tag, actions: actions.map((one) => one.action) }));
}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Insider]]:
    with installation(tmp_path_factory.mktemp("push"), inside_addresses='["127.0.0.1"]') as made:
        made.serve()
        with Insider(made) as insider:
            insider.do("cast = make_cast(); site = Site.current(); site.is_set_up = True")
            insider.do("site.save()")
            yield made, insider


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as made:
        yield made


def _page(engine: Any, made: Installation, insider: Insider, service: PushService) -> Any:
    insider.do("Address.objects.all().delete()")
    base = f"http://127.0.0.1:{made.port}"
    context = engine.new_context(base_url=base, locale="en-GB", permissions=["notifications"])
    session = insider.ask("sign_in('anna')")
    context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
    told = {"endpoint": service.endpoint, "keys": service.browser.keys}
    context.add_init_script(f"({SUBSCRIBED})({json.dumps(told)})")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/profile/reach")
    return page


def _deliver(page: Any, made: Installation, told: dict[str, Any]) -> None:
    """As the maker's service would; the browser has decrypted it by then."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")

    def is_known() -> bool:
        page.wait_for_timeout(50)
        return bool(found)

    eventually(is_known, what="the registration")
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": f"http://127.0.0.1:{made.port}",
            "registrationId": found[0],
            "data": json.dumps(told),
        },
    )


def test_a_browser_is_called_while_its_pages_are_closed(
    made: tuple[Installation, Insider], service: PushService
) -> None:
    from playwright.sync_api import sync_playwright

    installation, insider = made
    with sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = _page(engine, installation, insider, service)
        page.get_by_role("button", name="Show messages in this browser").click()
        page.get_by_text("This browser", exact=True).wait_for()

        number = insider.ask("order(cast, by=cast.client, title='Принтер молчит').pk")

        def has_come() -> bool:
            page.wait_for_timeout(100)
            return any(str(number) in push.told["path"] for push in service.pushes)

        eventually(has_come, what="the push")
        assert service.faults == []
        told = service.pushes[-1].told
        page.goto("/notifications")
        _deliver(page, installation, told)
        eventually(lambda: page.evaluate(SHOWN), what="the notification")
        (shown,) = page.evaluate(SHOWN)
        assert "Принтер молчит" in shown["title"]
        assert shown["tag"] == f"ticket-{number}"
        assert shown["actions"] == ["take", "reply"]

        worker = page.context.service_workers[0]
        assert worker.url.endswith("/sw.js")
        opened = worker.evaluate(CLICKED, "")
        assert opened == [f"http://127.0.0.1:{installation.port}/tickets/{number}"]

        _deliver(page, installation, told)
        eventually(lambda: page.evaluate(SHOWN), what="the notification again")
        assert worker.evaluate(CLICKED, "take") == []
        assert insider.ask(f"Ticket.objects.get(pk={number}).performer.login") == "anna"
        (shown,) = page.evaluate(SHOWN)
        assert shown["body"] == told["acts"]["take"]["done"]

        # Whoever was quicker keeps it: nothing is taken behind anybody's back.
        insider.do(f"actions.release(Ticket.objects.get(pk={number}), by=cast.agent)")
        insider.do(f"actions.take(Ticket.objects.get(pk={number}), by=cast.agent_b)")
        told["acts"]["take"]["seen"] += 1
        _deliver(page, installation, told)
        eventually(lambda: page.evaluate(SHOWN)[0]["actions"] == ["take", "reply"], what="the old")
        worker.evaluate(CLICKED, "take")
        assert page.evaluate(SHOWN)[0]["body"] == told["acts"]["take"]["failed"]
        assert page.evaluate(SHOWN)[0]["actions"] == []
        assert insider.ask(f"Ticket.objects.get(pk={number}).performer.login") == "boris"

        # The button of replying opens the box; somebody else's button does nothing in his name.
        _deliver(page, installation, told)
        eventually(lambda: page.evaluate(SHOWN)[0]["actions"] == ["take", "reply"], what="again")
        address = f"http://127.0.0.1:{installation.port}/tickets/{number}?write=reply#composer"
        assert worker.evaluate(CLICKED, "reply") == [address]
        told["person"] += 1
        _deliver(page, installation, told)
        eventually(lambda: page.evaluate(SHOWN), what="somebody else's")
        assert worker.evaluate(CLICKED, "take") == [address.split("?")[0]]
        engine.close()


def test_it_ends_where_it_began(made: tuple[Installation, Insider], service: PushService) -> None:
    from playwright.sync_api import sync_playwright

    installation, insider = made
    with sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = _page(engine, installation, insider, service)
        page.get_by_role("button", name="Show messages in this browser").click()
        page.get_by_role("button", name="Show none in this browser any more").click()
        page.get_by_role("button", name="Show messages in this browser").wait_for()
        assert insider.ask("Address.objects.count()") == 0
        engine.close()
