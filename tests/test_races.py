"""Several people at the same moment, with real transactions on both engines."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from estafeta.accounts.models import Person, Site
from estafeta.lib.blobs import blobs
from estafeta.tickets import actions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Changed, NotAllowed, NotNow
from estafeta.tickets.files.attachments import discard
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Attachment, Entry, Hold, Participant, Submission, Tally, Ticket
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.submissions import Key
from tests.cast import Cast, make_cast
from tests.orders import order, taken
from tests.program import Program

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def real_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database in a file, where SQLite's tests have one in memory that threads cannot share."""
    kept = connections[DEFAULT_DB_ALIAS]
    if kept.vendor != "sqlite":
        yield
        return
    with kept.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "races.sqlite3")])
    name = kept.settings_dict["NAME"]
    connections.settings[DEFAULT_DB_ALIAS]["NAME"] = str(tmp_path / "races.sqlite3")
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS]["NAME"] = name
        connections[DEFAULT_DB_ALIAS] = kept


@pytest.fixture
def cast(real_database: None) -> Cast:
    """The cast in a database whose transactions really end, with the system's own rows."""
    Site.objects.get_or_create(pk=1)
    Person.objects.get_or_create(login="system", defaults={"name": "Estafeta"})
    return make_cast()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all at the same moment, each on a connection of its own; answers or exceptions."""
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            barrier.wait(timeout=20)
            answers[place] = acts[place]()
        except Exception as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def doing(verb: str, ticket: Ticket, by: Person, seen: int | None = None, **given: Any) -> Any:
    """An act to be started later, on rows of its own thread."""

    def act() -> Any:
        row = Ticket.objects.get(pk=ticket.pk).as_seen_at(seen)
        return ACTIONS[verb](row, by=Person.objects.get(pk=by.pk), **given)  # type: ignore[index]

    return act


def in_order(ticket: Ticket) -> None:
    ticket.refresh_from_db()
    assert check_chain(ticket) == []
    assert Hold.objects.filter(ticket=ticket, until=None).count() == (1 if ticket.is_open else 0)
    kept = {(t.department_id, t.status): t.amount for t in Tally.objects.filter(amount__gt=0)}
    tallies.recount()
    assert kept == {
        (t.department_id, t.status): t.amount for t in Tally.objects.filter(amount__gt=0)
    }


def test_two_who_take_at_once_both_work_on_it(cast: Cast) -> None:
    ticket = order(cast)
    answers = at_once(doing("take", ticket, cast.agent), doing("take", ticket, cast.agent_b))
    assert all(isinstance(answer, Entry) for answer in answers), answers
    assert {answer.facts["joined"] for answer in answers} == {True, False}
    assert Participant.objects.filter(ticket=ticket, is_performer=True).count() == 2
    in_order(ticket)


def test_of_two_who_looked_at_a_free_ticket_only_one_takes_it(cast: Cast) -> None:
    ticket = order(cast)
    seen = ticket.journal_length
    answers = at_once(
        doing("take", ticket, cast.agent, seen), doing("take", ticket, cast.agent_b, seen)
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Changed", "Entry"]
    [refused] = [answer for answer in answers if isinstance(answer, Changed)]
    assert [entry.verb for entry in refused.entries] == ["take"]
    in_order(ticket)


def test_a_ticket_is_completed_once_and_cancelled_never_after(cast: Cast) -> None:
    ticket = taken(cast)
    answers = at_once(
        doing("complete", ticket, cast.agent),
        doing("cancel", ticket, cast.director, reason="не нужно"),
        doing("complete", ticket, cast.head),
    )
    assert sum(isinstance(answer, Entry) for answer in answers) == 1
    assert all(isinstance(answer, Entry | NotNow | NotAllowed) for answer in answers), answers
    in_order(ticket)


def test_words_of_many_at_once_all_stay(cast: Cast) -> None:
    ticket = taken(cast)
    people = [cast.agent, cast.agent_b, cast.head, cast.director] * 3
    answers = at_once(
        *(doing("reply", ticket, who, text=f"Слово {n}") for n, who in enumerate(people))
    )
    assert all(isinstance(answer, Entry) for answer in answers), answers
    assert ticket.comments.count() == len(people)
    assert sorted(answer.seq for answer in answers) == list(range(3, 3 + len(people)))
    in_order(ticket)


def test_many_who_write_at_once_get_numbers_of_their_own(cast: Cast) -> None:
    def write(n: int) -> Callable[[], Any]:
        def act() -> Any:
            by = Person.objects.get(login=("dora", "anna", "vera", "clara")[n % 4])
            return actions.open_ticket(by=by, title=f"Заявка {n}", department=cast.it)

        return act

    answers = at_once(*(write(n) for n in range(12)))
    assert all(isinstance(answer, Entry) for answer in answers), answers
    assert len({answer.ticket_id for answer in answers}) == 12
    assert Tally.objects.get(department=cast.it, status="new").amount == 12
    # The order of ids is the order of commits: whoever reads "after N" misses nothing.
    assert len({answer.pk for answer in answers}) == 12


def test_one_form_sent_many_times_at_once_writes_one_ticket(cast: Cast) -> None:
    def send() -> Any:
        by = Person.objects.get(login="anna")
        key = Key("same", "digest")
        return actions.open_ticket(by=by, title="Раз", department=cast.it, submission=key)

    answers = at_once(*[send] * 6)
    assert all(isinstance(answer, Entry) for answer in answers), answers
    assert len({answer.pk for answer in answers}) == 1
    assert sum(answer.is_repeated for answer in answers) == 5
    assert (Ticket.objects.count(), Submission.objects.count()) == (1, 1)


def test_one_request_sent_many_times_at_once_writes_one_ticket(cast: Cast) -> None:
    secret = Program.of(cast.agent).token

    def send() -> Any:
        program = Program(Program.of(Person.objects.get(login="vera")).client, secret)
        return program.post("/tickets", title="Раз", department=cast.it.pk, key="k")

    answers = at_once(*[send] * 5)
    assert [answer.status_code for answer in answers] == [201] * 5, answers
    assert len({answer.json()["ticket"]["number"] for answer in answers}) == 1
    assert sum(answer.get("Idempotent-Replayed") == "true" for answer in answers) == 4
    assert Ticket.objects.count() == 1


def test_hand_overs_crossing_each_other_end_in_one_place(cast: Cast) -> None:
    ticket = taken(cast)
    seen = ticket.journal_length
    answers = at_once(
        doing("hand_over", ticket, cast.agent, seen, people=[cast.agent_b], reason="к тебе"),
        doing("hand_over", ticket, cast.head, seen, department=cast.accounting, reason="к вам"),
        doing("release", ticket, cast.agent, seen, reason="обед"),
    )
    assert sum(isinstance(answer, Entry) for answer in answers) == 1
    assert all(isinstance(answer, Entry | Changed | NotAllowed) for answer in answers), answers
    in_order(ticket)


def a_draft(by: Person) -> Attachment:
    return keep_draft(io.BytesIO(b"text"), "act.txt", by=by)


def test_one_draft_goes_to_one_ticket(cast: Cast) -> None:
    tickets, draft = [taken(cast), taken(cast)], a_draft(cast.agent)
    acts = [doing("attach", ticket, cast.agent, files=[draft.pk]) for ticket in tickets]
    answers = at_once(*acts)
    assert sorted(type(answer).__name__ for answer in answers) == ["Entry", "Invalid"]
    winner = next(answer for answer in answers if isinstance(answer, Entry))
    draft.refresh_from_db()
    assert draft.ticket_id == winner.ticket_id
    for ticket in tickets:
        in_order(ticket)


def test_a_draft_thrown_away_while_it_is_sent_is_either_there_or_gone(cast: Cast) -> None:
    ticket, draft = taken(cast), a_draft(cast.agent)
    sent, _thrown = at_once(
        doing("attach", ticket, cast.agent, files=[draft.pk]),
        lambda: discard(Attachment.objects.get(pk=draft.pk)),
    )
    is_there = Attachment.objects.filter(pk=draft.pk, ticket=ticket).exists()
    assert is_there == isinstance(sent, Entry)
    assert blobs().exists(draft.blob) == is_there
    in_order(ticket)


def test_a_file_is_removed_once(cast: Cast) -> None:
    ticket, draft = taken(cast), a_draft(cast.agent)
    actions.attach(ticket, by=cast.agent, files=[draft.pk])
    answers = at_once(*[doing("remove_file", ticket, cast.agent, file=draft.pk)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Entry", "Invalid"]
    assert not blobs().exists(draft.blob)
    in_order(ticket)
