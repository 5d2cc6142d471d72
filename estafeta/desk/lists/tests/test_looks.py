from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.actions.looks import MOST_LISTS, keep_look
from estafeta.accounts.models import Person
from estafeta.desk.lists import columns
from estafeta.tickets import actions
from estafeta.tickets.models import Tag, Tagging, Ticket, Topic
from tests.cast import Cast

At = Callable[[Person], Client]
HX = {"HX-Request": "true"}


def order(cast: Cast, title: str = "Disk", **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, **more}
    return actions.open_ticket(title=title, **values).ticket  # type: ignore[arg-type]


def heads(client: Client, path: str) -> list[str]:
    page = client.get(path).content.decode()
    return [name for name in re.findall(r'class="col-(\w+)"', page) if name != "mark"]


def choose(client: Client, place: str, *names: str, density: str = "") -> int:
    sent = {"place": place, "column": list(names), "density": density}
    return client.post("/lists/look", sent, headers=HX).status_code


def test_columns_are_chosen_for_each_list_in_ones_own_order(cast: Cast, at: At) -> None:
    order(cast)
    client = at(cast.agent)
    assert heads(client, "/inbox") == list(columns.DEFAULT)
    assert choose(client, "inbox", "status", "title", "organisation", "number") == 204
    assert heads(client, "/inbox") == ["status", "title", "organisation", "number"]
    assert "Alpha" in client.get("/inbox").content.decode()
    assert heads(client, "/tickets") == list(columns.DEFAULT)
    assert heads(at(cast.agent_b), "/inbox") == list(columns.DEFAULT)
    client.post("/lists/look", {"place": "inbox", "reset": "yes"}, headers=HX)
    assert heads(client, "/inbox") == list(columns.DEFAULT)


def test_every_column_shows_what_it_says(cast: Cast, at: At) -> None:
    root = Topic.objects.create(name="Техника")
    topic = Topic.objects.create(name="Принтеры", parent=root)
    ticket = order(cast, topic=topic, priority=4)
    tag = Tag.objects.create(name="Срочно", key="срочно")
    Tagging.objects.create(ticket=ticket, tag=tag)
    client = at(cast.head)
    choose(client, "tickets", *(column.name for column in columns.ALL))
    page = client.get("/tickets").content.decode()
    for words in (
        "Clara Client",
        "Alpha",
        "Техника › Принтеры",
        "Срочно",
        "Urgent",
        "IT",
        "System",
    ):
        assert words in page, words


def test_the_title_stays_and_what_is_no_column_is_left_out(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    order(cast)
    choose(client, "inbox", "status", "password", "status", density="enormous")
    assert heads(client, "/inbox") == ["title", "status"]


def test_clients_have_no_column_of_tags(cast: Cast, at: At) -> None:
    ticket = order(cast)
    Tagging.objects.create(ticket=ticket, tag=Tag.objects.create(name="Secret", key="secret"))
    client = at(cast.client)
    assert 'value="tags"' not in client.get("/lists/look?place=sent").content.decode()
    choose(client, "sent", "title", "tags")
    assert heads(client, "/sent") == ["title"]
    assert "Secret" not in client.get("/sent").content.decode()


def test_a_row_that_changes_keeps_the_columns_of_its_list(cast: Cast, at: At) -> None:
    ticket, client = order(cast), at(cast.agent)
    choose(client, "inbox", "title", "requester")
    here = {
        **HX,
        "HX-Current-URL": "http://testserver/inbox?status=new",
        "HX-Target": f"row-{ticket.pk}",
    }
    page = client.post(
        f"/tickets/{ticket.pk}/take?seen={ticket.journal_length}", headers=here
    ).content.decode()
    assert page.count("<td") == 3
    assert "Clara Client" in page


@pytest.mark.parametrize("place", ["", "profile", "../inbox", "views/x", "inbox/read"])
def test_there_are_looks_of_lists_only(cast: Cast, at: At, place: str) -> None:
    assert choose(at(cast.agent), place, "title") == 422
    assert at(cast.agent).get("/lists/look", {"place": place}).status_code == 422


def test_many_tickets_ask_as_often_as_one(cast: Cast, at: At) -> None:
    client, amounts = at(cast.agent), []
    choose(client, "inbox", *(column.name for column in columns.ALL))
    for more in (1, 6):
        for _ in range(more):
            ticket = order(cast, topic=Topic.objects.create(name="Т"))
            tag = Tag.objects.create(name=f"t{ticket.pk}", key=f"t{ticket.pk}")
            Tagging.objects.create(ticket=ticket, tag=tag)
        client.get("/inbox")
        with CaptureQueriesContext(connection) as asked:
            client.get("/inbox")
        amounts.append(len(asked))
    assert amounts[0] == amounts[1]


def test_looks_of_old_lists_make_room(cast: Cast) -> None:
    for number in range(MOST_LISTS + 5):
        keep_look(cast.agent, f"views/{number}", {"columns": ["title"], "density": ""})
    kept = Person.objects.get(pk=cast.agent.pk).list_looks
    assert len(kept) == MOST_LISTS
    assert "views/0" not in kept


def test_columns_are_chosen_on_a_page_of_their_own_too(cast: Cast, at: At) -> None:
    page = at(cast.agent).get("/lists/look?place=inbox").content.decode()
    assert "<html" in page
    assert "csrfmiddlewaretoken" in page
    assert 'name="column"' in page
    dialog = at(cast.agent).get("/lists/look?place=inbox", headers=HX).content.decode()
    assert "<html" not in dialog
    assert 'name="column"' in dialog
