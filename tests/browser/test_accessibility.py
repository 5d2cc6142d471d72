"""axe-core finds nothing on the pages people live in, in light and dark, wide and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.opening import CHROMIUM, QUIET
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS = [("light", 1440), ("dark", 390)]

PAGES: dict[str, tuple[str, ...]] = {
    "head": (
        "/",
        "/inbox",
        "/tickets",
        "/tickets/new",
        "/tickets/{number}",
        "/search?q=printer",
        "/feed",
        "/tickets/{number}/why",
        "/tickets/{number}/file",
        "/tickets/{number}/files",
        "/lists/inbox/board",
        "/lists/inbox/board?by=performer",
        "/views",
        "/views/new?list=inbox",
        "/lists/look?place=inbox",
        "/bulk",
        "/bulk/{run}",
        "/notifications",
    ),
    "agent": (
        "/sent",
        "/archive",
        "/profile",
        "/profile/reach",
        "/tickets/{number}?show=journal",
        "/answers/new",
    ),
    "client": ("/", "/tickets/new"),
    "admin": (
        "/administration",
        "/administration/people",
        "/administration/people/{agent}",
        "/administration/people/{agent}/leave",
        "/administration/departments",
        "/administration/departments/{department}",
        "/administration/departments/{department}/merge",
        "/administration/positions",
        "/administration/priorities",
        "/administration/look",
        "/administration/topics",
        "/administration/topics/{topic}",
        "/administration/organisations",
        "/administration/deleted",
        "/administration/channels",
        "/administration/channels/mail",
        "/administration/channels/mail/senders",
        "/administration/templates",
        "/administration/templates/replied/en/mail",
        "/administration/webhooks",
        "/administration/webhooks/new",
        "/departments/{department}/reach",
        "/administration/site",
        "/administration/security",
        "/administration/seals",
        "/announcements",
        "/announcements/new",
    ),
}

# What opens over a page: a click on the first of each.
OPENED = {
    "/inbox": ("[data-filter]",),
    "/tickets/{number}": ("a[data-look]", ".ticket-verbs > [popovertarget]"),
}
OPEN = "document.querySelector('dialog[open], :popover-open')"


@pytest.fixture(scope="module")
def number(made: tuple[Installation, Insider]) -> int:
    """A ticket with a conversation, a hand-over and a deadline that has passed."""
    _installation, insider = made
    insider.do("ticket = order(cast, title='Printer', text='**No** paper')")
    insider.do("actions.take(ticket, by=cast.agent)")
    insider.do("actions.reply(ticket, by=cast.agent, text='Looking at it')")
    insider.do("actions.note(ticket, by=cast.agent, text='`drum` is old')")
    insider.do("from estafeta.accounts.actions.announcements import announce")
    for level in ("info", "warning", "danger"):
        insider.do(
            f"announce(by=cast.admin, text='**{level}** [why](https://a.example)', level='{level}')"
        )
    insider.do("from estafeta.tickets.proof import sealing; sealing.seal_all()")
    insider.do("from estafeta.tickets.bulk import runs; from estafeta.tickets.verbs import Verb")
    insider.do("swept = [order(cast, title='Swept'), ticket]")
    insider.do("run = runs.begin(Verb.TAKE, [one.pk for one in swept], by=cast.head, keywords={})")
    insider.do("import io; from tests.files import photo")
    insider.do("from estafeta.tickets.files.uploading import keep_draft")
    insider.do("picture = keep_draft(io.BytesIO(photo()), 'damage.jpg', by=cast.agent)")
    insider.do("actions.reply(ticket, by=cast.agent, text='So it looks', files=[picture.pk])")
    insider.do("topic = Topic.objects.first() or Topic.objects.create(name='Printers')")
    return int(insider.ask("ticket.pk"))


@pytest.mark.parametrize(("theme", "width"), LOOKS)
@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing(
    made: tuple[Installation, Insider], number: int, role: str, theme: str, width: int
) -> None:
    installation, insider = made
    base = f"http://127.0.0.1:{installation.port}"
    found: list[str] = []
    with playwright.sync_playwright() as engines:
        engine = engines.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = engine.new_context(
            base_url=base, locale="en-GB", color_scheme=theme, bypass_csp=True,
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
        )  # fmt: skip
        session = insider.ask(f"sign_in(cast.{role}.login)")
        context.add_cookies([{"name": "estafeta_session", "value": session, "url": base}])
        page = context.new_page()
        ids = {
            "number": number, "agent": insider.ask("cast.agent.pk"),
            "department": insider.ask("cast.it.pk"), "run": insider.ask("run.pk"),
            "topic": insider.ask("topic.pk"),
        }  # fmt: skip
        for address in PAGES[role]:
            answer = page.goto(address.format(**ids))
            assert answer.status == 200, address
            found += _violations(page, address)
            for opener in OPENED.get(address, ()):
                page.goto(address.format(**ids))
                page.locator(opener).first.click()
                page.wait_for_function(OPEN)
                found += _violations(page, f"{address} {opener}")
        engine.close()
    assert not found, "\n".join(found)


def _violations(page: Any, address: str) -> list[str]:
    told = axe.Axe().run(page, options=RULES).response["violations"]
    return [
        f"{address}: {rule['id']}: {node['html'][:200]}" for rule in told for node in rule["nodes"]
    ]
