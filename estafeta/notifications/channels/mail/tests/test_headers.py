"""What stands above letters: of one ticket, of several, of announcements and notices."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, cast

import pytest
from django.test import override_settings
from django.utils import timezone

from estafeta.accounts.actions.announcements import announce
from estafeta.accounts.models import Person, Site
from estafeta.notifications import fan_out, reply_token, unsubscribing
from estafeta.notifications.administering.senders import change_senders
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.content import content_of
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Delivery
from estafeta.tickets import actions
from tests.cast import Cast
from tests.orders import order, taken

VALUES = {"host": "mail.house.test", "sender": "Стол заявок <desk@house.test>"}


@pytest.fixture(autouse=True)
def public(db: None) -> Any:
    Site.objects.update_or_create(
        pk=1,
        defaults={
            "public_url": "https://desk.house.test",
            "organisation_name": "Заря",
            "language": "en",
        },
    )
    Site.forget()
    with override_settings(EMAIL_HOST="mail.house.test"):
        yield


def raw(rows: Sequence[Delivery], **values: Any) -> bytes:
    with speaking_to(rows[0].person):
        return CHANNELS["mail"].write(content_of(rows), rows, {**VALUES, **values})


def letter(rows: Sequence[Delivery], **values: Any) -> EmailMessage:
    parsed = email.message_from_bytes(raw(rows, **values), policy=email.policy.default)
    return cast(EmailMessage, parsed)


def text(one: EmailMessage, kind: str = "plain") -> str:
    body = one.get_body((kind,))
    assert body is not None
    return cast(str, body.get_content())


def rows_of(person: Person) -> list[Delivery]:
    while fan_out.run_once():
        pass
    return list(Delivery.objects.filter(person=person, channel="mail").order_by("pk"))


def notice(person: Person, **facts: Any) -> Delivery:
    now = timezone.now()
    return Delivery.objects.create(
        notice=facts, person=person, channel="mail", address=person.email, created_at=now,
        next_attempt_at=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip


def test_header_by_header(cast: Cast) -> None:
    ticket = taken(cast, title="Принтер", requester=cast.client)
    actions.reply(ticket, by=cast.agent, text="Еду")
    row = rows_of(cast.client)[-1]
    one = letter([row])
    number = ticket.pk
    assert one["From"] == "Стол заявок <desk@house.test>"
    assert one["To"] == "clara@example.org"
    assert one["Subject"] == f"[#{number}] Принтер"
    assert one["Message-ID"] == f"<ticket-{number}.{row.pk}@desk.house.test>"
    assert one["In-Reply-To"] == one["References"] == f"<ticket-{number}@desk.house.test>"
    assert one["Auto-Submitted"] == "auto-generated"
    assert one["X-Auto-Response-Suppress"] == "All"
    assert one["List-Id"] == f'"IT" <department-{cast.it.pk}.desk.house.test>'
    assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one["Precedence"] is None
    assert one["Reply-To"] is None
    assert one["Date"]
    token = one["List-Unsubscribe"].strip("<>").removeprefix("https://desk.house.test/unsubscribe/")
    ask = unsubscribing.read(token)
    assert ask == (cast.client.pk, number, ("replied",))


def test_every_line_is_ascii_and_short_enough_whatever_the_title(cast: Cast) -> None:
    order(cast, title="Не печатает принтер в бухгалтерии, и сканер тоже, и вообще всё плохо! " * 3)
    found = raw(rows_of(cast.agent)[-1:])
    assert found.isascii()
    assert all(len(line) <= 998 for line in found.split(b"\r\n"))
    assert b"\n" not in found.replace(b"\r\n", b"")


def test_an_answer_bears_its_ticket_and_its_author(cast: Cast) -> None:
    ticket = order(cast)
    address = letter(rows_of(cast.agent)[-1:], reply_to="desk@house.test")["Reply-To"]
    local, _at, host = address.partition("@")
    assert host == "house.test"
    assert len(local) <= 64
    assert reply_token.read_address(address) == (ticket.pk, cast.agent.pk)
    assert reply_token.read_address(address.upper()) == (ticket.pk, cast.agent.pk)


def test_an_answer_of_nobody_in_particular_bears_no_token(cast: Cast) -> None:
    ticket = order(cast)
    now = timezone.now()
    row = Delivery.objects.create(
        entry=ticket.entries.get(), channel="mail", address="it@example.org", created_at=now,
        next_attempt_at=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip
    one = letter([row], reply_to="desk@house.test")
    assert one["Reply-To"] is None
    assert one["List-Unsubscribe"] is None
    assert one["To"] == "it@example.org"
    assert "goes to an address of your department" in text(one)
    assert "/profile" not in text(one) + text(one, "html")


@pytest.mark.parametrize("change", ["ticket", "person", "mark", "garbage"])
def test_a_forged_address_means_nothing(cast: Cast, change: str) -> None:
    ticket, person, mark = reply_token.token_for(7, 8).split("-")
    forged = {
        "ticket": f"8-{person}-{mark}", "person": f"{ticket}-9-{mark}",
        "mark": f"{ticket}-{person}-{'a' * 16}", "garbage": "zzzzzzzzzzzzz-zzzzzzzzzzzzz-" + "a" * 16,
    }[change]  # fmt: skip
    assert reply_token.read(forged) is None
    assert reply_token.read(unsubscribing.path_for(unsubscribing.Ask(8, 7, ()))) is None


def test_several_tickets_in_one_letter_belong_to_no_thread(cast: Cast) -> None:
    first, second = order(cast, title="Принтер"), order(cast, title="Сканер")
    actions.set_priority(first, by=cast.director, priority=4)
    rows = rows_of(cast.head)
    one = letter(rows, reply_to="desk@house.test")
    assert one["Message-ID"] == f"<summary.{rows[0].pk}@desk.house.test>"
    assert one["In-Reply-To"] is one["References"] is one["Reply-To"] is None
    assert one["Subject"] == f"3 messages: #{first.pk} Принтер; #{second.pk} Сканер"
    assert one["List-Id"] == "<summaries.desk.house.test>"
    plain, html = text(one), text(one, "html")
    for part in (plain, html[html.index("<h1") :]):
        assert part.count("Принтер") == 1, "by ticket, not by message"
        assert part.index("Принтер") < part.index("Сканер")
        assert f"https://desk.house.test/tickets/{second.pk}" in part
        assert "https://desk.house.test/notifications" in part


def test_several_messages_of_one_ticket_stay_in_its_thread(cast: Cast) -> None:
    ticket = order(cast, title="Принтер")
    actions.set_priority(ticket, by=cast.director, priority=4)
    rows = rows_of(cast.head)
    one = letter(rows)
    assert one["References"] == f"<ticket-{ticket.pk}@desk.house.test>"
    assert "Принтер — 2 messages" in one["Subject"]


def test_a_bundle_keeps_its_name_when_it_is_sent_again(cast: Cast) -> None:
    order(cast)
    order(cast)
    rows = rows_of(cast.head)
    before = letter(rows)["Message-ID"]
    Delivery.objects.update(bundle=rows[0].pk)
    again = list(Delivery.objects.filter(pk__in=[row.pk for row in rows]).order_by("-pk"))
    assert letter(again)["Message-ID"] == before


def test_letters_come_in_the_name_of_the_department(cast: Cast) -> None:
    change_senders({cast.it: ("ИТ, поддержка", "it@house.test")}, by=cast.admin)
    order(cast, department=cast.network)
    assert letter(rows_of(cast.network_agent))["From"] == '"ИТ, поддержка" <it@house.test>'
    change_senders({cast.network: ("Network", "")}, by=cast.admin)
    assert letter(rows_of(cast.network_agent))["From"] == "Network <desk@house.test>"
    change_senders({cast.it: ("", ""), cast.network: ("", "")}, by=cast.admin)
    assert letter(rows_of(cast.network_agent))["From"] == "Стол заявок <desk@house.test>"


def test_an_announcement_is_told_whole(cast: Cast) -> None:
    row = announce(by=cast.admin, text="В **субботу** серверы стоят.")
    now = timezone.now()
    delivery = Delivery.objects.create(
        announcement=row, person=cast.agent, channel="mail", address="anna@example.org",
        created_at=now, next_attempt_at=now, expires_at=now + timedelta(hours=1),
    )  # fmt: skip
    one = letter([delivery])
    assert one["Subject"] == "Announcement: В субботу серверы стоят."
    assert one["Precedence"] == "bulk"
    assert one["List-Id"] == "<announcements.desk.house.test>"
    assert one["Message-ID"] == f"<announcement-{row.pk}.{delivery.pk}@desk.house.test>"
    assert "<strong>субботу</strong>" in text(one, "html")
    assert "В **субботу** серверы стоят." in text(one)


def test_a_code_is_no_list_and_cannot_be_switched_off(cast: Cast) -> None:
    one = letter([notice(cast.agent, name="code", code="482913")])
    assert "482913" in one["Subject"]
    for header in ("List-Unsubscribe", "List-Id", "Precedence", "References", "Reply-To"):
        assert one[header] is None, header
    assert one["Auto-Submitted"] == "auto-generated"


def test_everybody_reads_notices_in_his_language(cast: Cast) -> None:
    facts = {"channel": "mail", "address": "a@b.org", "reason": "550 5.1.1 No such user"}
    one = letter([notice(cast.agent, name="address_stopped", **facts)])
    assert "a@b.org" in one["Subject"]
    assert "550 5.1.1 No such user" in text(one)
    assert 'lang="en"' in text(one, "html")
    Person.objects.filter(pk=cast.agent.pk).update(language="ru")
    row = notice(Person.objects.get(pk=cast.agent.pk), name="test")
    assert 'lang="ru"' in text(letter([row]), "html")


def test_over_http_there_is_a_link_and_no_one_click(cast: Cast) -> None:
    Site.objects.update(public_url="http://desk.lan:8000")
    Site.forget()
    order(cast)
    one = letter(rows_of(cast.agent))
    assert one["List-Unsubscribe"].startswith("<http://desk.lan:8000/unsubscribe/")
    assert one["List-Unsubscribe-Post"] is None
    assert "https://" not in text(one)
    assert one["Message-ID"].endswith("@desk.lan>")


def test_no_picture_of_another_host_is_loaded(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    actions.reply(ticket, by=cast.agent, text="![x](https://spy.test/x.gif) <img src=//spy.test>")
    html = text(letter(rows_of(cast.client)[-1:]), "html")
    assert "<img" not in html
    assert 'name="color-scheme"' in html
    assert "prefers-color-scheme: dark" in html


def test_a_malformed_address_still_gives_a_letter_that_the_sender_refuses(cast: Cast) -> None:
    row = notice(cast.agent, name="test")
    row.address = "anna\r\nBcc: all@example.org"
    one = letter([row])
    assert one["Bcc"] is None
    assert one["To"] is None
