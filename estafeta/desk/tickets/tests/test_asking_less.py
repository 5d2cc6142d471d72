"""Who may not ask less reads why beside the field, with everything he typed still there."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.models import Ticket, Topic
from tests.cast import Cast
from tests.orders import order, taken

At = Callable[[Person], Client]


def edit(client: Client, ticket: Ticket, **values: object) -> tuple[int, str]:
    sent = {"title": ticket.title, "text": "Typed just now", "topic": ticket.topic_id or "",
            "acceptance": ticket.acceptance, "evidence": ticket.evidence,
            "seen": ticket.journal_length} | values  # fmt: skip
    answer = client.post(f"/tickets/{ticket.pk}/edit", sent)
    return answer.status_code, answer.content.decode()


def test_the_author_reads_that_only_the_head_asks_less_now(cast: Cast, at: At) -> None:
    ticket = order(cast, by=cast.agent, acceptance="head", evidence=["photo"])
    actions.take(ticket, by=cast.agent_b)
    for less in ({"acceptance": "nobody"}, {"evidence": []}):
        status, page = edit(at(cast.agent), ticket, **less)
        assert status == 422
        assert "Work has begun: only the head may ask for less now." in page
        assert "Typed just now" in page
    status, _page = edit(at(cast.head), ticket, acceptance="nobody", evidence=[])
    assert status == 303
    ticket.refresh_from_db()
    assert (ticket.acceptance, ticket.evidence) == ("nobody", [])


def test_a_topic_chosen_in_the_form_adds_what_it_asks(cast: Cast, at: At) -> None:
    topic = Topic.objects.create(
        name="Repair", department=cast.it, evidence=["photo"], acceptance="head"
    )
    ticket = taken(cast)
    status, _page = edit(at(cast.head), ticket, topic=topic.pk)
    assert status == 303
    ticket.refresh_from_db()
    assert (ticket.topic, ticket.acceptance, ticket.evidence) == (topic, "head", ["photo"])
