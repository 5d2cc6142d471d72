"""Departments and topics are put into an order: dragged, or moved step by step."""

from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.models import Department, SecurityEntry
from estafeta.tickets.models import Topic
from estafeta.tickets.topics.tree import in_tree_order


@pytest.fixture
def admin(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def _departments() -> list[tuple[str, int]]:
    return [(row.name, row.depth) for row in Department.objects.in_tree_order()]


def _topics() -> list[tuple[str, int]]:
    return [(topic.name, depth) for topic, depth in in_tree_order(Topic.objects.all())]


def _move(admin: Client, what: str, row: Any, **sent: Any) -> Any:
    return admin.post(f"/administration/{what}/{row.pk}/place", sent)


def test_a_department_moves_up_and_down_among_its_siblings(cast: Any, admin: Client) -> None:
    assert _departments() == [("Accounting", 0), ("IT", 0), ("Network", 1)]
    _move(admin, "departments", cast.accounting, way="down")
    assert _departments() == [("IT", 0), ("Network", 1), ("Accounting", 0)]
    _move(admin, "departments", cast.accounting, way="down")
    assert _departments()[-1] == ("Accounting", 0)
    _move(admin, "departments", cast.accounting, way="up")
    assert _departments()[0] == ("Accounting", 0)


def test_a_department_moves_into_another_and_out_with_what_is_inside(
    cast: Any, admin: Client
) -> None:
    _move(admin, "departments", cast.it, way="in")
    assert _departments() == [("Accounting", 0), ("IT", 1), ("Network", 2)]
    cast.network.refresh_from_db()
    assert cast.network.path == f"/{cast.accounting.pk}/{cast.it.pk}/{cast.network.pk}/"
    _move(admin, "departments", cast.network, way="out")
    assert _departments() == [("Accounting", 0), ("IT", 1), ("Network", 1)]
    _move(admin, "departments", cast.network, way="out")
    assert _departments() == [("Accounting", 0), ("IT", 1), ("Network", 0)]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("before", [("Network", 0), ("Accounting", 0), ("IT", 0)]),
        ("after", [("Accounting", 0), ("Network", 0), ("IT", 0)]),
        ("inside", [("Accounting", 0), ("Network", 1), ("IT", 0)]),
    ],
)
def test_a_department_is_dropped_before_after_or_into_another(
    cast: Any, admin: Client, where: str, expected: list[Any]
) -> None:
    _move(admin, "departments", cast.network, where=where, target=cast.accounting.pk)
    assert _departments() == expected


def test_what_would_make_a_ring_is_refused_in_words(cast: Any, admin: Client) -> None:
    answer = admin.post(
        f"/administration/departments/{cast.it.pk}/place",
        {"where": "inside", "target": cast.network.pk},
        headers={"HX-Request": "true"},
    )
    assert "cannot stand inside itself" in answer.headers["HX-Trigger"]
    assert 'id="tree"' in answer.content.decode()
    assert _departments() == [("Accounting", 0), ("IT", 0), ("Network", 1)]


@pytest.mark.parametrize(
    "sent",
    [
        {"way": "in"}, {"way": "out"}, {"way": "sideways"}, {}, {"where": "before"},
        {"where": "inside", "target": "999999"}, {"where": "after", "target": "x" * 40},
    ],
)  # fmt: skip
def test_what_leads_nowhere_changes_nothing(cast: Any, admin: Client, sent: Any) -> None:
    before, told = _departments(), SecurityEntry.objects.count()
    assert _move(admin, "departments", cast.accounting, **sent).status_code == 303
    assert _departments() == before
    assert SecurityEntry.objects.count() == told


def test_an_order_is_told_in_the_trail(cast: Any, admin: Client) -> None:
    _move(admin, "departments", cast.accounting, way="down")
    entry = SecurityEntry.objects.get(kind="structure.department_changed")
    assert entry.facts["changes"] == {"position": [1, 2]}
    assert entry.actor == cast.admin


def test_topics_move_in_the_same_way(cast: Any, admin: Client) -> None:
    a, b, c = (Topic.objects.create(name=name) for name in "ABC")
    _move(admin, "topics", c, where="before", target=a.pk)
    assert _topics() == [("C", 0), ("A", 0), ("B", 0)]
    _move(admin, "topics", b, way="in")
    assert _topics() == [("C", 0), ("A", 0), ("B", 1)]
    answer = _move(admin, "topics", a, where="inside", target=b.pk)
    assert answer.status_code == 303
    assert _topics() == [("C", 0), ("A", 0), ("B", 1)]
    page = admin.get("/tickets/new").content.decode()
    assert page.index(">C<") < page.index(">A<") < page.index("B<")


def test_a_new_topic_stands_behind_its_siblings(cast: Any, admin: Client) -> None:
    a, _b = (Topic.objects.create(name=name) for name in "XY")
    _move(admin, "topics", a, way="down")
    admin.post("/administration/topics/new", {"name": "A", "acceptance": "nobody", "priority": "2"})
    assert [name for name, _depth in _topics()] == ["Y", "X", "A"]


def test_only_administrators_move_anything(cast: Any, client: Client) -> None:
    for who in (cast.head, cast.director, cast.client):
        client.force_login(who)
        answer = client.post(f"/administration/departments/{cast.it.pk}/place", {"way": "in"})
        assert answer.status_code == 404
