"""An administrator sets the mail server, tries it, and changes what letters say beside a preview."""

from __future__ import annotations

import pytest

from tests.browser.opening import Open
from tests.services.insider import Insider
from tests.services.installation import Installation
from tests.services.smtp import mail_server

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip


def test_a_mail_server_is_set_and_tried_while_one_looks(open_at: Open) -> None:
    page = open_at("ada", "/administration/channels/mail")
    with mail_server() as box:
        page.get_by_label("Mail server").fill("127.0.0.1")
        page.get_by_label("Port").fill(str(box.port))
        page.get_by_label("How the line is protected").select_option("none")
        page.get_by_role("button", name="Save").click()
        page.locator(".toast", has_text="E-mail is saved.").wait_for()
        page.get_by_role("button", name="Send me a test message").click()
        page.get_by_text("Sent to ada@example.org.").wait_for()
        assert page.get_by_text("queued as 4ABC").count() == 1
        assert box.receivers == ["ada@example.org"]
    page.get_by_role("button", name="Send me a test message").click()
    page.get_by_text("nothing listens on this port").first.wait_for()


def test_words_are_written_beside_their_preview(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    page = open_at("ada", "/administration/templates/replied/en/mail")
    frame = page.frame_locator("iframe[name=preview]")
    frame.get_by_text("The printer does not print").first.wait_for()
    page.get_by_label("Text", exact=True).fill("Dear ")
    page.get_by_role("button", name="recipient").click()
    assert page.get_by_label("Text", exact=True).input_value() == "Dear {{ recipient }}"
    for _twice in range(2):
        page.get_by_role("button", name="Show how it reads").click()
        frame.get_by_text("Dear Ada Admin").wait_for()
    assert page.url.endswith("/administration/templates/replied/en/mail")
    page.get_by_label("Text", exact=True).fill("one\n{% if x %}")
    page.get_by_role("button", name="Use these words").click()
    page.get_by_text("Line 2: A part is not closed").wait_for()
    page.get_by_label("Text", exact=True).fill("Dear {{ recipient }}")
    page.get_by_role("button", name="Use these words").click()
    page.locator(".toast", has_text="These words are used from now on.").wait_for()
    page.get_by_role("button", name="Go back to them").click()
    page.get_by_role("button", name="Go back", exact=True).click()
    page.locator(".toast", has_text="The shipped words are used again.").wait_for()
    _place, insider = made
    insider.do("from estafeta.notifications.models import MessageTemplate")
    assert insider.ask("MessageTemplate.objects.count()") == 0
