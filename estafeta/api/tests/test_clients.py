"""Agents keep the cards of clients through the API, as on the desk."""

from __future__ import annotations

from estafeta.accounts.models import Person, SecurityEntry
from tests.cast import Cast
from tests.program import Program, pointers


def test_an_agent_adds_a_caller_and_writes_his_ticket(cast: Cast) -> None:
    anna = Program.of(cast.agent)
    answer = anna.post(
        "/people", key="call-1", name="Пётр Звонков", phone="+7 999 12-34-56",
        organisation=cast.alpha.pk,
    )  # fmt: skip
    assert answer.status_code == 201
    card = answer.json()
    assert card["organisation"]["name"] == "Alpha"
    assert anna.post(
        "/people", key="call-1", name="Пётр Звонков", phone="+7 999 12-34-56",
        organisation=cast.alpha.pk,
    ).json() == card  # fmt: skip
    person = Person.objects.get(name="Пётр Звонков")
    assert (person.login, person.is_agent) == (None, False)
    written = anna.post(
        "/tickets", title="Не печатает", requester=card["id"], department=cast.it.pk
    )
    assert written.json()["ticket"]["requester"]["id"] == card["id"]
    assert SecurityEntry.objects.filter(kind="people.created", actor=cast.agent.pk).count() == 1


def test_somebody_known_is_shown_before_he_is_added_twice(cast: Cast) -> None:
    anna = Program.of(cast.agent)
    for given in ({"phone": "7 (312) 214"}, {"email": "CLARA@example.org"}):
        answer = anna.post("/people", name="Клара", **given)
        assert (answer.status_code, pointers(answer)) == (422, ["/another"])
        assert "Clara Client" in answer.json()["detail"]
        assert anna.post("/people", name="Клара", another=True, **given).status_code == 201


def test_cards_of_clients_are_changed_by_those_who_may(cast: Cast) -> None:
    path = f"/people/{cast.client.pk}"
    anna = Program.of(cast.agent)
    shown = anna.post(path, room="101", position="Бухгалтер").json()
    assert (shown["room"], shown["position"], shown["phone"]) == (
        "101", "Бухгалтер", "+7 312 214",
    )  # fmt: skip
    # Links to set a password go to the e-mail of whoever signs in.
    assert anna.post(path, email="evil@example.org").status_code == 403
    assert anna.post(path, organisation=999_999).status_code == 422
    assert anna.post(path, login="clara2").status_code == 422
    assert anna.post(f"/people/{cast.head.pk}", room="1").status_code == 403
    assert anna.post("/people/999999", room="1").status_code == 404
    cast.agent.may_edit_clients = False
    cast.agent.save()
    assert anna.post(path, room="102").status_code == 403
    assert anna.post("/people", name="Ещё").status_code == 403


def test_clients_add_nobody_and_change_nobody(cast: Cast) -> None:
    clara = Program.of(cast.client)
    assert clara.post("/people", name="Друг").status_code == 403
    assert clara.post(f"/people/{cast.stranger.pk}", room="1").status_code == 404
    assert clara.post(f"/people/{cast.client.pk}", room="1").status_code == 403
    assert Program.of(cast.agent, "read").post("/people", name="Друг").status_code == 403
