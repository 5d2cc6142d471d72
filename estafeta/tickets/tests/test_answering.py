"""A reply or a note may be about one comment; signs; who has seen it."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.tickets import actions
from estafeta.tickets.conversation import reactions
from estafeta.tickets.conversation.readers import readers_of
from estafeta.tickets.errors import Invalid, NotNow
from estafeta.tickets.models import Comment, ReadMark, Ticket
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import done, order, taken


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return taken(cast, by=cast.agent, requester=cast.client)


def reply(ticket: Ticket, by: Any, text: str = "Слово", **more: Any) -> Comment:
    comment = actions.reply(ticket, by=by, text=text, **more).comment
    assert comment is not None
    return comment


def note(ticket: Ticket, by: Any, text: str = "Между нами", **more: Any) -> Comment:
    comment = actions.note(ticket, by=by, text=text, **more).comment
    assert comment is not None
    return comment


def test_what_answers_a_comment_points_to_it(ticket: Ticket, cast: Cast) -> None:
    question = reply(ticket, cast.client, "Когда?")
    answer = reply(ticket, cast.agent, "Завтра", answers=question.pk)
    assert answer.answers == question
    assert ticket.entries.latest("seq").facts["answers"] == question.pk
    assert check_chain(ticket) == []


def test_what_answers_a_note_is_a_note(ticket: Ticket, cast: Cast) -> None:
    secret = note(ticket, cast.agent)
    with pytest.raises(Invalid) as refused:
        reply(ticket, cast.agent, answers=secret.pk)
    assert refused.value.field == "answers"
    assert note(ticket, cast.agent_b, answers=secret.pk).answers == secret
    assert note(ticket, cast.agent, answers=reply(ticket, cast.client).pk).is_note


def test_nobody_answers_what_he_does_not_read(ticket: Ticket, cast: Cast) -> None:
    elsewhere = reply(order(cast), cast.agent)
    for number in (note(ticket, cast.agent).pk, elsewhere.pk, 10**12):
        with pytest.raises(Invalid) as refused:
            reply(ticket, cast.client, answers=number)
        assert str(refused.value) == "The comment that this answers is not here."


def signs(comment: Comment, reader: Any) -> dict[str, tuple[int, bool]]:
    comment.refresh_from_db()
    found = reactions.signs_under([comment], reader).get(comment.pk, [])
    return {one.sign.value: (one.amount, one.is_mine) for one in found}


def test_a_sign_is_given_and_taken_back_without_an_entry(ticket: Ticket, cast: Cast) -> None:
    comment = reply(ticket, cast.agent)
    length = ticket.journal_length
    assert reactions.react(ticket, comment.pk, "thanks", by=cast.client)
    reactions.react(ticket, comment.pk, "thanks", by=cast.agent_b)
    reactions.react(ticket, comment.pk, "looking", by=cast.agent_b)
    assert signs(comment, cast.client) == {"thanks": (2, True), "looking": (1, False)}
    assert not reactions.react(ticket, comment.pk, "thanks", by=cast.client)
    assert signs(comment, cast.client) == {"thanks": (1, False), "looking": (1, False)}
    for sign in ("thanks", "looking"):
        reactions.react(ticket, comment.pk, sign, by=cast.agent_b, give=False)
    assert signs(comment, cast.client) == {}
    assert comment.reacted_at is None
    ticket.refresh_from_db()
    assert ticket.journal_length == length


def test_the_same_sign_twice_counts_once(ticket: Ticket, cast: Cast) -> None:
    comment = reply(ticket, cast.agent)
    for _attempt in range(2):
        assert reactions.react(ticket, comment.pk, "agreed", by=cast.client, give=True)
    assert signs(comment, cast.client) == {"agreed": (1, True)}


def test_unknown_signs_foreign_comments_and_the_archive_refuse(cast: Cast) -> None:
    ticket = done(cast, requester=cast.client)
    comment, secret = reply(ticket, cast.agent), note(ticket, cast.agent)
    for number, sign in ((comment.pk, "dislike"), (secret.pk, "thanks"), (10**12, "thanks")):
        with pytest.raises(Invalid):
            reactions.react(ticket, number, sign, by=cast.client)
    actions.archive(ticket, by=cast.head)
    with pytest.raises(NotNow):
        reactions.react(ticket, comment.pk, "thanks", by=cast.client)


def read(ticket: Ticket, *people: Any) -> None:
    for person in people:
        ReadMark.objects.update_or_create(
            ticket=ticket, person=person, defaults={"seq": ticket.journal_length}
        )


def names(comment: Comment, by: Any) -> dict[str, bool]:
    return {one.person.name: one.is_current for one in readers_of(comment, by=by)}


def test_seen_by_are_those_who_opened_the_ticket_since(ticket: Ticket, cast: Cast) -> None:
    read(ticket, cast.head)
    comment = reply(ticket, cast.agent)
    assert names(comment, cast.agent) == {}
    read(ticket, cast.client, cast.agent_b, cast.agent)
    assert names(comment, cast.agent) == {"Boris Agent": True, "Clara Client": True}
    actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="Иначе")
    read(ticket, cast.agent_b)
    assert names(comment, cast.agent) == {"Boris Agent": True, "Clara Client": False}


def test_whoever_does_not_read_notes_has_not_seen_one(ticket: Ticket, cast: Cast) -> None:
    secret = note(ticket, cast.agent)
    read(ticket, cast.client, cast.head)
    assert names(secret, cast.agent) == {"Hugo Head": True}


def test_clients_learn_only_of_those_who_take_part(ticket: Ticket, cast: Cast) -> None:
    comment = reply(ticket, cast.client)
    read(ticket, cast.agent, cast.agent_b, cast.head, cast.director)
    assert names(comment, cast.client) == {"Anna Agent": True, "Dora Director": True}
    assert "Boris Agent" in names(comment, cast.director)
