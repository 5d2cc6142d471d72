"""Whatever people type stays text: it is kept, shown escaped, found, and never a server error."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from estafeta.accounts.models import Person, Site
from estafeta.lib.text import clean, one_line
from estafeta.tickets.models import Comment, Ticket
from tests.cast import Cast
from tests.naughty import MEGABYTE, NAUGHTY
from tests.orders import order
from tests.program import Program

pytestmark = pytest.mark.slow
each = pytest.mark.parametrize("text", NAUGHTY.values(), ids=NAUGHTY.keys())


def browser_of(person: Person) -> Client:
    """Signed in, in an installation that is set up."""
    Site.objects.update_or_create(pk=1, defaults={"is_set_up": True})
    Site.forget()
    browser = Client(raise_request_exception=False)
    browser.force_login(person, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    return browser


class Reader(HTMLParser):
    """Reads a page as a browser does: what runs in it, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.said.extend(given.values())
        assert not [name for name in given if name.startswith("on") or name == "style"], given
        for name in ("href", "src", "action", "formaction", "data"):
            assert not given.get(name, "").strip().lower().startswith("javascript:"), given
        if tag in ("img", "script", "link", "iframe", "object", "embed", "svg:use"):
            address = given.get("src") or given.get("href") or given.get("data") or ""
            assert not address.startswith(("http:", "https:", "//")), f"from elsewhere: {address}"
        if tag == "script":
            assert given.get("src") or given.get("type") == "application/json", "an inline script"

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def is_harmless(page: str) -> None:
    """No markup of the writer's is in the page."""
    Reader(page)


@each
def test_the_api_keeps_it_as_text(cast: Cast, text: str) -> None:
    program = Program.of(cast.agent)
    answer = program.post("/tickets", title=text[:200], text=text, department=cast.it.pk)
    assert answer.status_code == 201, answer.content
    told = answer.json()["ticket"]
    assert told["title"] == one_line(text[:200])
    assert told["text"] == clean(text)
    is_harmless(told["text_html"])
    number = told["number"]
    assert program.post(f"/tickets/{number}/reply", text=text).status_code == 200
    assert program.post(f"/tickets/{number}/note", text=text).status_code == 200
    assert {comment.text for comment in Comment.objects.all()} == {clean(text)}
    for path in ("/tickets", "/people"):
        assert program.get(path, q=text[:200]).status_code == 200
    assert program.get(f"/tickets/{number}/journal").status_code == 200


@each
def test_pages_show_it_as_text(cast: Cast, text: str) -> None:
    ticket = order(cast, by=cast.client, title=text[:200], text=text)
    browser = browser_of(cast.agent)
    reply = browser.post(f"/tickets/{ticket.number}/reply", {"text": text, "seen": 1})
    assert reply.status_code in (200, 302, 303), reply.status_code
    for path in ("/", "/inbox", f"/tickets/{ticket.number}", f"/tickets/{ticket.number}/print"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        is_harmless(page)
    assert "\x00" not in page
    assert any(one_line(text[:200]) in one_line(said) for said in Reader(page).said)


@each
def test_searching_for_it_breaks_nothing(cast: Cast, text: str) -> None:
    order(cast, title=text[:200])
    browser = browser_of(cast.agent)
    for path in ("/search", "/inbox", "/palette", "/people/suggest", "/clients"):
        answer = browser.get(path, {"q": text})
        assert answer.status_code in (200, 302), path
        if "html" in answer.get("Content-Type", ""):
            is_harmless(answer.content.decode())


@each
def test_a_form_that_holds_it_comes_back_or_goes_through(cast: Cast, text: str) -> None:
    browser = browser_of(cast.agent)
    for where in (str(cast.it.pk), "", text):
        form = {"title": text[:200], "text": text, "department": where, "priority": "2"}
        answer = browser.post("/tickets/new", form)
        assert answer.status_code in (200, 302, 303, 422), answer.status_code
        if answer.status_code == 422:
            is_harmless(answer.content.decode())
    assert Ticket.objects.count() == 1


@each
def test_odd_values_in_addresses_break_nothing(cast: Cast, text: str) -> None:
    browser = browser_of(cast.director)
    for name in (
        "status",
        "department",
        "performer",
        "priority",
        "deadline",
        "sort",
        "after",
        "list",
    ):
        answer = browser.get("/tickets", {name: text})
        assert answer.status_code in (200, 400), name
        is_harmless(answer.content.decode())


def test_a_megabyte_is_refused_and_given_back(cast: Cast) -> None:
    form: dict[str, Any] = {"title": "Много", "text": MEGABYTE, "department": str(cast.it.pk)}
    answer = browser_of(cast.agent).post("/tickets/new", form)
    assert answer.status_code == 422
    assert MEGABYTE[:1000] in answer.content.decode(), "nothing typed is lost"
    refused = Program.of(cast.agent).post(
        "/tickets", title="Много", text=MEGABYTE, department=cast.it.pk
    )
    assert refused.status_code == 422
    assert not Ticket.objects.exists()
