"""The journal check names the entry that was changed, taken out, put in or moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from estafeta.tickets import actions
from estafeta.tickets.journal import hash_of
from estafeta.tickets.models import Comment, Entry, Ticket
from estafeta.tickets.proof.faults import Fault, Kind
from estafeta.tickets.proof.verify import check_chain, check_tail
from estafeta.tickets.proof.verify_quickly import Reached, verify_all
from tests.cast import Cast

Break = Callable[..., None]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Seven entries: open, take, note, set_priority, reply, hand_over, complete."""
    ticket = actions.open_ticket(by=cast.director, title="Server", department=cast.it).ticket
    actions.take(ticket, by=cast.agent)
    actions.note(ticket, by=cast.agent, text="The disk")
    actions.set_priority(ticket, by=cast.agent, priority=4)
    actions.reply(ticket, by=cast.agent, text="Working on it")
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="yours")
    actions.complete(ticket, by=cast.agent_b)
    return ticket


def named(ticket: Ticket) -> list[tuple[Kind, int | None]]:
    ticket.refresh_from_db()
    faults = check_chain(ticket)
    assert faults == list(verify_all())
    assert all(str(fault) for fault in faults)
    return [(fault.kind, fault.seq) for fault in faults]


def rehash(ticket: Ticket, seq: int, behind_the_back: Break) -> None:
    entry = ticket.entries.get(seq=seq)
    behind_the_back("UPDATE tickets_entry SET hash = %s WHERE id = %s", hash_of(entry), entry.pk)


def test_an_untouched_journal_has_no_faults(ticket: Ticket) -> None:
    heard: list[Reached] = []
    assert list(verify_all(heard.append)) == []
    assert heard == [Reached(tickets=1, all_tickets=1, entries=7)]
    assert named(ticket) == []
    assert check_tail(ticket, list(ticket.entries.order_by("seq"))[3:]) == []


@pytest.mark.parametrize("seq", [1, 3, 7])
def test_a_changed_entry_is_named(ticket: Ticket, behind_the_back: Break, seq: int) -> None:
    behind_the_back("UPDATE tickets_entry SET via = 'api' WHERE ticket_id = %s AND seq = %s",
                    ticket.pk, seq)  # fmt: skip
    assert named(ticket) == [(Kind.CHANGED, seq)]


@pytest.mark.parametrize("seq", [1, 3, 7])
def test_an_entry_changed_together_with_its_hash_is_named(
    ticket: Ticket, behind_the_back: Break, seq: int
) -> None:
    behind_the_back("UPDATE tickets_entry SET via = 'api' WHERE ticket_id = %s AND seq = %s",
                    ticket.pk, seq)  # fmt: skip
    rehash(ticket, seq, behind_the_back)
    assert named(ticket) == [(Kind.CHANGED, seq)]
    tail = list(ticket.entries.order_by("seq"))
    assert check_tail(ticket, tail)


@pytest.mark.parametrize("column", ["hash", "previous_hash"])
@pytest.mark.parametrize("seq", [2, 4, 7])
def test_a_changed_hash_is_named(
    ticket: Ticket, behind_the_back: Break, column: str, seq: int
) -> None:
    behind_the_back(f"UPDATE tickets_entry SET {column} = %s WHERE ticket_id = %s AND seq = %s",
                    "0" * 64, ticket.pk, seq)  # fmt: skip
    assert named(ticket) == [(Kind.CHANGED, seq)]


@pytest.mark.parametrize("seq", [1, 4, 6, 7])
def test_a_missing_entry_is_named(ticket: Ticket, behind_the_back: Break, seq: int) -> None:
    behind_the_back("DELETE FROM tickets_entry WHERE ticket_id = %s AND seq = %s", ticket.pk, seq)
    assert named(ticket) == [(Kind.MISSING, seq)]
    assert check_tail(ticket, list(ticket.entries.order_by("seq"))) or seq == 1


def forge(ticket: Ticket, seq: int, previous_hash: str) -> Entry:
    like = ticket.entries.get(seq=2)
    entry = Entry(ticket=ticket, seq=seq, verb="take", actor=like.actor, via="desk", at=like.at,
                  facts={}, previous_hash=previous_hash)  # fmt: skip
    entry.hash = hash_of(entry)
    entry.save()
    return entry


def test_an_entry_added_at_the_end_is_named(ticket: Ticket) -> None:
    forge(ticket, 8, ticket.journal_head)
    assert named(ticket) == [(Kind.ADDED, 8)]


def test_an_entry_pushed_in_between_is_named(ticket: Ticket, behind_the_back: Break) -> None:
    for seq in (7, 6, 5, 4):
        behind_the_back("UPDATE tickets_entry SET seq = %s WHERE ticket_id = %s AND seq = %s",
                        seq + 1, ticket.pk, seq)  # fmt: skip
    forge(ticket, 4, ticket.entries.get(seq=3).hash)
    assert (Kind.ADDED, 4) in named(ticket)


def test_two_entries_that_changed_places_are_named(ticket: Ticket, behind_the_back: Break) -> None:
    for old, new in ((3, 99), (5, 3), (99, 5)):
        behind_the_back("UPDATE tickets_entry SET seq = %s WHERE ticket_id = %s AND seq = %s",
                        new, ticket.pk, old)  # fmt: skip
    assert sorted(named(ticket)) == [(Kind.REORDERED, 3), (Kind.REORDERED, 5)]


def test_a_changed_end_of_the_chain_is_told(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(journal_length=9)
    assert named(ticket) == [(Kind.COUNT, None)]


def test_a_changed_comment_is_named(ticket: Ticket) -> None:
    Comment.objects.filter(kind="note").update(text="The power supply")
    assert named(ticket) == [(Kind.COMMENT_CHANGED, 3)]


def test_a_comment_without_an_entry_is_told(ticket: Ticket) -> None:
    like = Comment.objects.first()
    assert like is not None
    like.pk = None
    like.save()
    assert named(ticket) == [(Kind.COMMENT_ADDED, None)]


@pytest.mark.parametrize(
    ("column", "kind"), [("title", Kind.TITLE_CHANGED), ("text", Kind.TEXT_CHANGED)]
)
def test_a_title_or_text_that_the_journal_does_not_know_is_told(
    ticket: Ticket, column: str, kind: Kind
) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(**{column: "Something else"})
    assert check_chain(Ticket.objects.get(pk=ticket.pk)) == [Fault(kind, ticket.pk)]


def test_a_page_that_shows_what_nobody_wrote_is_told(ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(text_html="<p>All is well</p>")
    assert named(ticket) == [(Kind.HTML_CHANGED, None)]


def test_a_comment_that_shows_what_nobody_wrote_is_named(ticket: Ticket) -> None:
    link = '<p>Working on <a href="https://elsewhere.example">it</a></p>'
    Comment.objects.filter(kind="reply").update(text_html=link)
    assert named(ticket) == [(Kind.COMMENT_HTML_CHANGED, 5)]


def test_other_marks_for_the_same_words_are_no_fault(ticket: Ticket) -> None:
    Comment.objects.filter(kind="reply").update(text_html="<p><em>Working</em> on it</p>\n")
    assert named(ticket) == []


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("status", Kind.STATUS_CHANGED),
        ("department", Kind.DEPARTMENT_CHANGED),
        ("requester", Kind.REQUESTER_CHANGED),
    ],
)
def test_what_the_journal_holds_of_a_ticket_is_compared(
    ticket: Ticket, cast: Cast, column: str, kind: Kind
) -> None:
    value = {
        "status": "cancelled",
        "department": cast.accounting,
        "requester": cast.client,
    }[column]
    Ticket.objects.filter(pk=ticket.pk).update(**{column: value})
    assert named(ticket) == [(kind, None)]


def test_the_check_takes_the_same_queries_for_a_long_journal(
    ticket: Ticket, cast: Cast, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        actions.note(ticket, by=cast.agent, text=f"Note {number}")
    with django_assert_num_queries(2):
        assert check_chain(ticket) == []


@pytest.mark.parametrize(("column", "value"), [("kind", "reply"), ("author_id", None)])
def test_a_note_made_public_or_given_another_author_is_found(
    ticket: Ticket, cast: Cast, column: str, value: Any
) -> None:
    Comment.objects.filter(text="The disk").update(**{column: value or cast.head.pk})
    assert named(ticket) == [(Kind.COMMENT_CHANGED, 3)]
