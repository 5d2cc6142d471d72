"""The seals over everything show a journal that was rewritten as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from estafeta.accounts import security
from estafeta.accounts.models import SecurityEntry, Site
from estafeta.accounts.models.security_entry import Kind as Happened
from estafeta.lib import clock, merkle
from estafeta.lib.jobs.runner import run_one
from estafeta.tickets import actions
from estafeta.tickets.journal import hash_of
from estafeta.tickets.models import Seal, Ticket
from estafeta.tickets.proof import seal_mail, sealing
from estafeta.tickets.proof.faults import SealFault, SealFaultKind
from estafeta.tickets.proof.verify_quickly import verify_all
from tests.cast import Cast

Break = Callable[..., None]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Three entries."""
    ticket = actions.open_ticket(by=cast.director, title="Server", department=cast.it).ticket
    actions.take(ticket, by=cast.agent)
    actions.complete(ticket, by=cast.agent)
    return ticket


def test_a_seal_covers_what_came_since_the_one_before(ticket: Ticket, cast: Cast) -> None:
    [first] = sealing.seal_all()
    actions.reply(ticket, by=cast.director, text="Thanks")
    [second] = sealing.seal_all()
    assert (first.number, first.entries, second.number, second.entries) == (1, 3, 2, 1)
    assert first.root == merkle.root_of(
        ticket.entries.filter(seq__lte=3).values_list("hash", flat=True)
    )
    assert second.previous_hash == first.hash
    assert list(sealing.faults()) == []


def test_long_journals_take_several_seals(ticket: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 2)
    made = sealing.seal_all()
    assert [seal.entries for seal in made] == [2, 1]
    heard: list[tuple[int, int]] = []
    assert list(sealing.faults(lambda *at: heard.append(at))) == []
    assert heard == [(2, 3), (3, 3)]


def test_a_chain_rewritten_with_all_its_hashes_is_found(
    ticket: Ticket, behind_the_back: Break
) -> None:
    sealing.seal_all()
    previous = ""
    for entry in ticket.entries.order_by("seq"):
        entry.previous_hash = previous
        if entry.seq == 3:
            entry.facts = {**entry.facts, "reason": "All is well"}
        previous = hash_of(entry)
        behind_the_back("UPDATE tickets_entry SET previous_hash = %s, hash = %s WHERE id = %s",
                        entry.previous_hash, previous, entry.pk)  # fmt: skip
        if entry.seq == 3:
            behind_the_back("UPDATE tickets_entry SET facts = %s WHERE id = %s",
                            json.dumps(entry.facts), entry.pk)  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(journal_head=previous)
    assert list(verify_all()) == [], "the chain alone cannot tell"
    assert list(sealing.faults()) == [SealFault(SealFaultKind.BROKEN, 1)]
    assert all(str(fault) for fault in sealing.faults())


def test_a_whole_ticket_taken_out_is_found(ticket: Ticket, behind_the_back: Break) -> None:
    sealing.seal_all()
    behind_the_back("DELETE FROM tickets_entry WHERE ticket_id = %s", ticket.pk)
    assert SealFault(SealFaultKind.BROKEN, 1) in list(sealing.faults())


def test_changed_and_missing_seals_are_found(ticket: Ticket, behind_the_back: Break) -> None:
    for _day in range(3):
        sealing.seal_all()
    behind_the_back("UPDATE tickets_seal SET security_length = 99 WHERE number = 1")
    assert SealFault(SealFaultKind.CHANGED, 1) in list(sealing.faults())
    behind_the_back("DELETE FROM tickets_seal WHERE number = 2")
    assert SealFault(SealFaultKind.MISSING, 2) in list(sealing.faults())


def test_a_trail_that_was_rewritten_is_found(cast: Cast, behind_the_back: Break) -> None:
    security.record(Happened.SIGNED_IN, by=cast.agent)
    sealing.seal_all()
    entry = SecurityEntry.objects.get()
    behind_the_back("UPDATE accounts_securityentry SET hash = %s", "0" * 64)
    assert entry.seq == 1
    assert list(sealing.faults()) == [SealFault(SealFaultKind.TRAIL, 1)]


@pytest.mark.parametrize(
    "sql", ["UPDATE tickets_seal SET root = ''", "DELETE FROM tickets_seal",
            "UPDATE tickets_seal SET number = 7, made_at = made_at"],
)  # fmt: skip
def test_the_database_refuses_to_change_seals(ticket: Ticket, sql: str) -> None:
    sealing.seal_all()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Seal.objects.count() == 1


def test_the_schedule_seals_once_a_day_and_mails_it(
    ticket: Ticket, cast: Cast, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    Site.objects.filter(pk=1).update(seal_address="boss@example.org", language="ru")
    seal_mail.seal_day()
    seal_mail.seal_day()
    assert Seal.objects.count() == 1
    while run_one():
        pass
    [letter] = mail.outbox
    seal = Seal.objects.get()
    assert letter.to == ["boss@example.org"]
    assert seal.hash in letter.body
    assert (seal.mailed_to, seal.mailed_at is not None) == ("boss@example.org", True)
    with clock.standing_at(clock.now() + timedelta(days=1)):
        seal_mail.seal_day()
    assert Seal.objects.count() == 2


def test_without_an_address_or_server_nothing_is_mailed(ticket: Ticket, settings: Any) -> None:
    seal_mail.seal_day()
    Site.objects.filter(pk=1).update(seal_address="boss@example.org")
    seal_mail.seal_and_mail()
    while run_one():
        pass
    assert mail.outbox == []
    assert not Seal.objects.exclude(mailed_at=None).exists()
