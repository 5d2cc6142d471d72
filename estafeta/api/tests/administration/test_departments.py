"""The tree of departments through the API is the tree of the desk."""

from __future__ import annotations

from typing import Any

from estafeta.accounts.models import Department, Membership, SecurityEntry
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket, Topic
from estafeta.tickets.upkeep import department_merge
from tests.cast import Cast
from tests.orders import order
from tests.program import Program

PATH = "/administration/departments"


def _tree(ada: Program) -> list[tuple[str, int]]:
    rows = ada.get(PATH).json()["departments"]
    return [(row["name"], row["depth"]) for row in rows]


def test_the_tree_has_members_policies_and_open_tickets(cast: Cast, ada: Program) -> None:
    order(cast)
    rows = {row["name"]: row for row in ada.get(PATH).json()["departments"]}
    assert rows["IT"]["open_tickets"] == 1
    assert [(one["name"], one["is_head"]) for one in rows["IT"]["members"]] == [
        ("Hugo Head", True), ("Anna Agent", False), ("Boris Agent", False),
    ]  # fmt: skip
    assert rows["Network"]["parent"] == cast.it.pk
    assert rows["IT"]["hand_over_mode"] == "at_once"


def test_the_tree_costs_the_same_however_large_it_is(
    cast: Cast, ada: Program, django_assert_num_queries: Any
) -> None:
    ada.get(PATH)
    with django_assert_num_queries(5):
        ada.get(PATH)
    for number in range(20):
        row = Department.objects.create(name=f"D{number}", parent=cast.it)
        Membership.objects.create(person=cast.agent, department=row)
    ada.get(PATH)
    with django_assert_num_queries(5):
        ada.get(PATH)


def test_one_is_added_with_everything_and_written_into_the_trail(cast: Cast, ada: Program) -> None:
    answer = ada.post(
        PATH, name="  Сеть\tи связь ", parent=cast.it.pk, prefix="net", is_hidden=True,
        assignment_mode="round_robin", hand_over_mode="accept", hand_over_hours=8,
        hand_over_unanswered="up",
    )  # fmt: skip
    assert answer.status_code == 201
    row = Department.objects.get(name="Сеть и связь")
    assert answer.json()["id"] == row.pk
    assert (row.parent, row.prefix, row.is_hidden, row.hand_over_hours) == (
        cast.it, "NET", True, 8,
    )  # fmt: skip
    kinds = list(SecurityEntry.objects.order_by("seq").values_list("kind", "actor"))
    assert kinds == [
        ("structure.department_created", cast.admin.pk),
        ("structure.department_changed", cast.admin.pk),
    ]


def test_a_department_that_is_refused_in_part_is_not_there_at_all(cast: Cast, ada: Program) -> None:
    assert ada.post(PATH, name="Новый", prefix="1234").status_code == 422
    assert not Department.objects.filter(name="Новый").exists()


def test_what_is_left_out_stays(cast: Cast, ada: Program) -> None:
    ada.post(f"{PATH}/{cast.network.pk}", prefix="NET")
    answer = ada.post(f"{PATH}/{cast.network.pk}", name="Связь")
    assert (answer.json()["name"], answer.json()["prefix"]) == ("Связь", "NET")
    assert answer.json()["parent"] == cast.it.pk
    answer = ada.post(f"{PATH}/{cast.network.pk}", parent=None)
    assert answer.json()["parent"] is None
    assert (answer.json()["name"], answer.json()["depth"]) == ("Связь", 0)


def test_siblings_are_put_into_an_order(cast: Cast, ada: Program) -> None:
    assert _tree(ada) == [("Accounting", 0), ("IT", 0), ("Network", 1)]
    body = {"parent": None, "before": cast.accounting.pk}
    assert ada.post(f"{PATH}/{cast.it.pk}/place", body).status_code == 200
    assert _tree(ada) == [("IT", 0), ("Network", 1), ("Accounting", 0)]
    ada.post(f"{PATH}/{cast.accounting.pk}/place", parent=cast.it.pk)
    assert _tree(ada) == [("IT", 0), ("Network", 1), ("Accounting", 1)]


def test_somebody_is_made_head_and_member_and_taken_out_beside_his_other_places(
    cast: Cast, ada: Program
) -> None:
    path = f"{PATH}/{cast.accounting.pk}/members"
    for role, expected in (("head", [True]), ("member", [False]), ("none", [])):
        answer = ada.post(path, person=cast.agent.pk, role=role)
        found = [one["is_head"] for one in answer.json()["members"] if one["id"] == cast.agent.pk]
        assert found == expected
        assert Membership.objects.filter(person=cast.agent, department=cast.it).exists()
    assert SecurityEntry.objects.filter(kind="rights.memberships").count() == 3


def test_one_with_open_tickets_is_not_closed(cast: Cast, ada: Program) -> None:
    path = f"{PATH}/{cast.accounting.pk}"
    ticket = order(cast, department=cast.accounting)
    refused = ada.post(f"{path}/close", {})
    assert refused.status_code == 422
    assert "1 ticket is still open here" in refused.json()["detail"]
    actions.cancel(ticket, by=cast.director, reason="передумали")
    assert ada.post(f"{path}/close", {}).json()["is_active"] is False
    assert ada.post(f"{path}/reopen", {}).json()["is_active"] is True


def test_an_empty_one_is_deleted_and_then_not_found(cast: Cast, ada: Program) -> None:
    number = ada.post(PATH, key="k", name="Пусто").json()["id"]
    assert ada.post(f"{PATH}/{number}/delete", {}).json() == {"done": True}
    assert ada.get(f"{PATH}/{number}").status_code == 404
    # What the key made is gone: it does not come back.
    assert ada.post(PATH, key="k", name="Пусто").status_code == 404


def test_a_merge_says_what_follows_and_then_how_far_it_has_come(cast: Cast, ada: Program) -> None:
    ticket = order(cast)
    Topic.objects.create(name="1С", department=cast.it)
    path = f"{PATH}/{cast.it.pk}/merge"
    before = ada.get(path).json()
    assert before["merged_into"] is None
    assert before["follows"] == {
        "people": ["Anna Agent", "Boris Agent", "Hugo Head"], "departments": ["Network"],
        "topics": 1, "tickets": 1,
    }  # fmt: skip
    answer = ada.post(path, into=cast.accounting.pk, keep_heads=True)
    assert answer.status_code == 202
    assert answer.json()["tickets_left"] == 1
    assert answer.json()["is_finished"] is False
    again = ada.post(path, into=cast.accounting.pk)
    assert again.status_code == 202
    department_merge.move_tickets.call(cast.it.pk)
    after = ada.get(path).json()
    assert after["is_finished"] is True
    assert after["merged_into"] == {"id": cast.accounting.pk, "name": "Accounting"}
    assert (after["follows"], after["tickets_left"]) == (before["follows"], 0)
    assert Ticket.objects.get(pk=ticket.pk).department == cast.accounting
    assert Membership.objects.get(person=cast.head).is_head
    assert SecurityEntry.objects.filter(kind="structure.department_merged").count() == 1
    assert ada.post(path, into=cast.network.pk).status_code == 422
