"""The words of messages: edited, previewed, reset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from estafeta.notifications.models import MessageTemplate
from tests.cast import Cast
from tests.orders import order, taken

PAGES = "/administration/templates"
MAIL = f"{PAGES}/replied/en/mail"
Door = Callable[[Any], Client]


def preview(door: Client, body: str, *, subject: str = "{{ title }}", **more: Any) -> str:
    answer = door.post(f"{MAIL}/preview", {"subject": subject, "body": body, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_are_changed_and_reset(cast: Cast, at: Door) -> None:
    door = at(cast.admin)
    assert "{{ actor }}" in door.get(MAIL).content.decode()
    assert door.post(MAIL, {"subject": "S", "body": "Ours {{ title }}"}).status_code == 302
    assert "Ours {{ title }}" in door.get(MAIL).content.decode()
    assert "Changed" in door.get(PAGES).content.decode()
    assert door.post(f"{MAIL}/reset").status_code == 302
    assert not MessageTemplate.objects.exists()
    assert "Changed</span>" not in door.get(PAGES).content.decode()
    trail = door.get("/administration/security").content.decode()
    assert "Words: Replies and files, en, E-mail" in trail
    assert "Back to the shipped words" in trail


def test_broken_words_are_refused_with_their_line(cast: Cast, at: Door) -> None:
    answer = at(cast.admin).post(MAIL, {"subject": "S", "body": "one\n{% if x %}\n{{ x }}"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 3: A part is not closed" in page
    assert "{% if x %}" in page


def test_a_preview_shows_the_letter_and_what_is_unknown(cast: Cast, at: Door) -> None:
    page = preview(at(cast.admin), "**{{ actor }}** {{ nope }}\n\n{{ said }}\n\n{{ button }}")
    assert "<strong>Anna Sample</strong>" in page
    assert "Nothing is known by these names: nope" in page
    assert "<strong>error 13</strong>" in page
    assert not MessageTemplate.objects.exists()


def test_a_preview_cannot_run_or_reach_anything(cast: Cast, at: Door) -> None:
    answer = at(cast.admin).get(f"{MAIL}/preview")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox;" in policy
    assert "script-src" not in policy
    page = preview(at(cast.admin), "<script>alert(1)</script> <img src=x onerror=alert(1)>"
                   "[x](javascript:alert(1)) ![x](https://spy.test/x.gif)")  # fmt: skip
    for found in ("<script", "<img", 'href="javascript'):
        assert found not in page
    evil = "{{ title | upcase | replace: 'THE', '<script>alert(1)</script>' }}"
    assert "<script" not in preview(at(cast.admin), "x", subject=evil)
    assert "<script" not in preview(at(cast.admin), evil)
    text = at(cast.admin).post(
        f"{PAGES}/replied/en/telegram/preview", {"subject": evil, "body": evil}
    )
    assert "<script" not in text.content.decode()


def test_a_preview_is_made_of_a_ticket_only_for_who_sees_it(cast: Cast, at: Door) -> None:
    ticket = taken(cast, title="Secret <plan>", requester=cast.client)
    page = preview(at(cast.admin), "{{ title }}", ticket=str(ticket.pk))
    assert "Secret" not in page
    assert "You see no ticket of this number" in page
    own = order(cast, by=cast.admin, title="Seen <plan>")
    page = preview(at(cast.admin), "{{ title }} {{ requester }}", ticket=f"#{own.pk}")
    assert "Seen &lt;plan&gt; Ada Admin" in page


def test_a_note_is_no_preview_for_who_may_not_read_it(cast: Cast, at: Door) -> None:
    from estafeta.tickets import actions

    own = order(cast, by=cast.admin, title="Mine")
    actions.note(own, by=cast.agent, text="between us")
    page = preview(at(cast.admin), "{{ said }} {{ quote }}", ticket=str(own.pk))
    assert "between us" not in page


@pytest.mark.parametrize("body", ["{% for i in (1..99999) %}x{% endfor %}", "{% if %}", " "])
def test_a_preview_that_fails_says_so(cast: Cast, at: Door, body: str) -> None:
    assert "These words cannot be used" in preview(at(cast.admin), body)


def test_every_event_has_its_page_in_each_language(cast: Cast, at: Door) -> None:
    from estafeta.notifications.wording.events import EVENTS

    door = at(cast.admin)
    for event in EVENTS:
        assert door.get(f"{PAGES}/{event}/ru/mail").status_code == 200, event
        assert door.get(f"{PAGES}/{event}/uk/mail/preview").status_code == 200, event
    for wrong in ("x/en/mail", "replied/xx/mail", "replied/en/x"):
        assert door.get(f"{PAGES}/{wrong}").status_code == 404


def test_words_that_failed_are_marked(cast: Cast, at: Door) -> None:
    from django.utils import timezone

    door = at(cast.admin)
    door.post(MAIL, {"subject": "S", "body": "Ours"})
    MessageTemplate.objects.update(failed_at=timezone.now(), failure="3:unknown filter 'x'")
    assert "Cannot be used" in door.get(PAGES).content.decode()
    assert "Line 3: There is no filter called “x”." in door.get(MAIL).content.decode()
