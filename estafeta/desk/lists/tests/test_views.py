from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.lists import saved_views
from estafeta.tickets.models import SavedView, Ticket, Topic
from estafeta.tickets.tests.crowd import make_crowd
from tests.cast import Cast

At = Callable[[Person], Client]
HX = {"HX-Request": "true"}


def order(cast: Cast, title: str, **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, **more}
    return actions.open_ticket(title=title, **values).ticket  # type: ignore[arg-type]


def numbers(client: Client, path: str) -> set[int]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return {int(n) for n in re.findall(r'id="row-(\d+)"', answer.content.decode())}


def keep(person: Person, name: str = "Urgent", **values: object) -> SavedView:
    given = {"list": "inbox", "query": "priority=4&sort=number", **values}
    departments = given.pop("departments", [])
    view = SavedView(**given)
    return saved_views.save(view, by=person, name=name, departments=departments, in_menu=True)  # type: ignore[arg-type]


def test_a_list_is_kept_as_a_view_with_its_number_in_the_menu(cast: Cast, at: At) -> None:
    urgent = order(cast, "Urgent", priority=4)
    order(cast, "Usual")
    client = at(cast.agent)
    query = {"list": "inbox", "query": "priority=4&sort=-number&status=", "name": " Urgent  ones "}
    answer = client.post("/views/new", {**query, "in_menu": "on"}, headers=HX)
    view = SavedView.objects.get()
    assert answer.headers["HX-Redirect"] == f"/views/{view.pk}"
    assert (view.name, view.query, view.owner) == (
        "Urgent ones", "priority=4&sort=-number", cast.agent,
    )  # fmt: skip
    assert numbers(client, f"/views/{view.pk}") == {urgent.pk}
    page = client.get("/").content.decode()
    assert "Urgent ones" in page
    assert f'data-counter="view-{view.pk}"' in page
    assert client.get("/views/counts").json() == {str(view.pk): "1"}


def test_other_filters_on_a_view_are_a_change_until_they_are_kept(cast: Cast, at: At) -> None:
    urgent, usual = order(cast, "Urgent", priority=4), order(cast, "Usual")
    view, client = keep(cast.agent), at(cast.agent)
    place = f"/views/{view.pk}"
    assert "Keep these filters" not in client.get(place).content.decode()
    assert numbers(client, place + "?priority=2") == {usual.pk}
    assert "Keep these filters" in client.get(place + "?priority=2").content.decode()
    assert numbers(client, place + "?changed=yes") == {urgent.pk, usual.pk}
    page = client.get(place).content.decode().replace("&amp;", "&")
    assert f'href="{place}?sort=number&changed=yes"' in page, "the last filter can be taken off"
    client.post(place + "/keep", {"query": "priority=2"}, headers=HX)
    assert numbers(client, place) == {usual.pk}


def test_a_shared_view_is_there_for_the_department_and_nobody_else(cast: Cast, at: At) -> None:
    order(cast, "Urgent", priority=4)
    view = keep(cast.head, departments=[cast.it.pk])
    place = f"/views/{view.pk}"
    has_it = {cast.head, cast.agent, cast.agent_b}
    for name, person in cast.everybody().items():
        client = at(person)
        expected = 200 if person in has_it else 404
        assert client.get(place).status_code == expected, name
        assert ("Urgent" in client.get("/views").content.decode()) == (person in has_it), name
        assert client.get(place + "/edit").status_code == (200 if person == cast.head else 404)
    assert at(cast.agent).post(place + "/delete", headers=HX).status_code == 422
    assert at(cast.agent).post(place + "/keep", {"query": ""}, headers=HX).status_code == 422
    assert SavedView.objects.get().query == view.query
    assert at(cast.head).post(place + "/delete", headers=HX).status_code == 204
    assert not SavedView.objects.exists()


def test_a_head_takes_a_view_out_of_his_departments_menus(cast: Cast, at: At) -> None:
    view = keep(cast.agent, departments=[cast.it.pk])
    place = f"/views/{view.pk}/delete"
    there = {"department": cast.it.pk}
    button, hidden = f'action="{place}"', f'name="department" value="{cast.it.pk}"'
    offered = at(cast.head).get("/views").content.decode()
    assert button in offered
    assert hidden in offered
    assert "leaves the menus of everybody in IT" in offered
    assert button not in at(cast.agent_b).get("/views").content.decode(), "heads only"
    assert at(cast.agent_b).post(place, there, headers=HX).status_code == 422
    assert at(cast.head).post(place, there, headers=HX).status_code == 204
    assert at(cast.agent_b).get(f"/views/{view.pk}").status_code == 404
    assert at(cast.agent).get(f"/views/{view.pk}").status_code == 200


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "Give the view a name."), ({"name": "x" * 81}, "80 signs at most"),
        ({"name": "Urgent"}, "a view of this name already"),
        ({"name": "A", "list": "secrets"}, "no such list"),
        ({"name": "A", "department": "FOREIGN"}, "your own departments"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_view_stands_beside_its_field(
    cast: Cast, at: At, values: dict[str, str], words: str
) -> None:
    keep(cast.agent)
    foreign = {"department": str(cast.accounting.pk)} if "department" in values else {}
    sent = {"list": "inbox", "query": "priority=3", **values, **foreign}
    answer = at(cast.agent).post("/views/new", sent, headers=HX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "priority=3" in page, "nothing is lost"
    assert SavedView.objects.count() == 1


def test_clients_keep_views_for_themselves(cast: Cast, at: At) -> None:
    ticket = order(cast, "Mine")
    client = at(cast.client)
    assert "Share with departments" not in client.get("/views/new?list=sent").content.decode()
    client.post("/views/new", {"list": "sent", "query": "status=new", "name": "New"}, headers=HX)
    assert numbers(client, f"/views/{SavedView.objects.get().pk}") == {ticket.pk}
    foreign = {"list": "sent", "name": "B", "department": cast.it.pk}
    assert client.post("/views/new", foreign, headers=HX).status_code == 422


def test_numbers_of_twenty_views_are_one_query(cast: Cast, at: At) -> None:
    make_crowd(cast, seed=1, amount=120)
    topic = Topic.objects.create(name="Т")
    queries = [
        "", "priority=4", "status=open", "deadline=late", "performer=me", "unread=yes", "q=disk",
        "1.match=any&1.priority=4&1.status=done", "tag=x", f"topic={topic.pk}", "author=me",
        "opened=..2026-11-03", "q=from%3Aclara", "via=api", "match=any&1.status=new&2.priority=1",
        "1.match=none&1.status=new", "performer=nobody", "waits=acceptance", "closed=week",
        "q=status%3Anew",
    ]  # fmt: skip
    lists = ["all", "inbox", "sent", "following", "archive", f"department-{cast.it.pk}"]
    for person in (cast.head, cast.director):
        views = [
            keep(person, f"{n}", list=lists[n % len(lists)] if n else "all", query=query)
            for n, query in enumerate(queries)
        ]
        _known = person.standing
        saved_views.counts(views, person)
        with CaptureQueriesContext(connection) as asked:
            found = saved_views.counts(views, person)
        assert len(asked) == 1
        for view in views:
            question = saved_views.question(view, person)
            assert question is not None
            expected = min(question.all().count(), saved_views.MOST_COUNTED + 1)
            assert found[view.pk] == expected, (view.list, view.query)
        assert found[views[0].pk] == 100 or person == cast.head
        shown = at(person).get("/views/counts").json()
        assert {int(pk): text for pk, text in shown.items()} == {
            pk: "99+" if n > 99 else str(n) for pk, n in found.items()
        }


def test_a_view_of_a_list_that_is_gone_counts_nothing(cast: Cast, at: At) -> None:
    view = keep(cast.agent)
    SavedView.objects.update(list="department-999999")
    assert saved_views.counts(saved_views.of(cast.agent), cast.agent) == {view.pk: 0}
    SavedView.objects.update(list="nothing")
    assert at(cast.agent).get(f"/views/{view.pk}").status_code == 404
    assert at(cast.agent).get("/views").status_code == 200


def test_views_stand_in_the_order_they_were_put(cast: Cast, at: At) -> None:
    first, second = keep(cast.agent, "A"), keep(cast.agent, "B")
    assert [view.name for view in saved_views.of(cast.agent)] == ["A", "B"]
    sent = {"view": [second.pk, first.pk, 10**9, "x"]}
    assert at(cast.agent).post("/views/arrange", sent, headers=HX).status_code == 204
    assert [view.name for view in saved_views.of(cast.agent)] == ["B", "A"]


def test_a_page_asks_for_views_once(cast: Cast, at: At) -> None:
    client = at(cast.agent)
    client.get("/inbox")
    amounts = []
    for more in (0, 3):
        for n in range(more):
            keep(cast.agent, f"V{n}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/inbox")
        amounts.append(len(asked))
    assert amounts[0] == amounts[1]


def test_a_view_is_marked_as_read(cast: Cast, at: At) -> None:
    order(cast, "Urgent", priority=4)
    view, client = keep(cast.agent), at(cast.agent)
    assert "list-unread" in client.get(f"/views/{view.pk}").content.decode()
    assert client.post(f"/views/{view.pk}/read", headers=HX).status_code == 204
    assert "list-unread" not in client.get(f"/views/{view.pk}").content.decode()


def test_views_have_looks_of_their_own(cast: Cast, at: At) -> None:
    order(cast, "Urgent", priority=4)
    view, client = keep(cast.agent), at(cast.agent)
    look = {
        "place": f"views/{view.pk}",
        "column": ["requester", "title", "topic"],
        "density": "dense",
    }
    assert client.post("/lists/look", look, headers=HX).headers["HX-Refresh"] == "true"
    page = client.get(f"/views/{view.pk}").content.decode()
    assert re.findall(r'class="col-(\w+)"', page)[1:] == ["requester", "title", "topic"]
    assert "rows-dense" in page
    assert "Clara Client" in page
    assert "col-performer" in client.get("/inbox").content.decode()
    client.post("/lists/look", {"place": f"views/{view.pk}", "reset": "yes"}, headers=HX)
    assert "col-performer" in client.get(f"/views/{view.pk}").content.decode()


def test_a_list_that_is_none_is_refused(cast: Cast, at: At) -> None:
    for name in ("²", "department-²", "department-" + "9" * 21, "9" * 30):
        assert at(cast.agent).get("/views/new", {"list": name}).status_code == 200
        answer = at(cast.agent).post("/views/new", {"list": name, "name": "Мой"})
        assert answer.status_code == 422
