"""At the desk: many merged into one, linked to one, made parts of one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Link, Ticket
from tests.cast import Cast
from tests.orders import done, order, taken

At = Callable[[Person], Client]
HTMX = {"HX-Request": "true"}


def asked(client: Client, verb: str, numbers: list[int], **fields: Any) -> Any:
    return client.post(f"/bulk/{verb}", {"number": numbers, **fields}, headers=HTMX)


def test_the_chosen_ones_are_offered_to_merge_into(cast: Cast, at: At) -> None:
    one, other = taken(cast, title="Первая"), taken(cast, title="Вторая")
    page = asked(at(cast.agent), "merge", [one.pk, other.pk]).content.decode()
    assert f'data-value="{one.pk}"' in page
    assert f'data-value="{other.pk}"' in page
    assert "For a day you can undo it." in page


def test_what_is_finished_is_offered_to_link_to_alone(cast: Cast, at: At) -> None:
    one, ended = taken(cast), done(cast)
    numbers = [one.pk, ended.pk]
    offered = f'data-value="{ended.pk}"'
    for verb in ("merge", "make_subtask"):
        assert offered not in asked(at(cast.head), verb, numbers).content.decode()
    assert offered in asked(at(cast.head), "link", numbers).content.decode()


def test_many_are_merged_and_that_is_taken_back(cast: Cast, at: At) -> None:
    client, tickets = at(cast.agent), [taken(cast) for _n in range(3)]
    numbers = [ticket.pk for ticket in tickets]
    answer = asked(client, "merge", numbers, do="1", other=numbers[0])
    assert answer.status_code == 204, answer.content.decode()
    news = json.loads(answer.headers["HX-Trigger"])
    assert "2 tickets: done." in news["toast"]["text"]
    assert Ticket.objects.filter(status="merged", merged_into=numbers[0]).count() == 2
    assert client.post(news["toast"]["post"], headers=HTMX).status_code == 204
    assert not Ticket.objects.filter(status="merged").exists()


def test_without_another_ticket_the_form_says_so_and_keeps_what_was_typed(
    cast: Cast, at: At
) -> None:
    numbers = [taken(cast).pk, taken(cast).pk]
    answer = asked(at(cast.agent), "merge", numbers, do="1", reason="Одно и то же")
    assert answer.status_code == 422
    assert "Одно и то же" in answer.content.decode()
    assert not Ticket.objects.filter(status="merged").exists()


def test_many_are_linked(cast: Cast, at: At) -> None:
    one, *rest = [order(cast) for _n in range(3)]
    numbers = [ticket.pk for ticket in rest]
    answer = asked(at(cast.agent), "link", numbers, do="1", other=one.pk, word="blocks")
    assert answer.status_code == 204
    assert Link.objects.filter(ticket__in=numbers, other=one, kind="blocks").count() == 2


def test_many_become_parts_with_a_word_on_those_that_cannot(cast: Cast, at: At) -> None:
    one, mine, over = taken(cast), taken(cast), done(cast, title="Готовая")
    answer = asked(
        at(cast.agent), "make_subtask", [mine.pk, over.pk], do="1", other=one.pk
    )  # fmt: skip
    assert answer.status_code == 200
    assert "Готовая" in answer.content.decode()
    assert list(one.subtasks.all()) == [mine]


def test_a_ticket_takes_in_parts_from_its_own_page(cast: Cast, at: At) -> None:
    client, whole, part = at(cast.agent), taken(cast), taken(cast, title="Часть")
    address = f"/tickets/{whole.pk}/adopt"
    assert client.get(address, headers=HTMX).status_code == 200
    answer = client.post(address, {"parts": [part.pk]}, headers=HTMX)
    assert answer.status_code == 204
    assert list(whole.subtasks.all()) == [part]
    page = client.get(f"/tickets/{whole.pk}").content.decode()
    assert f"/tickets/{part.pk}/detach_subtask?other={whole.pk}" in page
    assert f"{address}" in page


def test_what_is_not_seen_cannot_be_taken_in(cast: Cast, at: At) -> None:
    client, whole = at(cast.agent), taken(cast)
    foreign = order(cast, by=cast.stranger, department=cast.accounting, title="Чужая")
    answer = client.post(f"/tickets/{whole.pk}/adopt", {"parts": [foreign.pk]}, headers=HTMX)
    assert answer.status_code == 422
    assert "Чужая" not in answer.content.decode()


def test_only_whoever_may_add_parts_is_asked(cast: Cast, at: At) -> None:
    whole = order(cast, by=cast.client)
    assert at(cast.client).get(f"/tickets/{whole.pk}/adopt").status_code == 403
    assert at(cast.stranger).get(f"/tickets/{whole.pk}/adopt").status_code == 404


def test_a_closed_ticket_takes_in_nothing(cast: Cast, at: At) -> None:
    whole = done(cast)
    actions.archive(whole, by=cast.head)
    answer = at(cast.agent).get(f"/tickets/{whole.pk}/adopt", headers=HTMX)
    assert answer.status_code == 409
    assert "Not possible now" in answer.content.decode()
