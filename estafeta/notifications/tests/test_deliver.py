"""Letters through a real mail server: accepted, refused, deferred, dropped; none lost."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
import time_machine
from django.db import DatabaseError
from django.test import override_settings
from django.utils import timezone

from estafeta.accounts.models import Membership, Person
from estafeta.notifications import deliver, fan_out, ledger
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.content import Content, shipped_content
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Address, ChannelState, Delivery, DeliveryState, Wishes
from estafeta.notifications.outbox import claims, lines, wordings, writing
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import order, taken
from tests.services.installation import eventually
from tests.services.smtp import Mailbox, mail_server

pytestmark = pytest.mark.service

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as box, override_settings(**settings_for(box.port)):
        yield box


def settings_for(port: int) -> dict[str, object]:
    return {
        "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_USE_TLS": False,
        "EMAIL_HOST_USER": "", "EMAIL_TIMEOUT": 5, "DEFAULT_FROM_EMAIL": "Desk <desk@house.test>",
    }  # fmt: skip


def deliver_all() -> None:
    while fan_out.run_once():
        pass
    while deliver.run_once():
        pass


def told(ticket: Ticket, person: Person) -> Delivery:
    return Delivery.objects.get(notification__ticket=ticket, notification__person=person)


def refuse_mail(*people: Person) -> None:
    matrix = {kind: {"mail": False} for kind in Kind.values}
    Wishes.objects.bulk_create(Wishes(person=one, matrix=matrix) for one in people)


def order_to_anna(cast: Cast) -> Ticket:
    refuse_mail(*(one for one in cast.everybody().values() if one != cast.agent))
    return order(cast)


def test_a_server_that_takes_its_time_delays_a_large_batch_little(cast: Cast, box: Mailbox) -> None:
    people = [
        Person(login=f"p{number}", name="P", email=f"p{number}@example.org", password="!")
        for number in range(17)
    ]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(person=one, department=cast.it) for one in people)
    order(cast)
    while fan_out.run_once():
        pass
    box.delay = 0.25
    started = time.monotonic()
    deliver_all()
    assert len(set(box.receivers)) == 20
    assert time.monotonic() - started < 20 * box.delay / 2


def test_whoever_is_told_gets_a_letter_over_one_connection(cast: Cast, box: Mailbox) -> None:
    ticket = order(cast)
    deliver_all()
    assert sorted(box.receivers) == [
        "anna@example.org", "boris@example.org", "hugo@example.org",
    ]  # fmt: skip
    assert box.connections == 1
    row = told(ticket, cast.agent)
    assert row.state == DeliveryState.SENT
    assert row.sent_at is not None
    assert row.server_id == "250 2.0.0 Ok: queued as 4ABC"
    assert (row.attempts, row.error, row.worker) == (1, "", "")


def test_who_wants_no_mail_gets_none(cast: Cast, box: Mailbox) -> None:
    refuse_mail(cast.agent)
    order(cast)
    deliver_all()
    assert "anna@example.org" not in box.receivers
    assert len(box.receivers) == 2


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_who_cannot_get_any_mail_gets_none(
    cast: Cast, box: Mailbox, change: dict[str, object]
) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(**change)
    order(cast)
    deliver_all()
    assert "anna@example.org" not in box.receivers
    assert len(box.receivers) == 2


def test_without_a_mail_server_nothing_is_queued(cast: Cast) -> None:
    with override_settings(EMAIL_HOST=""):
        order(cast)
        deliver_all()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("where", ["on_receiver", "on_letter"])
def test_a_refused_letter_fails_at_once_with_the_reason(
    cast: Cast, box: Mailbox, where: str
) -> None:
    refusal = "550 5.1.1 No such user here"
    setattr(box, where, lambda what: refusal if "anna" in str(what) else "250 OK")
    ticket = order(cast)
    deliver_all()
    row = told(ticket, cast.agent)
    assert (row.state, row.error, row.attempts) == (DeliveryState.FAILED, refusal, 1)
    assert len(box.receivers) == 2, "the others have theirs"


def test_a_deferred_letter_is_tried_again_later(cast: Cast, box: Mailbox) -> None:
    box.on_receiver = lambda _address: "451 4.7.1 Greylisted, come back later"
    ticket = order_to_anna(cast)
    deliver_all()
    row = told(ticket, cast.agent)
    assert row.state == DeliveryState.QUEUED
    assert "Greylisted" in row.error
    box.on_receiver = lambda _address: "250 OK"
    deliver_all()
    assert not box.letters
    with time_machine.travel(timezone.now() + MINUTE):
        deliver_all()
    assert len(box.letters) == 1
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == (DeliveryState.SENT, "", 2)


def test_a_dropped_connection_loses_no_letter(cast: Cast, box: Mailbox) -> None:
    answers = iter(["hang up"])
    box.on_letter = lambda _letter: next(answers, "250 OK")
    order(cast)
    deliver_all()
    assert len(box.letters) == 2
    with time_machine.travel(timezone.now() + MINUTE):
        deliver_all()
    assert sorted(box.receivers) == [
        "anna@example.org", "boris@example.org", "hugo@example.org",
    ]  # fmt: skip


def test_a_server_that_says_goodbye_is_greeted_anew(cast: Cast, box: Mailbox) -> None:
    answers = iter(["421 4.3.2 Shutting down"])
    box.on_letter = lambda _letter: next(answers, "250 OK")
    order(cast)
    deliver_all()
    assert (len(box.letters), box.connections) == (2, 2)


def test_an_hour_without_a_mail_server_loses_and_repeats_nothing(cast: Cast) -> None:
    with mail_server() as probe:
        port = probe.port
    start = timezone.now()
    with override_settings(**settings_for(port)):
        ticket = order(cast)
        for minutes in range(0, 60, 5):
            with time_machine.travel(start + minutes * MINUTE, tick=False):
                deliver_all()
        row = told(ticket, cast.agent)
        assert row.state == DeliveryState.QUEUED
        assert row.attempts >= 4
        assert "refused" in row.error.lower()
        with mail_server(port) as box:
            for minutes in range(60, 100, 5):
                with time_machine.travel(start + minutes * MINUTE, tick=False):
                    deliver_all()
        assert len(box.receivers) == len(set(box.receivers)) == 3


def test_after_three_days_a_letter_is_too_old(cast: Cast, box: Mailbox) -> None:
    box.on_receiver = lambda _address: "451 4.3.0 Not now"
    ticket = order_to_anna(cast)
    deliver_all()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3, minutes=1)):
        deliver_all()
    row = told(ticket, cast.agent)
    assert row.state == DeliveryState.EXPIRED
    assert "Not now" in row.error
    assert not box.letters


def test_history_is_not_mailed(cast: Cast, box: Mailbox) -> None:
    with time_machine.travel(timezone.now() - datetime.timedelta(days=30)):
        order(cast)
    deliver_all()
    assert not Delivery.objects.exists()


def test_what_no_longer_concerns_somebody_is_not_sent(cast: Cast, box: Mailbox) -> None:
    ticket = order_to_anna(cast)
    while fan_out.run_once():
        pass
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="not ours")
    deliver_all()
    assert not box.letters
    assert told(ticket, cast.agent).state == DeliveryState.EXPIRED


def test_the_delivery_of_a_dead_worker_is_taken_over_under_the_same_name(
    cast: Cast, box: Mailbox
) -> None:
    order_to_anna(cast)
    while fan_out.run_once():
        pass
    mail = CHANNELS["mail"]
    [bundle] = claims.claim(mail, most=10)
    [(letter, _)] = writing.written(mail, [bundle], {})
    assert letter is not None
    with mail.open({}) as sender:
        sender.send(letter.message, to=letter.to)  # and then it dies before it can write that down
    assert deliver.run_once() == 0
    with time_machine.travel(timezone.now() + 6 * MINUTE):
        assert deliver.run_once() == 1
    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]
    ledger.write([ledger.sent(bundle.first, "too late")])
    assert Delivery.objects.get().server_id != "too late"


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_others(
    cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(bundle: Sequence[Delivery]) -> Content:
        assert bundle[0].notification is not None
        return shipped_content(bundle) if bundle[0].notification.entry.verb != "open" else 1 / 0

    monkeypatch.setattr(wordings, "shipped_content", say)
    ticket = taken(cast)
    deliver_all()
    failed = told(ticket, cast.head)
    assert failed.state == DeliveryState.FAILED
    assert "ZeroDivisionError" in failed.error
    assert box.receivers == ["dora@example.org"]


def test_a_database_that_goes_away_stops_the_batch_and_not_the_worker(
    cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go_away(*_: object) -> None:
        raise DatabaseError

    for _ in range(12):
        order(cast)
    while fan_out.run_once():
        pass
    monkeypatch.setattr(ledger, "write", go_away)
    with pytest.raises(DatabaseError):
        deliver.run_once()
    most_in_hand = CHANNELS["mail"].lines + lines.MOST_UNWRITTEN
    eventually(lambda: not lines_alive(), what="the end of the lines")
    assert len(box.letters) <= most_in_hand


def lines_alive() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.endswith(" line")]


def test_a_wrong_sender_is_our_fault_and_waits_until_it_is_mended(
    cast: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> str:
        return "550 5.7.1 Sender not allowed"

    monkeypatch.setattr(Mailbox, "handle_MAIL", refuse, raising=False)
    ticket = order_to_anna(cast)
    deliver_all()
    assert told(ticket, cast.agent).state == DeliveryState.QUEUED


def test_waits_grow_and_are_uneven() -> None:
    waits = [[ledger.wait_after(tries) for _ in range(20)] for tries in (1, 2, 3, 4, 50)]
    assert all(max(a) < min(b) for a, b in pairwise(waits[:4]))
    assert max(waits[-1]) < datetime.timedelta(minutes=40)
    assert len(set(waits[0])) > 1


def test_of_what_was_taken_back_meanwhile_no_letter_leaves(cast: Cast, box: Mailbox) -> None:
    ticket = taken(cast, by=cast.agent, requester=cast.client)
    deliver_all()
    before = len(box.receivers)
    wrong = actions.reply(ticket, by=cast.agent, text="Not for your eyes").comment
    right = actions.reply(ticket, by=cast.agent, text="At nooon").comment
    assert wrong is not None
    assert right is not None
    while fan_out.run_once():
        pass
    actions.delete_comment(ticket, by=cast.agent, comment=wrong.pk)
    actions.edit_comment(ticket, by=cast.agent, comment=right.pk, text="At noon")
    deliver_all()
    of_it = Delivery.objects.filter(notification__entry__comment=wrong)
    assert {row.state for row in of_it} == {DeliveryState.EXPIRED}
    letters = [letter.get_body(("plain",)).get_content() for letter in box.letters[before:]]
    assert any("At noon" in text for text in letters)
    assert not any("eyes" in text or "nooon" in text for text in letters)
    verbs = set(Delivery.objects.values_list("notification__entry__verb", flat=True))
    assert not verbs & {"edit_comment", "delete_comment"}


@pytest.mark.parametrize("email", ["nonsense", "anna@", "anna@exa mple.org", "an\nna@example.org"])
def test_an_address_that_is_none_stops_alone(cast: Cast, box: Mailbox, email: str) -> None:
    Person.objects.filter(pk=cast.agent.pk).update(email=email)
    ticket = order(cast)
    deliver_all()
    row = told(ticket, cast.agent)
    assert row.state == DeliveryState.FAILED
    assert sorted(box.receivers) == ["boris@example.org", "hugo@example.org"]
    assert Address.objects.get(person=cast.agent).stopped_reason == row.error
    order(cast)
    deliver_all()
    assert Delivery.objects.filter(person=cast.agent).count() == 1, "nothing more is queued for it"


def test_a_server_that_says_nothing_more_gets_its_rest(cast: Cast, box: Mailbox) -> None:
    box.on_sender = lambda _address: "550 5.7.1 You are blocked"
    for _ in range(4):
        order(cast)
    deliver_all()
    state = ChannelState.objects.get(channel="mail")
    assert state.failures >= 3
    assert state.broken_until is not None
    assert "blocked" in state.last_error
    box.on_sender = lambda _address: "250 OK"
    with time_machine.travel(timezone.now() + 10 * MINUTE):
        deliver_all()
        deliver_all()
    assert len(box.receivers) == 12
    assert len({letter["Message-ID"] for letter in box.letters}) == 12
