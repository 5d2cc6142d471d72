"""How a letter reads and what its headers say."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import Any, cast

import pytest
import time_machine
from django.test import override_settings

from estafeta.accounts.models import Person, Site
from estafeta.notifications import fan_out
from estafeta.notifications.channels.mail.letter import letter_for
from estafeta.notifications.content import content_of
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Delivery
from estafeta.tickets import actions
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Entry
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture(autouse=True)
def _with_mail() -> Any:
    with override_settings(EMAIL_HOST="mail.house.test", DEFAULT_FROM_EMAIL="desk@house.test"):
        yield


@pytest.fixture
def public(db: None) -> None:
    site = Site.current()
    site.public_url = "https://desk.house.test"
    site.organisation_name = "Заря"
    site.save()


def letters(entry: Entry) -> dict[str, EmailMessage]:
    """Who gets which letter about the entry, parsed as a mail client would."""
    import email
    import email.policy

    while fan_out.run_once():
        pass
    found = {}
    for row in Delivery.objects.filter(notification__entry=entry):
        with speaking_to(row.person):
            raw = letter_for(content_of([row]), [row], {})
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        found[row.notification.person.login or ""] = cast(EmailMessage, parsed)
    return found


def text(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return cast(str, body.get_content())


def test_a_letter_says_who_did_what_and_where_to_go(cast: Cast, public: None) -> None:
    ticket = taken(cast, title="Принтер")
    entry = actions.reply(ticket, by=cast.agent, text="Еду к **вам** <script>")
    letter = letters(entry)["dora"]
    assert letter["Subject"] == f"[#{ticket.pk}] Принтер"
    assert letter["To"] == "dora@example.org"
    assert letter["From"] == "desk@house.test"
    link = f"https://desk.house.test/tickets/{ticket.pk}"
    plain, html = text(letter), text(letter, "html")
    for part in (plain, html):
        assert "Anna Agent" in part
        assert "replies" in part
        assert link in part
        assert "Заря" in part
    assert "Еду к **вам** <script>" in plain
    assert "Еду к <strong>вам</strong> &lt;script&gt;" in html
    assert f'href="{link}"' in html


def test_a_long_subject_reads_as_it_was_written(cast: Cast, public: None) -> None:
    title = "Не печатает принтер в бухгалтерии, и сканер тоже, и вообще всё плохо"
    ticket = order(cast, title=title)
    assert letters(ticket.entries.get())["anna"]["Subject"] == f"[#{ticket.pk}] {title}"
    bundle = [*Delivery.objects.all()[:1]]
    raw = letter_for(content_of(bundle), bundle, {})
    assert raw.isascii(), "every server takes it"
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_reasons_are_told(cast: Cast, public: None) -> None:
    ticket = taken(cast)
    entry = actions.hand_over(
        ticket, by=cast.agent, people=[cast.agent_b], reason="Железо <— к тебе"
    )
    letter = letters(entry)["boris"]
    assert "Boris Agent" in text(letter)
    assert "Железо <— к тебе" in text(letter)
    assert "Железо &lt;— к тебе" in text(letter, "html")


def test_letters_of_a_ticket_hang_together(cast: Cast, public: None) -> None:
    ticket = order(cast)
    first = letters(ticket.entries.get())
    second = letters(actions.set_priority(ticket, by=cast.director, priority=4))
    thread = f"<ticket-{ticket.pk}@desk.house.test>"
    for letter in (first["hugo"], second["hugo"]):
        assert letter["References"] == letter["In-Reply-To"] == thread
    assert first["hugo"]["Message-ID"] != second["hugo"]["Message-ID"]
    assert first["hugo"]["Message-ID"] != first["anna"]["Message-ID"]
    assert letters(ticket.entries.first())["hugo"]["Message-ID"] == first["hugo"]["Message-ID"]  # type: ignore[arg-type]


def test_machines_are_told_that_a_machine_wrote(cast: Cast, public: None) -> None:
    letter = letters(order(cast).entries.get())["anna"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"].startswith("<https://desk.house.test/unsubscribe/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_a_known_address_there_is_no_link_to_nowhere(cast: Cast) -> None:
    letter = letters(order(cast).entries.get())["anna"]
    assert "http" not in text(letter)
    assert 'href="' not in text(letter, "html")
    assert letter["List-Unsubscribe"] is None
    assert letter["Message-ID"].endswith("@house.test>")


def test_everybody_reads_his_own_language_and_zone(cast: Cast, public: None) -> None:
    Person.objects.filter(pk=cast.head.pk).update(language="uk", time_zone="Asia/Vladivostok")
    Person.objects.filter(pk=cast.agent.pk).update(language="en", time_zone="UTC")
    ticket = order(cast)
    with time_machine.travel("2026-12-20 20:00+00:00"):
        from estafeta.lib import clock

        until = clock.now().replace(hour=22, minute=30)
        entry = actions.set_deadline(ticket, by=cast.director, deadline=until)
    found = letters(entry)
    assert "8:30" in text(found["hugo"])
    assert 'lang="uk"' in text(found["hugo"], "html")
    assert 'lang="en"' in text(letters(ticket.entries.first())["anna"], "html")  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["Bcc\r\nBcc: all@house.test", "a\u2028b\x0bc", "x" * 250])
def test_no_header_is_smuggled_in(cast: Cast, public: None, title: str) -> None:
    letter = letters(order(cast, title=title).entries.get())["anna"]
    assert letter["Bcc"] is None
    assert letter["To"] == "anna@example.org"
    assert "\n" not in letter["Subject"]


def test_a_very_long_text_is_cut(cast: Cast, public: None) -> None:
    letter = letters(order(cast, text="слово " * 30_000).entries.get())["anna"]
    assert len(text(letter)) < 10_000
    assert "…" in text(letter)
    assert len(text(letter, "html")) < 20_000


def test_a_letter_names_the_files_and_never_carries_them(cast: Cast, public: None) -> None:
    ticket = taken(cast, requester=cast.client)
    row = keep_draft(io.BytesIO(b"text"), "Акт <1>.txt", by=cast.agent)
    entry = actions.reply(ticket, by=cast.agent, files=[row.pk])
    letter = letters(entry)["clara"]
    assert "Files: Акт <1>.txt" in text(letter)
    assert "Files: Акт &lt;1&gt;.txt" in text(letter, "html")
    assert not list(letter.iter_attachments())
    another = keep_draft(io.BytesIO(b"text"), "Смета.txt", by=cast.agent)
    attached = actions.attach(ticket, by=cast.agent, files=[another.pk])
    assert text(letters(attached)["clara"]).count("Смета.txt") == 1
