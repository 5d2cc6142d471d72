"""Two hands on one comment, or on one draft, at the same moment."""

from __future__ import annotations

from typing import Any

import pytest

from estafeta.accounts.models import Person
from estafeta.tickets import actions
from estafeta.tickets.conversation import drafts, reactions
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Comment, Draft, Entry, Reaction, Ticket, Wording
from tests.cast import Cast
from tests.orders import taken
from tests.test_races import at_once, cast, doing, in_order, real_database

__all__ = ["cast", "real_database"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return taken(cast, requester=cast.client)


def said(ticket: Ticket, by: Person) -> Comment:
    comment = actions.reply(ticket, by=by, text="Первое").comment
    assert comment is not None
    return comment


def test_two_corrections_at_once_leave_both_in_the_journal(ticket: Ticket, cast: Cast) -> None:
    comment = said(ticket, cast.agent)
    answers = at_once(
        *(
            doing("edit_comment", ticket, cast.agent, comment=comment.pk, text=text)
            for text in ("Второе", "Третье")
        )
    )
    assert all(isinstance(answer, Entry) for answer in answers), answers
    comment.refresh_from_db()
    kept = [row.text for row in Wording.objects.filter(comment=comment)]
    assert kept == ["Первое", "Третье" if comment.text == "Второе" else "Второе"]
    in_order(ticket)


def test_of_a_correction_and_a_deletion_nothing_is_lost(ticket: Ticket, cast: Cast) -> None:
    comment = said(ticket, cast.agent)
    answers = at_once(
        doing("edit_comment", ticket, cast.agent, comment=comment.pk, text="Второе"),
        doing("delete_comment", ticket, cast.agent, comment=comment.pk),
        doing("delete_comment", ticket, cast.agent, comment=comment.pk),
    )
    refused = [answer for answer in answers if not isinstance(answer, Entry)]
    assert all(isinstance(answer, Invalid) for answer in refused), answers
    comment.refresh_from_db()
    assert comment.deleted_at is not None
    assert comment.text == ""
    verbs = list(ticket.entries.filter(comment=comment).values_list("verb", flat=True))
    assert verbs.count("delete_comment") == 1
    assert Wording.objects.filter(comment=comment).count() == len(verbs) - 1
    in_order(ticket)


def test_an_answer_to_what_is_deleted_just_then_is_kept(ticket: Ticket, cast: Cast) -> None:
    comment = said(ticket, cast.agent)
    answers = at_once(
        doing("delete_comment", ticket, cast.agent, comment=comment.pk),
        doing("reply", ticket, cast.client, text="Понял", answers=comment.pk),
    )
    assert isinstance(answers[0], Entry), answers
    assert isinstance(answers[1], Entry | Invalid), answers
    in_order(ticket)


def test_an_impatient_finger_gives_one_sign(ticket: Ticket, cast: Cast) -> None:
    comment = said(ticket, cast.agent)

    def sign() -> Any:
        row, person = Ticket.objects.get(pk=ticket.pk), Person.objects.get(pk=cast.client.pk)
        return reactions.react(row, comment.pk, "thanks", by=person, give=True)

    assert at_once(sign, sign, sign) == [True, True, True]
    assert Reaction.objects.count() == 1


def test_drafts_of_two_devices_leave_one(ticket: Ticket, cast: Cast) -> None:
    def keep(text: str) -> Any:
        def act() -> Any:
            row, person = Ticket.objects.get(pk=ticket.pk), Person.objects.get(pk=cast.agent.pk)
            return drafts.keep(row, by=person, text=text)

        return act

    answers = at_once(keep("С телефона"), keep("Со стола"))
    assert all(isinstance(answer, Draft) for answer in answers), answers
    assert Draft.objects.get().text in ("С телефона", "Со стола")
