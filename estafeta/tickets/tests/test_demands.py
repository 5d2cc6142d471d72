"""A ticket never asks less than before, whichever way somebody tries, unless a head says so."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.tickets import actions
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket, Topic
from estafeta.tickets.phrases import phrase
from tests.cast import Cast
from tests.orders import order, taken


@pytest.fixture
def strict(cast: Cast) -> Topic:
    """Completion carries a photo, and the head accepts it."""
    return Topic.objects.create(
        name="Repair", department=cast.it, evidence=["photo"], acceptance="head"
    )


def edit(ticket: Ticket, **values: Any) -> Any:
    given = {"title": ticket.title, "text": ticket.text, "topic": ticket.topic}
    return actions.edit(ticket, **given | values)


def asks(ticket: Ticket) -> tuple[list[str], str]:
    ticket.refresh_from_db()
    return ticket.evidence, ticket.acceptance


@pytest.mark.parametrize("who", ["director", "head", "agent"])
def test_another_topic_adds_what_it_asks_whoever_chooses_it(
    cast: Cast, strict: Topic, who: str
) -> None:
    ticket = order(cast, by=cast.agent, evidence=["number"])
    entry = edit(ticket, by=getattr(cast, who), topic=strict)
    assert asks(ticket) == (["photo", "number"], "head")
    assert entry.facts["old"] == {"topic": None, "evidence": ["number"], "acceptance": "nobody"}
    assert phrase(entry) == "edits the ticket: topic, evidence of completion, acceptance"


def test_another_topic_adds_even_to_what_is_ticked_in_the_same_form(
    cast: Cast, strict: Topic
) -> None:
    ticket = order(cast)
    edit(ticket, by=cast.head, topic=strict, evidence=["text"], acceptance="author")
    assert asks(ticket) == (["photo", "text"], "head")


def test_a_head_takes_it_off_by_an_edit_of_its_own(cast: Cast, strict: Topic) -> None:
    ticket = order(cast, topic=strict)
    entry = edit(ticket, by=cast.head, evidence=[], acceptance="nobody")
    assert asks(ticket) == ([], "nobody")
    assert entry.facts["old"] == {"evidence": ["photo"], "acceptance": "head"}


def test_a_topic_that_asks_nothing_takes_nothing_away(cast: Cast, strict: Topic) -> None:
    ticket = order(cast, by=cast.agent, topic=strict)
    edit(ticket, by=cast.agent, topic=None)
    assert asks(ticket) == (["photo"], "head")
    for less in ({"evidence": []}, {"acceptance": "nobody"}, {"acceptance": "author"}):
        with pytest.raises(Invalid, match="The topic asks for this") as refused:
            edit(ticket, by=cast.agent, **less)
        assert refused.value.field == next(iter(less))


def test_a_topic_that_was_renamed_meanwhile_still_counts(cast: Cast, strict: Topic) -> None:
    ticket = order(cast, by=cast.agent, topic=strict)
    edit(ticket, by=cast.agent, topic=None)
    Topic.objects.filter(pk=strict.pk).update(name="Mending")
    Topic.objects.create(name="Repair", department=cast.it)
    with pytest.raises(Invalid, match="The topic asks for this"):
        edit(ticket, by=cast.agent, evidence=[])


def test_the_author_takes_back_what_he_alone_asked_until_work_begins(cast: Cast) -> None:
    ticket = order(cast, by=cast.agent, evidence=["text"], acceptance="head")
    edit(ticket, by=cast.agent, acceptance="nobody", evidence=[])
    edit(ticket, by=cast.agent, acceptance="head", evidence=["text"])
    actions.take(ticket, by=cast.agent_b)
    actions.release(ticket, by=cast.agent_b)
    for less in ({"evidence": []}, {"acceptance": "author"}):
        with pytest.raises(Invalid, match="Work has begun") as refused:
            edit(ticket, by=cast.agent, **less)
        assert refused.value.field == next(iter(less))
    edit(ticket, by=cast.head, acceptance="nobody", evidence=[])
    assert asks(ticket) == ([], "nobody")


def test_the_author_may_always_do_without_his_own_word(cast: Cast) -> None:
    ticket = taken(cast, by=cast.agent_b, acceptance="author")
    Ticket.objects.filter(pk=ticket.pk).update(author=cast.agent)
    ticket.refresh_from_db()
    edit(ticket, by=cast.agent, acceptance="nobody")
    assert asks(ticket) == ([], "nobody")


def test_what_is_left_out_stays(cast: Cast) -> None:
    ticket = order(cast, acceptance="head", evidence=["photo"])
    edit(ticket, by=cast.director, title="Another")
    assert asks(ticket) == (["photo"], "head")


def test_nobody_opens_a_ticket_without_the_heads_acceptance_that_its_topic_asks(
    cast: Cast, strict: Topic
) -> None:
    for less in ("nobody", "author"):
        with pytest.raises(Invalid) as refused:
            order(cast, by=cast.agent, topic=strict, acceptance=less)
        assert refused.value.field == "acceptance"
    assert order(cast, by=cast.client, topic=strict).acceptance == "head"
    assert order(cast, by=cast.head, topic=strict, acceptance="nobody").acceptance == "nobody"


def test_work_that_waits_to_be_accepted_goes_on_waiting_for_somebody(
    cast: Cast, strict: Topic
) -> None:
    ticket = taken(cast, acceptance="author")
    actions.complete(ticket, by=cast.agent)
    with pytest.raises(Invalid, match="waits to be accepted") as refused:
        edit(ticket, by=cast.director, acceptance="nobody")
    assert refused.value.field == "acceptance"
    with pytest.raises(Invalid, match="Return it to work") as refused:
        edit(ticket, by=cast.director, topic=strict)
    assert refused.value.field == "topic"
    edit(ticket, by=cast.director, acceptance="head")
    actions.accept(ticket, by=cast.head)


def test_the_stricter_acceptance_survives_a_merge_and_an_edit_after_it(cast: Cast) -> None:
    one = taken(cast, acceptance="head")
    other = order(cast, by=cast.agent2, acceptance="author")
    actions.take(other, by=cast.agent)
    actions.merge(one, by=cast.agent, other=other)
    other.refresh_from_db()
    assert other.acceptance == "head"
    with pytest.raises(Invalid, match="merged into this one"):
        edit(other, by=cast.agent2, acceptance="author")


def test_a_merge_taken_back_leaves_somebody_to_accept_what_waits(cast: Cast) -> None:
    one, other = taken(cast, acceptance="author"), taken(cast)
    actions.merge(one, by=cast.agent, other=other)
    other.refresh_from_db()
    actions.complete(other, by=cast.agent)
    one.refresh_from_db()
    actions.unmerge(one, by=cast.agent)
    assert asks(other) == ([], "author")
    actions.accept(other, by=cast.director)
