"""Settings, look, priorities; organisations and positions; deleted tickets and the trail."""

from __future__ import annotations

from typing import Any

from estafeta.accounts.actions.site import FIELDS
from estafeta.accounts.models import Person, SecurityEntry, Site
from estafeta.tickets import actions
from estafeta.tickets.models import Purge, Ticket
from tests.cast import Cast
from tests.orders import order
from tests.program import Program, pointers

A = "/administration"


def test_every_setting_of_the_page_is_there(cast: Cast, ada: Program) -> None:
    shown = ada.get(f"{A}/settings").json()
    assert set(shown) == set(FIELDS)
    assert shown["refused_file_kinds"] == ["program"]


def test_settings_that_are_left_out_stay(cast: Cast, ada: Program) -> None:
    answer = ada.post(
        f"{A}/settings", archive_after_days=30, file_megabytes=5,
        refused_file_kinds=["program", "archive"], public_url="https://desk.example.org/",
    )  # fmt: skip
    shown = answer.json()
    assert (shown["archive_after_days"], shown["organisation_name"]) == (30, "Завод")
    assert shown["public_url"] == "https://desk.example.org"
    site = Site.objects.get()
    assert (site.file_megabytes, site.refused_file_kinds) == (5, "program archive")
    entry = SecurityEntry.objects.get(kind="settings.changed")
    assert entry.facts["changes"]["archive_after_days"] == [7, 30]


def test_name_and_colour_are_changed_one_by_one(cast: Cast, ada: Program) -> None:
    ada.post(f"{A}/look", name="Заявки")
    shown = ada.post(f"{A}/look", accent="#2457C5").json()
    assert shown == {"name": "Заявки", "accent": "#2457c5", "logo": ""}


def test_priorities_are_called_otherwise_one_by_one(cast: Cast, ada: Program) -> None:
    high = {"priority": "high", "names": {"en": "Hurry"}, "colour": "violet"}
    ada.post(f"{A}/priorities", priorities=[high])
    low = {"priority": "low", "names": {"en": "Some day"}}
    rows = ada.post(f"{A}/priorities", priorities=[low]).json()["priorities"]
    assert [row["priority"] for row in rows] == ["urgent", "high", "normal", "low"]
    assert rows[1] == high
    assert rows[3] == {**low, "colour": ""}
    # A name that another one has is refused beside the one that was sent.
    answer = ada.post(f"{A}/priorities", priorities=[{"priority": "low", "names": {"en": "hurry"}}])
    assert answer.status_code == 422


def test_organisations_are_listed_with_their_people_and_switched_off(
    cast: Cast, ada: Program
) -> None:
    rows = ada.get(f"{A}/organisations").json()["organisations"]
    assert [(row["name"], row["people"]) for row in rows] == [("Alpha", 2), ("Beta", 1)]
    shown = ada.post(f"{A}/organisations/{cast.beta.pk}", is_active=False).json()
    assert (shown["name"], shown["is_active"]) == ("Beta", False)
    number = ada.post(f"{A}/organisations", name="Gamma").json()["id"]
    assert ada.post(f"{A}/organisations/{number}/delete", {}).status_code == 200


def test_a_position_is_renamed_on_the_cards_and_two_become_one(cast: Cast, ada: Program) -> None:
    first = ada.post(f"{A}/positions", name="Бухгалтер").json()["id"]
    second = ada.post(f"{A}/positions", name="Ст. бухгалтер").json()["id"]
    Person.objects.filter(pk=cast.agent2.pk).update(position="Бухгалтер")
    answer = ada.post(f"{A}/positions/{first}", name="  Ст.  бухгалтер ")
    assert answer.json() == {"id": second, "name": "Ст. бухгалтер", "people": 1}
    assert [row["id"] for row in ada.get(f"{A}/positions").json()["positions"]] == [second]
    assert ada.post(f"{A}/positions/{second}/delete", {}).json() == {"done": True}
    assert ada.post(f"{A}/positions/{second}/delete", {}).status_code == 404


def test_a_deleted_ticket_is_removed_for_good_with_a_protocol(cast: Cast, ada: Program) -> None:
    ticket = order(cast, by=cast.client, title="Тайна", text="Паспорт")
    path = f"{A}/deleted-tickets"
    body = {"number": ticket.pk, "reason": "По требованию"}
    assert ada.post(f"{path}/{ticket.pk}/purge", body).status_code == 404
    actions.delete(ticket, by=cast.admin, reason="Ошибка")
    listed = ada.get(path)
    assert "Тайна" not in listed.content.decode()
    [row] = listed.json()["tickets"]
    assert (row["number"], row["by"]["name"], row["reason"]) == (ticket.pk, "Ada Admin", "Ошибка")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({**body, "number": ticket.pk + 1}, "/number"), ({**body, "reason": " "}, "/reason"),
    ]  # fmt: skip
    for sent, pointer in wrong:
        answer = ada.post(f"{path}/{ticket.pk}/purge", sent)
        assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert Ticket.with_deleted.filter(pk=ticket.pk).exists()
    protocol = ada.post(f"{path}/{ticket.pk}/purge", body).json()
    assert not Ticket.with_deleted.filter(pk=ticket.pk).exists()
    assert (protocol["number"], protocol["reason"]) == (ticket.pk, "По требованию")
    assert ada.get(f"{A}/purges").json()["purges"] == [protocol]
    assert Purge.objects.get().hash == protocol["hash"]
    assert ada.get(path).json()["tickets"] == []
    assert ada.post(f"{path}/{ticket.pk}/purge", body).status_code == 404


def test_the_trail_is_read_newest_first_by_kind_and_person(cast: Cast, ada: Program) -> None:
    ada.post(f"{A}/positions", name="Бухгалтер")
    ada.post(f"{A}/people/{cast.agent.pk}", room="5")
    rows = ada.get(f"{A}/security").json()["entries"]
    assert [row["kind"] for row in rows] == ["people.changed", "structure.position_created"]
    assert rows[0]["facts"]["changes"] == {"room": ["", "5"]}
    by_kind = ada.get(f"{A}/security", kind="structure").json()["entries"]
    assert [row["seq"] for row in by_kind] == [1]
    about = ada.get(f"{A}/security", person=cast.agent.pk).json()["entries"]
    assert [row["seq"] for row in about] == [2]
    first = ada.get(f"{A}/security", limit=1)
    assert ada.get(f"{A}/security", after=first.json()["next"]).json()["entries"] == rows[1:]
    assert ada.get(f"{A}/security", kind="gossip").status_code == 422
