"""The number of a ticket wears the prefix of its department, and any way of writing it is read."""

from typing import Any

import pytest
from django.test import Client

from estafeta.accounts.actions import departments
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Site
from estafeta.tickets import actions, numbers
from estafeta.tickets.actions import open_ticket
from tests.program import Program


def _prefix(department: Department, prefix: str) -> None:
    Department.objects.filter(pk=department.pk).update(prefix=prefix)
    Site.forget()


def test_a_department_without_a_prefix_wears_that_of_the_one_above(cast: Any) -> None:
    _prefix(cast.it, "IT")
    ticket = open_ticket(by=cast.client, title="x", department=cast.network).ticket
    assert ticket.written == f"IT-{ticket.pk}"
    assert ticket.label == f"IT-{ticket.pk}"
    _prefix(cast.network, "NET")
    assert ticket.written == f"NET-{ticket.pk}"
    actions.hand_over(ticket, by=cast.director, department=cast.accounting, reason="x")
    assert (ticket.written, numbers.signed(ticket.pk, ticket.department_id)) == (
        str(ticket.pk), f"#{ticket.pk}",
    )  # fmt: skip


def test_the_prefix_is_seen_in_list_page_print_and_by_programs(cast: Any) -> None:
    _prefix(cast.it, "IT")
    ticket = open_ticket(by=cast.client, title="x", department=cast.it).ticket
    client = Client()
    client.force_login(cast.agent)
    for path in ("/inbox", f"/tickets/{ticket.pk}", f"/tickets/{ticket.pk}/print"):
        assert f"IT-{ticket.pk}" in client.get(path).content.decode(), path
    answer = Program.of(cast.agent).get(f"/tickets/{ticket.pk}").json()
    assert answer["label"] == f"IT-{ticket.pk}"


@pytest.mark.parametrize("text", ["IT-{}", "it-{}", " IT-{} ", "#{}", "№ {}", "NET-{}"])
def test_however_it_is_written_search_goes_straight_there(cast: Any, text: str) -> None:
    _prefix(cast.it, "IT")
    _prefix(cast.network, "NET")
    ticket = open_ticket(by=cast.client, title="x", department=cast.it).ticket
    client = Client()
    client.force_login(cast.agent)
    answer = client.get("/search", {"q": text.format(ticket.pk)})
    assert answer.headers["Location"] == f"/tickets/{ticket.pk}"
    found = client.get("/palette", {"q": text.format(ticket.pk)}).json()["results"]
    assert f"/tickets/{ticket.pk}" in [row["url"] for row in found]


def test_a_foreign_number_leads_nowhere(cast: Any) -> None:
    _prefix(cast.it, "IT")
    ticket = open_ticket(by=cast.client, title="x", department=cast.it).ticket
    client = Client()
    client.force_login(cast.stranger)
    assert client.get("/search", {"q": f"IT-{ticket.pk}"}).status_code == 200


@pytest.mark.parametrize(
    "text", ["XY-1", "IT-", "-1", "IT 1", "IT-1x", "1-1", "٣", "#" + "9" * 40, "", "IT--1"]
)
def test_what_is_no_number_is_looked_for_as_words(cast: Any, text: str) -> None:
    _prefix(cast.it, "IT")
    assert numbers.read(text) is None
    assert not numbers.is_marked(text)


@pytest.mark.parametrize("prefix", ["1T", "I-T", "TOO-LONG", "ABCDEFGHI", "I T", "<b>"])
def test_a_prefix_is_letters_and_digits(cast: Any, prefix: str) -> None:
    with pytest.raises(Invalid) as refused:
        departments.change_department(cast.it, by=cast.admin, prefix=prefix)
    assert "prefix" in refused.value.errors


def test_a_prefix_is_kept_in_capitals(cast: Any) -> None:
    departments.change_department(cast.it, by=cast.admin, prefix="бух")
    assert Department.objects.get(pk=cast.it.pk).prefix == "БУХ"
    ticket = open_ticket(by=cast.client, title="x", department=cast.it).ticket
    assert ticket.written == f"БУХ-{ticket.pk}"
