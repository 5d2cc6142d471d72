"""What must never get through, and what must never break a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from estafeta.desk.tickets.tests.conftest import At
from estafeta.tickets import actions
from estafeta.tickets.models import Comment, Ticket
from tests.cast import Cast
from tests.orders import order, taken

HTMX = {"HX-Request": "true"}
NAUGHTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "{{ 7*7 }} {% raw %} ${7*7}", "'; DROP TABLE tickets_ticket; --", "=cmd|' /C calc'!A0",
    "\u202eright to left\u202c", "zero\u200bwidth\ufeff", "👩‍👩‍👧‍👦🏴‍☠️", "a\x00b\x07c", "\ud800".encode("utf-8", "replace").decode(),
    "%s %(name)s {} \\", "ﷺ" * 50, "Ω≈ç√∫", "\r\n\r\nX-Injected: yes", "]]>", "&amp;&lt;",
]  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_odd_text_is_shown_as_text(cast: Cast, at: At, text: str) -> None:
    browser = at(cast.agent)
    answer = browser.post(
        "/tickets/new", {"title": f"T {text}", "text": text, "department": cast.it.pk}
    )
    assert answer.status_code == 303
    ticket = Ticket.objects.get()
    actions.take(ticket, by=cast.agent)
    for verb, sent in (("reply", {"text": text}), ("note", {"text": text}),
                       ("hand_over", {"people": [cast.agent_b.pk], "reason": text})):  # fmt: skip
        done = browser.post(f"/tickets/{ticket.pk}/{verb}", sent, headers=HTMX)
        assert done.status_code in (200, 204), done.content.decode()
    for part in ("", "?show=journal", "/print", "/hand_over", "/reply"):
        page = browser.get(f"/tickets/{ticket.pk}{part}", follow=True)
        assert page.status_code == 200
        body = page.content.decode()
        for poison in ("<script>alert", "<img src=x", 'href="javascript:', "\x00"):
            assert poison not in body
        assert "X-Injected" not in page.headers
    assert "49" not in ticket.title


@pytest.mark.parametrize("verb", ["reply", "note", "edit", "complete", "hand_over"])
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_megabyte_of_text_is_refused_in_words_and_comes_back(
    cast: Cast, at: At, verb: str, headers: dict[str, str]
) -> None:
    ticket = taken(cast, by=cast.agent)
    actions.hand_over(ticket, by=cast.agent, people=[cast.head], reason="x")
    huge = "ы" * 500_000
    sent = {"text": huge, "reason": huge, "title": "T", "acceptance": "nobody",
            "people": [cast.agent_b.pk]}  # fmt: skip
    answer = at(cast.director if verb == "edit" else cast.head).post(
        f"/tickets/{ticket.pk}/{verb}", sent, headers=headers
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Too long: 500000 characters" in body
    assert huge in body


def test_more_than_a_request_may_hold_is_refused(cast: Cast, at: At) -> None:
    ticket = taken(cast)
    answer = at(cast.agent).post(f"/tickets/{ticket.pk}/reply", {"text": "x" * 13_000_000})
    # A multipart body of the test client counts its fields one by one.
    assert answer.status_code in (400, 413)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "address", ["/tickets/new", "/tickets/{}/take", "/tickets/{}/reply", "/preview"]
)
def test_a_wrong_token_is_refused_on_a_page_that_says_so(cast: Cast, address: str) -> None:
    ticket = order(cast)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.agent)
    sent = {"text": "x", "title": "x", "csrfmiddlewaretoken": "wrong"}
    answer = browser.post(address.format(ticket.pk), sent)
    assert answer.status_code == 403
    assert "<html" in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.journal_length == 1
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [{"people": ["0"]}, {"people": ["-1"]}, {"people": ["9" * 40]}, {"people": ["٣"]},
     {"people": ["1 OR 1=1"]}, {"department": "x"}, {"department": "99999"}],
)  # fmt: skip
def test_forged_people_and_departments_are_refused_beside_the_field(
    cast: Cast, at: At, sent: dict[str, Any]
) -> None:
    ticket = taken(cast)
    answer = at(cast.agent).post(f"/tickets/{ticket.pk}/hand_over", {"reason": "x", **sent})
    assert answer.status_code == 422
    assert "Choose from the list." in answer.content.decode()


def test_work_is_not_handed_to_clients_strangers_or_the_system(cast: Cast, at: At) -> None:
    from estafeta.accounts.models import Person

    ticket = taken(cast)
    system = Person.objects.get(login="system")
    for person in (cast.client, cast.admin, system):
        for verb, by in (("hand_over", cast.agent), ("assign", cast.head)):
            answer = at(by).post(f"/tickets/{ticket.pk}/{verb}",
                                 {"people": [person.pk], "reason": "x"})  # fmt: skip
            assert answer.status_code == 422
    ticket.refresh_from_db()
    assert ticket.performer == cast.agent


@pytest.mark.parametrize("seen", ["", "x", "-5", "9" * 40, "0", "\x00", "٣"])
def test_an_odd_length_of_the_journal_breaks_nothing(cast: Cast, at: At, seen: str) -> None:
    ticket = taken(cast)
    answer = at(cast.agent).post(f"/tickets/{ticket.pk}/complete", {"seen": seen, "key": "\x00k"})
    assert answer.status_code in (303, 409)


@pytest.mark.parametrize("verb", ["open", "restore", "TAKE", "take/", "row/x", "%00", "story/x"])
def test_what_is_no_verb_is_not_found(cast: Cast, at: At, verb: str) -> None:
    ticket = order(cast)
    assert at(cast.director).post(f"/tickets/{ticket.pk}/{verb}").status_code == 404


def test_other_methods_are_refused(cast: Cast, at: At) -> None:
    ticket = order(cast)
    browser = at(cast.agent)
    assert browser.put(f"/tickets/{ticket.pk}/take").status_code == 405
    assert browser.delete(f"/tickets/{ticket.pk}").status_code == 405
    assert browser.post(f"/tickets/{ticket.pk}").status_code == 405
    assert browser.get("/preview").status_code == 405


def test_the_preview_is_what_the_page_will_show(cast: Cast, at: At) -> None:
    answer = at(cast.client).post("/preview", {"text": "**b** <script>x</script>\x00"})
    assert answer.content.decode() == "<p><strong>b</strong> &lt;script&gt;x&lt;/script&gt;</p>\n"
    assert at(cast.client).post("/preview", {"text": "x" * 900_000}).status_code == 200
