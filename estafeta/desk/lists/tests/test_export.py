from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.tickets.lists import whole
from estafeta.tickets.models import Ticket
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast
from tests.orders import order, taken

At = Callable[[Person], Client]


def table(client: Client, address: str) -> list[list[str]]:
    answer: Any = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_what_the_list_shows_in_its_order(cast: Cast, at: At) -> None:
    first, second = order(cast, title="Первая"), order(cast, title="Вторая", priority=4)
    taken(cast, title="Чужая работа", by=cast.agent_b)
    order(cast, by=cast.stranger, department=cast.accounting, title="Тайна")
    rows = table(at(cast.agent), "/lists/inbox/export.csv?status=new&sort=number")
    assert rows[0] == ["No.", "Ticket", "Performer", "Status", "Deadline", "Changed"]
    assert [row[:2] for row in rows[1:]] == [
        [str(first.pk), "Первая"], [str(second.pk), "Вторая"],
    ]  # fmt: skip


def test_chosen_columns_are_exported_in_their_order(cast: Cast, at: At) -> None:
    order(cast, by=cast.client, title="=cmd")
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(
        list_looks={"inbox": {"columns": ["requester", "title"], "density": ""}}
    )
    rows = table(at(cast.agent), "/lists/inbox/export.csv?look=inbox")
    assert rows == [["Requester", "Ticket"], ["Clara Client", "'=cmd"]]


def test_every_page_is_in_it_and_only_what_the_reader_sees(
    cast: Cast, at: At, monkeypatch: Any
) -> None:
    make_crowd(cast, seed=5, amount=90)
    monkeypatch.setattr(whole, "PIECE", 7)
    for person in cast.everybody().values():
        seen = Ticket.objects.visible_to(person).order_by("-number").values_list("pk", flat=True)
        rows = table(at(person), "/lists/all/export.csv?sort=-number")
        assert [int(row[0]) for row in rows[1:]] == list(seen)


def test_a_department_is_a_file_for_those_whose_business_it_is(cast: Cast, at: At) -> None:
    address = f"/lists/department-{cast.it.pk}/export.csv"
    assert at(cast.agent).get(address).status_code == 200
    assert at(cast.agent2).get(address).status_code == 404
    assert at(cast.agent).get("/lists/nonsense/export.csv").status_code == 404


def test_a_workbook_is_a_workbook_named_after_the_list(cast: Cast, at: At) -> None:
    order(cast, title="Принтер")
    answer: Any = at(cast.agent).get("/lists/inbox/export.xlsx")
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Принтер" in book.read("xl/worksheets/sheet1.xml").decode()
    assert "Inbox%20" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_language_of_the_reader_decides_words_and_separator(cast: Cast, at: At) -> None:
    order(cast)
    type(cast.agent).objects.filter(pk=cast.agent.pk).update(language="ru")
    answer: Any = at(cast.agent).get("/lists/inbox/export.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].count(";") == 5


@pytest.mark.parametrize("amount", [3, 30])
def test_a_piece_costs_the_same_queries_however_many_rows(cast: Cast, at: At, amount: int) -> None:
    client = at(cast.director)
    make_crowd(cast, seed=1, amount=amount)
    table(client, "/lists/all/export.csv")
    with CaptureQueriesContext(connection) as asked:
        table(client, "/lists/all/export.csv")
    assert len(asked) <= 12


def test_the_paper_says_what_is_on_it(cast: Cast, at: At, monkeypatch: Any) -> None:
    monkeypatch.setattr("estafeta.desk.lists.export.MOST_PRINTED", 2)
    for title in ("Один", "Два", "Три"):
        order(cast, title=title)
    page = at(cast.agent).get("/lists/inbox/print?status=new&sort=number").content.decode()
    assert "Один" in page
    assert "Три" not in page
    assert "Status: New" in page
    assert "these are its first 2 tickets" in page
