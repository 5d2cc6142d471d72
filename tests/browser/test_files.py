"""Files in a browser: pasted, dropped, chosen; sent with words; looked at."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests import files
from tests.browser.opening import Open
from tests.services.insider import Insider
from tests.services.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser, pytest.mark.service, pytest.mark.slow, pytest.mark.timeout(300),
]  # fmt: skip
BRING = """([where, how, content, type, name]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type }));
  const target = document.querySelector(where);
  const more = { bubbles: true, cancelable: true };
  if (how === "paste") target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, ...more }));
  else for (const step of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(step, { dataTransfer: carried, ...more }));
}"""
DRAWN = """async (which) => {
  const picture = document.querySelector(which);
  await picture.decode();
  return picture.naturalWidth;
}"""


def bring(page: Any, how: str, content: bytes, media_type: str, name: str) -> None:
    told = base64.b64encode(content).decode()
    page.evaluate(BRING, ["#composer-text", how, told, media_type, name])


def test_a_pasted_picture_is_sent_shown_and_looked_at(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = int(insider.do("ticket = taken(cast, requester=cast.client); answer = ticket.pk"))
    page = open_at("anna", f"/tickets/{number}")
    bring(page, "paste", files.png(), "image/png", "image.png")
    page.locator("#composer [data-file] img").wait_for()
    bring(page, "drop", files.PDF, "application/pdf", "Акт №5.pdf")
    page.locator("#composer [data-file]", has_text="Акт №5.pdf").wait_for()
    # Nothing is lost: the draft comes back with its files.
    page.reload()
    page.get_by_text("We brought back what you typed before.").wait_for()
    assert page.locator("#composer [data-file]").count() == 2
    page.focus("#composer-text")
    page.keyboard.press("Control+Enter")
    page.locator("#confirm button", has_text="Send reply").click()
    page.locator(".bubble .picture").nth(1).wait_for()
    names = insider.ask("[row.name for row in ticket.attachments.all()]")
    assert names[0].startswith("Picture 20")
    assert names[1] == "Акт №5.pdf"

    reader = open_at("clara", f"/tickets/{number}")
    reader.locator(".picture a").first.click()
    viewer = reader.locator("dialog.viewer")
    shown = viewer.locator("img.viewer-picture")
    shown.wait_for()
    assert reader.evaluate(DRAWN, "img.viewer-picture") == 300
    reader.keyboard.press("ArrowRight")
    viewer.locator("img.viewer-paper").nth(1).wait_for()
    assert reader.evaluate(DRAWN, "img.viewer-paper") == 1200
    reader.keyboard.press("Escape")
    assert not viewer.is_visible()


def test_a_reply_waits_for_its_files_and_a_refused_one_says_why(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, insider = made
    number = int(insider.do("ticket = taken(cast); answer = ticket.pk"))
    page = open_at("anna", f"/tickets/{number}")
    page.fill("#composer-text", "Here it is")
    page.set_input_files(
        "#composer-files", [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 2_000_000}]
    )
    page.focus("#composer-text")
    page.keyboard.press("Control+Enter")
    page.locator(".bubble", has_text="Here it is").wait_for()
    assert insider.ask("[row.name for row in ticket.attachments.all()]") == ["a.txt"]
    page.set_input_files(
        "#composer-files",
        [{"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ" + bytes(99)}],
    )
    page.locator(".file-chip-error", has_text="a.exe is a program.").wait_for()
    page.fill("#composer-text", "And this")
    page.keyboard.press("Control+Enter")
    page.locator(".toast", has_text="Some files are not here.").wait_for()
    page.locator("[data-failed] [data-file-remove]").click()
    page.focus("#composer-text")
    page.keyboard.press("Control+Enter")
    page.locator(".bubble", has_text="And this").wait_for()


def test_a_new_ticket_on_the_phone_takes_a_photo(
    made: tuple[Installation, Insider], open_at: Open
) -> None:
    _installation, _insider = made
    page = open_at("clara", "/tickets/new", viewport={"width": 390, "height": 800}, has_touch=True)
    page.fill("[name=title]", "Printer")
    page.select_option("[name=department]", label="IT")
    camera = page.locator(".files-camera input")
    assert camera.get_attribute("capture") == "environment"
    camera.set_input_files([{"name": "p.jpg", "mimeType": "image/jpeg", "buffer": files.photo()}])
    page.locator("[data-file] img").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("main form[data-new-ticket] [type=submit]").first.click()
    page.locator(".picture img").wait_for()
