"""Deleting, restoring and removing for good, at the page of administrators and at the ticket's own."""

from collections.abc import Callable

from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Purge, Ticket
from tests.cast import Cast, member
from tests.orders import order

PAGE = "/administration/deleted"
At = Callable[[Person], Client]


def _gone(cast: Cast) -> Ticket:
    ticket = order(cast, title="Совсем личное")
    actions.delete(ticket, by=cast.admin, reason="По требованию")
    return ticket


def test_an_administrator_deletes_by_the_number_and_reads_nothing(cast: Cast, at: At) -> None:
    ticket = order(cast, title="Совсем личное")
    browser = at(cast.admin)
    answer = browser.post(PAGE, {"number": ticket.pk, "reason": "По требованию"})
    assert answer.status_code == 303
    page = browser.get(PAGE).content.decode()
    assert f"/administration/deleted/{ticket.pk}" in page
    assert "По требованию" in page
    assert "Совсем личное" not in page
    assert at(cast.agent).get(f"/tickets/{ticket.pk}").status_code == 404


def test_what_cannot_be_deleted_is_said_beside_the_field(cast: Cast, at: At) -> None:
    ticket = order(cast)
    for given in ({"number": 10**15, "reason": "Так"}, {"number": ticket.pk, "reason": ""}):
        page = at(cast.admin).post(PAGE, given)
        assert page.status_code == 422
        assert "field-error" in page.content.decode()
    assert Ticket.objects.filter(pk=ticket.pk).exists()


def test_it_is_restored_with_one_press(cast: Cast, at: At) -> None:
    ticket = _gone(cast)
    browser = at(cast.admin)
    assert browser.get(f"{PAGE}/{ticket.pk}").status_code == 200
    assert browser.post(f"{PAGE}/{ticket.pk}", {"restore": "1"}).status_code == 303
    assert at(cast.agent).get(f"/tickets/{ticket.pk}").status_code == 200
    assert browser.get(f"{PAGE}/{ticket.pk}").status_code == 404


def test_removing_for_good_asks_for_the_number_and_leaves_a_protocol(cast: Cast, at: At) -> None:
    ticket = _gone(cast)
    browser, address = at(cast.admin), f"{PAGE}/{ticket.pk}"
    page = browser.post(address, {"number": ticket.pk + 1, "reason": "Закон"})
    assert page.status_code == 422
    assert "Закон" in page.content.decode()
    assert browser.post(address, {"number": ticket.pk, "reason": "Закон"}).status_code == 303
    assert Purge.objects.get().number == ticket.pk
    assert "Закон" in browser.get(PAGE).content.decode()
    assert browser.get("/administration/security").status_code == 200


def test_it_is_nobody_elses_page(cast: Cast, at: At) -> None:
    ticket = _gone(cast)
    for person in (cast.director, cast.head, cast.agent, cast.client):
        assert at(person).get(PAGE).status_code == 404
        assert at(person).post(f"{PAGE}/{ticket.pk}", {"restore": "1"}).status_code == 404


def test_whoever_administers_and_sees_it_deletes_it_from_its_page(cast: Cast, at: At) -> None:
    member(cast.admin, cast.it)
    ticket, browser = order(cast), at(cast.admin)
    assert f"/tickets/{ticket.pk}/delete" in browser.get(f"/tickets/{ticket.pk}").content.decode()
    dialog = browser.get(f"/tickets/{ticket.pk}/delete", headers={"HX-Request": "true"})
    assert "Nobody sees the ticket any more" in dialog.content.decode()
    answer = browser.post(f"/tickets/{ticket.pk}/delete", {"reason": "Так"})
    assert answer.status_code == 302
    assert f"Ticket {ticket.pk} is deleted." in browser.get("/inbox").content.decode()
