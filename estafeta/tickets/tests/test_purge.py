"""Removing for good: nothing of the ticket stays but a protocol, and the journal stays provable."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignObjectRel

from estafeta.accounts.models import SecurityEntry
from estafeta.notifications import fan_out
from estafeta.notifications.models import Notification
from estafeta.tickets import actions
from estafeta.tickets.bulk import runs
from estafeta.tickets.errors import Gone, Invalid, NotAllowed
from estafeta.tickets.models import BulkRun, Comment, Entry, Purge, Tag, Ticket
from estafeta.tickets.proof import protocols, sealing
from estafeta.tickets.upkeep import purging
from estafeta.tickets.verbs import Verb
from tests.cast import Cast
from tests.orders import order, taken


def _deleted(cast: Cast) -> Ticket:
    ticket = order(cast, by=cast.client, text="Тайна")
    actions.take(ticket, by=cast.agent)
    actions.reply(ticket, by=cast.client, text="Паспорт 1234")
    actions.follow(ticket, by=cast.agent, people=[cast.agent2])
    actions.tag(ticket, by=cast.agent, add=["личное"])
    actions.link(ticket, by=cast.agent, other=order(cast), kind="relates")
    actions.add_subtask(ticket, by=cast.agent, title="Часть")
    actions.delete(ticket, by=cast.admin, reason="По требованию")
    return Ticket.with_deleted.get(pk=ticket.pk)


def test_nobody_restores_what_was_removed_meanwhile(cast: Cast) -> None:
    ticket = _deleted(cast)
    purging.purge(Ticket.with_deleted.get(pk=ticket.pk), by=cast.admin, reason="По требованию")
    with pytest.raises(Gone):
        actions.restore(ticket, by=cast.admin)


def test_nothing_stays_but_the_protocol(cast: Cast) -> None:
    ticket = _deleted(cast)
    fan_out.run_once()
    seals = list(ticket.entries.order_by("seq").values_list("pk", "seq", "hash"))
    protocol = purging.purge(ticket, by=cast.admin, reason="Закон о данных")
    assert not Ticket.with_deleted.filter(pk=ticket.pk).exists()
    assert not Comment.objects.filter(text__contains="Паспорт").exists()
    assert not Entry.objects.filter(ticket=ticket.pk).exists()
    assert not Notification.objects.filter(ticket=ticket.pk).exists()
    for relation in Ticket._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            model: Any = relation.related_model
            left = model._base_manager.filter(**{relation.field.name: ticket.pk})
            assert not left.exists(), relation
    assert (protocol.number, protocol.by, protocol.reason) == (
        ticket.pk, cast.admin, "Закон о данных",
    )  # fmt: skip
    assert [tuple(seal) for seal in protocol.seals] == seals
    assert protocol.counts["comments"] == 1
    assert SecurityEntry.objects.filter(kind="structure.ticket_purged").count() == 1


def test_what_was_said_to_many_does_not_stay_with_the_run(cast: Cast) -> None:
    ticket = taken(cast)
    run = runs.begin(Verb.REPLY, [ticket.pk], by=cast.agent, keywords={"text": "Паспорт 1234"})
    assert run.is_finished
    assert "Паспорт" not in str(BulkRun.objects.values().get())


def test_protocols_are_a_chain_in_which_a_change_shows(cast: Cast) -> None:
    for _n in range(3):
        purging.purge(_deleted(cast), by=cast.admin, reason="Закон")
    assert list(protocols.faults()) == []
    middle = Purge.objects.get(seq=2)
    middle.reason = "Другое"
    assert protocols.hash_of(middle) != middle.hash


def test_seals_over_the_whole_journal_still_fit(cast: Cast) -> None:
    ticket = _deleted(cast)
    sealing.seal_all()
    purging.purge(ticket, by=cast.admin, reason="Закон")
    assert list(sealing.faults()) == []


def test_what_was_removed_before_the_night_is_sealed_too(cast: Cast) -> None:
    purging.purge(_deleted(cast), by=cast.admin, reason="Закон")
    order(cast)
    ticket = _deleted(cast)
    [seal] = sealing.seal_all()
    purging.purge(ticket, by=cast.admin, reason="Закон")
    assert seal.entries == Entry.objects.count() + sum(len(p.seals) for p in Purge.objects.all())
    assert list(sealing.faults()) == []


def test_the_database_lets_entries_go_only_where_a_protocol_stands(cast: Cast) -> None:
    ticket = taken(cast)
    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM tickets_entry WHERE ticket_id = %s", [ticket.pk])
    purging.purge(_deleted(cast), by=cast.admin, reason="Закон")
    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM tickets_purge")


def test_what_is_not_deleted_is_not_removed_and_only_administrators_remove(cast: Cast) -> None:
    with pytest.raises(Invalid, match="deleted"):
        purging.purge(order(cast), by=cast.admin, reason="Закон")
    with pytest.raises(NotAllowed):
        purging.purge(_deleted(cast), by=cast.director, reason="Закон")
    with pytest.raises(Invalid):
        purging.purge(_deleted(cast), by=cast.admin, reason=" ")


def test_a_ticket_merged_into_it_goes_with_a_protocol_of_its_own(cast: Cast) -> None:
    one, other = order(cast), order(cast)
    actions.merge(one, by=cast.agent, other=other)
    other = Ticket.objects.get(pk=other.pk)
    actions.delete(other, by=cast.admin, reason="Так")
    purging.purge(Ticket.with_deleted.get(pk=other.pk), by=cast.admin, reason="Закон")
    assert list(Purge.objects.values_list("number", flat=True)) == [one.pk, other.pk]
    assert not Ticket.with_deleted.filter(pk=one.pk).exists()


def test_tags_that_no_ticket_bears_any_more_are_suggested_to_nobody(cast: Cast) -> None:
    one, other = taken(cast), taken(cast)
    actions.tag(one, by=cast.agent, add=["secret name", "both"])
    actions.tag(other, by=cast.agent, add=["both"])
    Tag.objects.create(name="never used", key="never used")
    actions.delete(one, by=cast.admin, reason="A mistake")
    assert Tag.objects.filter(name="secret name").exists(), "it may be restored"
    purging.purge(one, by=cast.admin, reason="The law")
    assert list(Tag.objects.values_list("name", flat=True)) == ["both", "never used"]
