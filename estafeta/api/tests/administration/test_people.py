"""People, their rights and places, and what becomes of the tickets of those who leave."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts import security
from estafeta.accounts.models import Person, SecurityEntry
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import order, taken
from tests.program import Program, pointers

PATH = "/administration/people"


def _names(answer: Any) -> list[str]:
    return [row["name"] for row in answer.json()["people"]]


def test_people_are_found_by_words_kind_and_place_page_by_page(cast: Cast, ada: Program) -> None:
    assert _names(ada.get(PATH, q="cli cla")) == ["Clara Client"]
    assert _names(ada.get(PATH, who="clients")) == ["Clara Client", "Leo Lead", "Carl Stranger"]
    assert _names(ada.get(PATH, department=cast.network.pk)) == ["Nina Network"]
    assert _names(ada.get(PATH, organisation=cast.beta.pk)) == ["Carl Stranger"]
    cast.agent2.is_active = False
    cast.agent2.save()
    assert _names(ada.get(PATH, who="inactive")) == ["Vera Accounting"]
    found, path = [], {"limit": 4}
    while True:
        page = ada.get(PATH, **path)
        found += _names(page)
        if not page.json()["next"]:
            break
        path = {"limit": 4, "after": page.json()["next"]}
    assert len(found) == len(set(found)) == len(cast.everybody())


def test_a_list_costs_the_same_however_many_there_are(
    cast: Cast, ada: Program, django_assert_num_queries: Any
) -> None:
    ada.get(PATH)
    with django_assert_num_queries(4):
        ada.get(PATH)
    for number in range(20):
        Person.objects.create(name=f"P{number}", login=f"p{number}", password="!")
    with django_assert_num_queries(4):
        ada.get(PATH)


def test_somebody_is_added_with_rights_and_departments(cast: Cast, ada: Program) -> None:
    answer = ada.post(
        PATH, name="Пётр", login="petr", email="petr@example.org", may_announce=True,
        departments=[{"department": cast.it.pk}, {"department": cast.network.pk, "is_head": True}],
    )  # fmt: skip
    assert answer.status_code == 201
    shown = answer.json()
    assert [(one["name"], one["is_head"]) for one in shown["departments"]] == [
        ("IT", False), ("Network", True),
    ]  # fmt: skip
    assert shown["rights"]["may_announce"] is True
    person = Person.objects.get(login="petr")
    assert not person.has_usable_password()
    kinds = SecurityEntry.objects.order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["people.created", "rights.memberships", "rights.changed"]
    assert list(security.faults()) == []


def test_a_person_that_is_refused_in_part_is_not_there_at_all(cast: Cast, ada: Program) -> None:
    cast.accounting.is_active = False
    cast.accounting.save()
    answer = ada.post(PATH, name="Пётр", departments=[{"department": cast.accounting.pk}])
    assert answer.status_code == 422
    assert pointers(answer) == ["/departments"]
    assert not Person.objects.filter(name="Пётр").exists()


def test_what_is_left_out_stays(cast: Cast, ada: Program) -> None:
    path = f"{PATH}/{cast.agent.pk}"
    shown = ada.post(path, room="101").json()
    assert (shown["room"], shown["login"], shown["name"]) == ("101", "anna", "Anna Agent")
    assert [one["name"] for one in shown["departments"]] == ["IT"]
    shown = ada.post(path, departments=[], is_director=True, organisation=cast.alpha.pk).json()
    assert (shown["departments"], shown["rights"]["is_director"]) == ([], True)
    assert shown["organisation"]["name"] == "Alpha"
    shown = ada.post(path, organisation=None, is_director=False).json()
    assert (shown["organisation"], shown["rights"]["is_director"]) == (None, False)


def test_rights_are_written_as_they_are_read(cast: Cast, ada: Program) -> None:
    path = f"{PATH}/{cast.agent.pk}"
    rights = ada.get(path).json()["rights"] | {"may_announce": True, "is_director": True}
    assert ada.post(path, rights=rights).json()["rights"] == rights
    assert ada.post(path, rights={"is_director": False}).json()["rights"]["may_announce"] is True
    answer = ada.post(PATH, name="Пётр", rights={"is_administrator": True})
    assert (answer.status_code, pointers(answer)) == (422, ["/rights/is_administrator"])


def test_whoever_loses_the_login_cannot_sign_in_and_his_tokens_are_of_no_use(
    cast: Cast, ada: Program
) -> None:
    assert ada.post(f"{PATH}/{cast.agent.pk}", login=None).json()["login"] is None
    assert not Person.objects.get(pk=cast.agent.pk).has_usable_password()


def test_somebody_without_history_is_deleted(cast: Cast, ada: Program) -> None:
    number = ada.post(PATH, name="Лишний").json()["id"]
    assert ada.post(f"{PATH}/{number}/delete", {}).status_code == 200
    assert ada.get(f"{PATH}/{number}").status_code == 404


def test_a_link_is_mailed_and_never_shown(cast: Cast, ada: Program) -> None:
    answer = ada.post(f"{PATH}/{cast.agent.pk}/send_link", {})
    assert answer.json() == {"email": "anna@example.org"}
    assert SecurityEntry.objects.filter(kind="password.link_sent", about=cast.agent.pk).exists()
    client = ada.post(PATH, name="Без почты").json()["id"]
    assert ada.post(f"{PATH}/{client}/send_link", {}).status_code == 422


def test_who_leaves_with_tickets_is_not_switched_off_unsaid(cast: Cast, ada: Program) -> None:
    held, meant = taken(cast), order(cast, people=[cast.agent])
    path = f"{PATH}/{cast.agent.pk}"
    follows = ada.get(f"{path}/leaving").json()
    assert [one["number"] for one in follows["tickets"]] == [held.pk, meant.pk]
    assert follows["amount"] == 2
    refused = ada.post(f"{path}/deactivate", {})
    assert refused.status_code == 422
    assert pointers(refused) == ["/tickets"]
    assert [one["number"] for one in refused.json()["tickets"]] == [held.pk, meant.pk]
    # An administrator is not told what they say.
    assert {one["title"] for one in refused.json()["tickets"]} == {None}
    assert Person.objects.get(pk=cast.agent.pk).is_active


@pytest.mark.parametrize("way", ["free", "colleague", "each"])
def test_the_tickets_go_where_the_request_says(cast: Cast, ada: Program, way: str) -> None:
    first, second = taken(cast), taken(cast)
    body: dict[str, Any] = {"tickets": way}
    if way == "colleague":
        body["colleague"] = cast.agent_b.pk
    if way == "each":
        body["heirs"] = [{"ticket": first.pk, "person": cast.agent_b.pk}]
    answer = ada.post(f"{PATH}/{cast.agent.pk}/deactivate", body)
    assert answer.status_code == 200
    assert answer.json()["moved"] == 2
    assert answer.json()["person"]["is_active"] is False
    holders = [Ticket.objects.get(pk=row.pk).performer for row in (first, second)]
    boris = cast.agent_b
    assert holders == {
        "free": [None, None], "colleague": [boris, boris], "each": [boris, None],
    }[way]  # fmt: skip
    assert SecurityEntry.objects.filter(kind="people.deactivated").count() == 1
    back = ada.post(f"{PATH}/{cast.agent.pk}/reactivate", {})
    assert back.json()["is_active"] is True


def test_heirs_have_to_be_there_and_tickets_in_these_hands(cast: Cast, ada: Program) -> None:
    held, other = taken(cast), order(cast)
    path = f"{PATH}/{cast.agent.pk}/deactivate"
    for body, pointer in (
        ({"tickets": "colleague"}, "/colleague"),
        ({"tickets": "colleague", "colleague": 999_999}, "/colleague"),
        ({"tickets": "colleague", "colleague": cast.client.pk}, "/colleague"),
        ({"tickets": "colleague", "colleague": cast.agent.pk}, "/colleague"),
        ({"tickets": "each", "heirs": [{"ticket": other.pk, "person": cast.agent_b.pk}]},
         "/heirs/0/ticket"),
        ({"tickets": "each", "heirs": [{"ticket": held.pk, "person": 999_999}]},
         "/heirs/0/person"),
    ):  # fmt: skip
        answer = ada.post(path, body)
        assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert Person.objects.get(pk=cast.agent.pk).is_active


def test_who_has_nothing_in_his_hands_leaves_without_a_word(cast: Cast, ada: Program) -> None:
    assert ada.post(f"{PATH}/{cast.stranger.pk}/deactivate", {}).json()["moved"] == 0
    assert ada.post(f"{PATH}/{cast.stranger.pk}/deactivate", {}).json()["moved"] == 0
