"""`file:` finds tickets by the names of their files, along the index, also right after an upgrade."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.lib import fulltext
from estafeta.tickets import actions
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.lists import listing, search
from estafeta.tickets.lists.filters import Filters
from estafeta.tickets.lists.orders import Order
from estafeta.tickets.lists.paging import Question
from estafeta.tickets.models import Attachment, Renewal, Ticket
from estafeta.tickets.models.renewal import FILE_NAMES
from estafeta.tickets.upkeep import reindexing
from tests.cast import Cast
from tests.orders import order, taken


def bring(person: Person, *names: str) -> list[int]:
    return [keep_draft(io.BytesIO(b"text"), name, by=person).pk for name in names]


def with_files(cast: Cast, *names: str, title: str = "With files") -> Ticket:
    return order(cast, by=cast.agent, title=title, files=bring(cast.agent, *names))


def found(person: Person, text: str) -> set[int]:
    question = Question(listing.everything(person), person, Filters(text=text), Order("number"))
    numbers = {ticket.pk for ticket in question.page(50).tickets}
    assert numbers == set(question.all().values_list("pk", flat=True)), "page = all"
    return numbers


@pytest.mark.parametrize(
    "text",
    ["file:акт", "файл:АКТ", "file:2026", "file:акт_2026-11.pdf", 'file:"работы акт"', "file:pdf"],
)
def test_a_file_is_found_by_the_beginning_of_each_part_of_its_name(cast: Cast, text: str) -> None:
    ticket = with_files(cast, "Акт_2026-11.pdf", "работа.txt")
    with_files(cast, "photo.jpg")
    assert found(cast.agent, text) == {ticket.pk}


@pytest.mark.parametrize("words", ["act", ":act", "file:act", "x:act", "::act act.pdf"])
def test_words_are_no_names_of_files(cast: Cast, words: str) -> None:
    order(cast, title=f"See {words}", text=words)
    named = with_files(cast, "act.pdf")
    assert found(cast.head, "file:act") == {named.pk}
    assert named.pk in found(cast.head, "act"), "but names of files are words"


def test_words_and_names_of_files_go_together(cast: Cast) -> None:
    ticket = with_files(cast, "act.pdf", title="Printer")
    with_files(cast, "act.pdf", title="Disk")
    assert found(cast.agent, "printer file:act") == {ticket.pk}
    assert found(cast.agent, "printer file:bill") == set()


def test_clients_do_not_find_files_of_notes(cast: Cast) -> None:
    ticket = taken(cast)
    Ticket.objects.filter(pk=ticket.pk).update(requester=cast.client)
    actions.note(ticket, by=cast.agent, text="", files=bring(cast.agent, "secret.txt"))
    actions.reply(ticket, by=cast.agent, text="", files=bring(cast.agent, "bill.txt"))
    assert found(cast.client, "file:secret") == set()
    assert found(cast.client, "file:bill") == found(cast.agent, "file:secret") == {ticket.pk}


def test_a_removed_file_is_not_found(cast: Cast) -> None:
    ticket = with_files(cast, "act.pdf", "bill.pdf")
    file = Attachment.objects.get(name="act.pdf")
    actions.remove_file(ticket, by=cast.agent, file=file.pk)
    assert found(cast.agent, "file:act") == set()
    assert found(cast.agent, "file:bill") == {ticket.pk}


def test_no_row_of_a_file_is_looked_at(cast: Cast) -> None:
    with_files(cast, "act.pdf")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found(cast.agent, "file:act")
    assert not any("tickets_attachment" in query["sql"] for query in queries)


def test_a_name_of_many_parts_leaves_room_for_words(cast: Cast) -> None:
    assert search._marked(["a b c d"], room=0) == []
    assert len(search._marked(["aa bb cc dd"], room=8)) == 2


@pytest.fixture
def old(cast: Cast) -> list[int]:
    """Three tickets as an older version has indexed them, after the migration."""
    made = [with_files(cast, f"act-{n}.pdf", title=f"Ticket {n}").pk for n in range(3)]
    search.write([(n, fulltext.tokens("Ticket act pdf"), []) for n in made])
    order(cast)
    Renewal.objects.create(name=FILE_NAMES, total=3)
    return made


def test_files_are_found_while_the_index_is_made_anew(
    cast: Cast, old: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindexing, "STEP", 2)
    assert found(cast.agent, "file:act") == set(old)
    assert reindexing._step() == 2
    run = reindexing.progress()
    assert run is not None
    assert (run.done, run.total, run.up_to) == (2, 3, old[1])
    assert found(cast.agent, "file:act") == set(old)
    new = with_files(cast, "act-new.pdf").pk
    assert found(cast.agent, "file:act") == {*old, new}
    assert reindexing.go_on() == 2
    assert reindexing.progress() is None
    assert found(cast.agent, "file:act") == {*old, new}
    assert found(cast.agent, "ticket file:act") == set(old)


def test_it_goes_on_where_it_was_stopped(
    cast: Cast, old: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindexing, "STEP", 1)
    assert reindexing.go_on(seconds=0) == 0
    reindexing._step()
    with monkeypatch.context() as broken:
        broken.setattr(search, "index", lambda _ticket: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reindexing.go_on()
    run = reindexing.progress()
    assert run is not None
    assert run.done == 1
    assert reindexing.go_on() == 2


def test_there_is_nothing_to_do_in_a_new_installation(cast: Cast) -> None:
    with_files(cast, "act.pdf")
    assert reindexing.progress() is None
    assert reindexing.go_on() == 0
