"""What tired people read first: the subject, whether it concerns them, what they are to do."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from typing import Any, cast

import pytest
from django.test import override_settings

from estafeta.accounts.actions.announcements import Ways, announce
from estafeta.accounts.models import Person, Site
from estafeta.lib import clock
from estafeta.notifications import fan_out, mass
from estafeta.notifications.channels.mail.letter import letter_for
from estafeta.notifications.channels.mail.subjects import LONGEST_GATHERED
from estafeta.notifications.content import content_of
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Delivery
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture(autouse=True)
def _with_mail(db: None) -> Any:
    Site.objects.update_or_create(pk=1, defaults={"public_url": "https://desk.house.test"})
    with override_settings(EMAIL_HOST="mail.house.test", DEFAULT_FROM_EMAIL="desk@house.test"):
        yield


def read(person: Person, *, newest: int = 1) -> tuple[str, str, str]:
    """Subject, plain text and HTML of one letter of the newest messages to somebody."""
    while fan_out.run_once():
        pass
    rows = [*Delivery.objects.filter(person=person, channel="mail").order_by("-pk")[:newest]][::-1]
    with speaking_to(person):
        raw = letter_for(content_of(rows), rows, {})
    letter = email.message_from_bytes(raw, policy=cast(Any, email.policy.default))
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    return letter["Subject"], plain.get_content(), html.get_content()


def test_who_is_called_louder_learns_why_and_how_it_ends(cast: Cast) -> None:
    ticket = order(cast, title="Касса", priority=4)
    system = Person.objects.system()
    actions.escalate(ticket, by=system, step=1, people=[cast.agent], channels=["mail"])
    subject, plain, html = read(cast.agent)
    assert subject == f"[#{ticket.pk}] Urgent, nobody answers: Касса"
    for text in (plain, html):
        assert "nobody has answered yet. Take it or acknowledge it" in text
        assert "because an urgent ticket waits for an answer" in text
    assert ">Urgent<" in html


def test_a_new_ticket_says_for_whom_and_until_when(cast: Cast) -> None:
    until = clock.now() + timedelta(days=2)
    order(cast, by=cast.agent_b, requester=cast.client, priority=3, deadline=until)
    _subject, plain, html = read(cast.agent)
    for text in (plain, html):
        assert "Requester: Clara Client · Priority: High · Deadline: " in text
        assert "new for you or your department" in text


def test_an_announcement_leads_to_its_place_and_says_whose_it_is(cast: Cast) -> None:
    text = "No *internet* today\n\nWe change the router."
    row = announce(by=cast.admin, text=text, ways=Ways(asks_for_word=True, is_sent=True))
    mass.tell_due()
    subject, plain, html = read(cast.agent)
    assert subject == "Announcement: No internet today"
    link = f"https://desk.house.test/announcements?about={row.pk}#announcement-{row.pk}"
    assert link in plain
    assert f'href="{link}"' in html
    for told in (plain, html):
        assert "Announced by Ada Admin." in told
        assert "Confirm that you have read it" in told


def test_what_happened_to_one_ticket_is_one_story_under_one_heading(cast: Cast) -> None:
    ticket = taken(cast, title="Принтер", requester=cast.client)
    for words in ("первый", "второй"):
        actions.reply(ticket, by=cast.agent, text=words)
    _subject, plain, html = read(cast.client, newest=2)
    assert plain.count("Принтер") == 1
    assert plain.count("/tickets/") == 1
    assert html.count("Принтер</h1>") == 1
    assert plain.index("первый") < plain.index("второй")


def test_what_is_the_same_of_many_tickets_is_said_once(cast: Cast) -> None:
    first, second, _third = (
        order(cast, title=title, by=cast.director) for title in ("Розетка", "Лампа", "Кран")
    )
    subject, plain, html = read(cast.agent, newest=3)
    assert subject.startswith(f"3 messages: #{first.pk} Розетка; #{second.pk} Лампа")
    assert len(subject) <= LONGEST_GATHERED
    assert plain.count("opens the ticket") == 1
    assert html[html.index("<h1") :].count("opens the ticket") == 1
    assert plain.index("Розетка") < plain.index(f"/tickets/{first.pk}") < plain.index("Лампа")
