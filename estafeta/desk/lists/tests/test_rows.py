from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from estafeta.accounts import tree
from estafeta.accounts.models import Person
from estafeta.desk.lists.rows import row_of, rows_of
from estafeta.tickets import actions
from estafeta.tickets.models import ReadMark, Ticket
from tests.cast import Cast, member, person

At = Callable[[Person], Client]


def order(cast: Cast, **more: object) -> Ticket:
    values = {"by": cast.client, "department": cast.it, "title": "Disk is full", **more}
    return actions.open_ticket(**values).ticket  # type: ignore[arg-type]


def verbs(ticket: Ticket, reader: Person) -> list[str]:
    return [action.verb for action in row_of(ticket, reader).actions]


def test_a_row_offers_what_its_reader_may_do_and_no_more(cast: Cast) -> None:
    ticket = order(cast)
    assert verbs(ticket, cast.agent) == ["take", "hand_over"]
    assert verbs(ticket, cast.head) == ["take", "assign", "hand_over"]
    assert verbs(ticket, cast.client) == []
    actions.take(ticket, by=cast.agent)
    assert verbs(ticket, cast.agent) == ["complete", "hand_over", "release"]


def test_take_acts_at_once_and_handing_over_asks(cast: Cast) -> None:
    take, hand_over = row_of(order(cast), cast.agent).actions
    assert (take.dialog, take.target.startswith("row-"), "seen=1" in take.url) == (
        False,
        True,
        True,
    )
    assert (hand_over.dialog, hand_over.target) == (True, "")


def test_a_note_makes_a_row_unread_for_staff_only(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    actions.take(ticket, by=cast.agent)
    for reader in (cast.client, cast.agent_b):
        ReadMark.objects.update_or_create(ticket=ticket, person=reader, defaults={"seq": 2})
    actions.note(ticket, by=cast.agent, text="Not for the client")
    assert row_of(ticket, cast.agent_b).unread
    assert not row_of(ticket, cast.client).unread
    actions.reply(ticket, by=cast.agent, text="For the client")
    assert row_of(ticket, cast.client).unread


def test_a_row_is_unread_until_its_ticket_was_opened_to_the_end(cast: Cast) -> None:
    ticket = order(cast)
    assert row_of(ticket, cast.agent).unread
    assert not row_of(ticket, cast.client).unread, "one's own act is read"
    ReadMark.objects.create(ticket=ticket, person=cast.agent, seq=ticket.journal_length)
    assert not row_of(ticket, cast.agent).unread
    actions.reply(ticket, by=cast.client, text="Any news?")
    assert row_of(ticket, cast.agent).unread


def test_a_row_tells_who_held_the_baton(cast: Cast) -> None:
    ticket = order(cast)
    actions.take(ticket, by=cast.agent)
    actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="Yours")
    actions.take(ticket, by=cast.agent)
    row = row_of(ticket, cast.head)
    assert [part.person for part in row.relay] == [None, cast.agent, cast.agent_b]
    assert row.person == cast.agent_b
    assert row.more == 1


def test_a_page_of_rows_costs_four_queries_however_many_and_however_addressed(
    cast: Cast, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    crowd = [member(person(f"p{n}", f"Person {n}"), cast.it) for n in range(30)]
    tickets = [order(cast, by=cast.head, people=crowd if n % 2 else []) for n in range(8)]
    for ticket in tickets[:4]:
        actions.take(ticket, by=cast.agent)
    _known = cast.agent.standing, tree.departments()
    for amount in (1, 8):
        with django_assert_num_queries(4):
            rows = rows_of(tickets[:amount], cast.agent)
            assert all(row.relay for row in rows)


def test_a_row_as_a_fragment_leaves_the_list_it_no_longer_belongs_to(cast: Cast, at: At) -> None:
    ticket, client = order(cast), at(cast.agent)
    address = f"/tickets/{ticket.pk}/row"
    assert f'id="row-{ticket.pk}"' in client.get(address, {"list": "inbox"}).content.decode()
    assert client.get(address, {"list": "inbox", "status": "done"}).status_code == 404
    assert client.get(address, {"list": "sent"}).status_code == 404
    assert client.get(address, {"list": "nonsense"}).status_code == 404
    assert at(cast.stranger).get(address).status_code == 404
    assert client.get("/tickets/99999999999999999999/row").status_code == 404


def shown(client: Client, path: str) -> str:
    """The address at which the open list asks again."""
    page = client.get(path).content.decode()
    return re.search(r'id="list-body"[^>]*hx-get="([^"]+)"', page).group(1).replace("&amp;", "&")  # type: ignore[union-attr]


def test_an_open_list_keeps_its_rows_in_place_and_announces_new_ones(cast: Cast, at: At) -> None:
    first, second = order(cast), order(cast)
    client = at(cast.agent)
    again = shown(client, "/inbox")
    third = order(cast)
    actions.reply(first, by=cast.client, text="Hello?")
    page = client.get(again, headers={"HX-Request": "true"}).content.decode()
    rows = re.findall(r'id="row-(\d+)" class="([^"]+)"', page)
    assert [int(number) for number, _ in rows] == [second.pk, first.pk], "nothing jumps"
    assert ["flash" in classes for _, classes in rows] == [False, True]
    assert "1 new ticket" in page
    assert f'id="row-{third.pk}"' not in page
    assert "<html" not in page


def test_a_row_that_left_the_list_leaves_the_open_page(cast: Cast, at: At) -> None:
    ticket, other = order(cast), order(cast)
    client = at(cast.agent)
    again = shown(client, "/inbox?status=new")
    actions.take(ticket, by=cast.agent_b)
    page = client.get(again, headers={"HX-Request": "true"}).content.decode()
    assert f'id="row-{ticket.pk}"' not in page
    assert f'id="row-{other.pk}"' in page


def test_nonsense_in_what_is_shown_is_a_fresh_list(cast: Cast, at: At) -> None:
    ticket = order(cast)
    for text in ("x", "1.2.3,,", f"{2**70}.1", "-1.-1", "1.99999999999999999999"):
        answer = at(cast.agent).get("/inbox", {"shown": text}, headers={"HX-Request": "true"})
        assert f'id="row-{ticket.pk}"' in answer.content.decode()


def test_a_list_is_read_at_once(cast: Cast, at: At) -> None:
    tickets, client = [order(cast), order(cast)], at(cast.agent)
    hidden = order(cast, by=cast.agent2, department=cast.accounting)
    ReadMark.objects.create(ticket=tickets[0], person=cast.agent, seq=0)
    answer = client.post("/inbox/read", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "2 tickets marked as read" in answer.headers["HX-Trigger"]
    assert "list-unread" not in client.get("/inbox").content.decode()
    assert not ReadMark.objects.filter(person=cast.agent, ticket=hidden).exists()
    assert client.post("/inbox/read?status=new").headers["Location"] == "/inbox?status=new"
    assert client.get("/inbox/read").status_code == 405


def test_chosen_tickets_are_read_together(cast: Cast, at: At) -> None:
    ticket, foreign = order(cast), order(cast, by=cast.agent2, department=cast.accounting)
    chosen = {"do": "read", "number": [ticket.pk, foreign.pk]}
    assert at(cast.agent).post("/tickets/chosen", chosen).status_code == 204
    assert at(cast.agent).post("/tickets/chosen", {"do": "delete"}).status_code == 400
    assert [mark.ticket for mark in ReadMark.objects.filter(person=cast.agent)] == [ticket]


def test_what_refreshes_an_open_list_brings_its_counts(cast: Cast, at: At) -> None:
    order(cast)
    client = at(cast.agent)
    page = client.get(shown(client, "/inbox"), headers={"HX-Request": "true"}).content.decode()
    assert re.search(r'id="list-counts" hx-swap-oob="true".*Free <span class="num">1<', page)
    assert '<p id="list-summary" hx-swap-oob="true">1 open</p>' in page
