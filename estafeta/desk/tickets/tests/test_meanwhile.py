"""Somebody else acts while one writes: told before it is sent, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Comment
from tests.cast import Cast
from tests.orders import order, taken


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_who_writes_is_told_what_others_did_since(cast: Cast) -> None:
    ticket = order(cast)
    seen = ticket.journal_length
    anna = browser(cast.agent)
    assert anna.get(f"/tickets/{ticket.pk}/meanwhile?seen={seen}").status_code == 204
    actions.take(ticket, by=cast.agent_b)
    answer = anna.get(f"/tickets/{ticket.pk}/meanwhile?seen={seen}")
    text = answer.content.decode()
    assert "Boris Agent" in text
    assert "takes the ticket" in text
    assert f'data-meanwhile="{ticket.journal_length}"' in text
    # His own acts are no news to him.
    assert (
        browser(cast.agent_b).get(f"/tickets/{ticket.pk}/meanwhile?seen={seen}").status_code == 204
    )


def test_notes_are_told_to_no_client(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    seen = ticket.journal_length
    actions.note(ticket, by=cast.agent, text="He again")
    assert (
        browser(cast.client).get(f"/tickets/{ticket.pk}/meanwhile?seen={seen}").status_code == 204
    )
    assert (
        b"Anna Agent"
        in browser(cast.agent_b).get(f"/tickets/{ticket.pk}/meanwhile?seen={seen}").content
    )


def send(client: Client, ticket: Any, **fields: Any) -> Any:
    sent = {"kind": "reply", "text": "On my way", **fields}
    return client.post(f"/tickets/{ticket.pk}/reply", sent, headers={"HX-Request": "true"})


def test_a_reply_over_an_unseen_change_comes_back_with_all_that_was_typed(cast: Cast) -> None:
    ticket = taken(cast)
    seen = ticket.journal_length
    actions.reply(ticket, by=cast.agent_b, text="I have done it")
    anna = browser(cast.agent)
    refused = send(anna, ticket, seen=seen, key="one")
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "On my way" in text
    assert "Boris Agent" in text
    assert f'name="seen" value="{ticket.journal_length}"' in text
    assert not Comment.objects.filter(text="On my way").exists()
    assert send(anna, ticket, seen=ticket.journal_length, key="one").status_code == 200
    assert Comment.objects.filter(text="On my way").count() == 1


def test_what_stands_in_nobodys_way_holds_up_no_reply(cast: Cast) -> None:
    ticket = taken(cast)
    seen = ticket.journal_length
    actions.follow(ticket, by=cast.agent_b)
    actions.reply(ticket, by=cast.agent, text="Mine")
    assert send(browser(cast.agent), ticket, seen=seen).status_code == 200


def test_the_same_reply_sent_again_is_answered_as_before(cast: Cast) -> None:
    ticket = taken(cast)
    anna = browser(cast.agent)
    seen = ticket.journal_length
    assert send(anna, ticket, seen=seen, key="once").status_code == 200
    actions.reply(ticket, by=cast.agent_b, text="Thanks")
    assert send(anna, ticket, seen=seen, key="once").status_code == 200
    assert Comment.objects.filter(text="On my way").count() == 1
