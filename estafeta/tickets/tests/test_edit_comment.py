"""edit_comment: one's own words, for some minutes, with trace."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from estafeta.accounts.models import Site
from estafeta.lib import clock
from estafeta.tickets import actions, journal
from estafeta.tickets.conversation import wordings
from estafeta.tickets.errors import Invalid, NotNow
from estafeta.tickets.lists.search import matching
from estafeta.tickets.models import Comment, Ticket, Wording
from estafeta.tickets.proof.faults import Kind
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.proof.verify_quickly import verify_all
from tests.cast import Cast
from tests.orders import done, order, taken


def said(ticket: Ticket, cast: Cast, text: str = "Прийду в полдинь") -> Comment:
    comment = actions.reply(ticket, by=cast.agent, text=text).comment
    assert comment is not None
    return comment


def test_the_author_corrects_what_he_said_and_the_old_words_are_kept(cast: Cast) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast)
    entry = actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="В **полдень**")
    comment.refresh_from_db()
    assert comment.text == "В **полдень**"
    assert "<strong>" in comment.text_html
    assert comment.edited_at is not None
    assert [one.text for one in wordings.of(comment)] == ["Прийду в полдинь"]
    [earlier] = comment.wordings.all()
    assert entry.facts == {
        "old": journal.text_digest("Прийду в полдинь", earlier.salt),
        "text": journal.text_digest("В **полдень**", comment.salt),
    }
    assert comment.salt != earlier.salt
    assert check_chain(ticket) == list(verify_all()) == []


def test_the_new_words_are_found_and_the_old_ones_not(cast: Cast) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast, "мышь")
    actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="клавиатура")
    mine = Ticket.objects.visible_to(cast.agent)
    assert matching(mine, "клавиатуры", reader=cast.agent).exists()
    assert not matching(mine, "мышь", reader=cast.agent).exists()


@pytest.mark.parametrize("who", ["agent_b", "head", "director"])
def test_nobody_changes_the_words_of_others(cast: Cast, who: str) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast)
    with pytest.raises(Invalid) as refused:
        actions.edit_comment(ticket, by=getattr(cast, who), comment=comment.pk, text="Never")
    assert refused.value.field == "comment"
    comment.refresh_from_db()
    assert comment.text == "Прийду в полдинь"


def test_a_client_cannot_even_tell_that_there_is_a_note(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    note = actions.note(ticket, by=cast.agent, text="Secret").comment
    assert note is not None
    words = []
    for number in (note.pk, 10**9):
        with pytest.raises(Invalid) as refused:
            actions.edit_comment(ticket, by=cast.client, comment=number, text="x")
        words.append(str(refused.value))
    assert words[0] == words[1]


def test_after_the_time_that_is_set_it_stays(cast: Cast) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast)
    late = comment.written_at + timedelta(minutes=15)
    with clock.standing_at(late), pytest.raises(Invalid, match="15 minutes"):
        actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="Too late")
    with clock.standing_at(late - timedelta(seconds=1)):
        actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="Just in time")
    Site.objects.update(comment_change_minutes=0)
    Site.forget()
    with pytest.raises(Invalid, match="cannot be changed"):
        actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="Never again")


def test_nothing_new_and_nothing_at_all_are_refused(cast: Cast) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast)
    for text in ("Прийду в полдинь", "  ", "x" * 200_001):
        with pytest.raises(Invalid) as refused:
            actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text=text)
        assert refused.value.field == "text"
    assert not Wording.objects.exists()


def test_a_comment_of_another_ticket_is_not_here(cast: Cast) -> None:
    comment = said(order(cast), cast)
    with pytest.raises(Invalid, match="no such comment"):
        actions.edit_comment(order(cast), by=cast.agent, comment=comment.pk, text="x")


def test_in_the_archive_words_are_fixed(cast: Cast) -> None:
    ticket = done(cast)
    comment = said(ticket, cast)
    actions.archive(ticket, by=cast.head)
    with pytest.raises(NotNow):
        actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="x")


def test_changing_a_note_is_no_news_for_clients(cast: Cast) -> None:
    ticket = taken(cast, requester=cast.client)
    note = actions.note(ticket, by=cast.agent, text="Secret").comment
    assert note is not None
    entry = actions.edit_comment(ticket, by=cast.agent, comment=note.pk, text="Still secret")
    assert entry.is_staff_only
    verbs = list(ticket.entries.readable_by(cast.client).values_list("verb", flat=True))
    assert verbs == ["open", "take"]
    reply = said(ticket, cast)
    actions.edit_comment(ticket, by=cast.agent, comment=reply.pk, text="Open")
    assert ticket.entries.readable_by(cast.client).latest("seq").verb == "edit_comment"


def test_earlier_words_are_for_staff_and_their_author(cast: Cast) -> None:
    ticket = order(cast, by=cast.client)
    own = actions.reply(ticket, by=cast.client, text="Мой пароль 12345").comment
    assert own is not None
    actions.edit_comment(ticket, by=cast.client, comment=own.pk, text="Мой пароль не скажу")
    own.refresh_from_db()
    assert wordings.may_read(cast.client, own)
    assert wordings.may_read(cast.agent, own)
    assert not wordings.may_read(cast.lead, own)
    facts = str(list(ticket.entries.values_list("facts", flat=True)))
    assert "12345" not in facts


def test_words_changed_behind_the_journals_back_are_named(cast: Cast) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast)
    for text in ("Второе", "Третье"):
        actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text=text)

    def faults() -> list[tuple[Kind, int | None]]:
        ticket.refresh_from_db()
        found = check_chain(ticket)
        assert found == list(verify_all())
        assert all(str(fault) for fault in found)
        return [(fault.kind, fault.seq) for fault in found]

    assert faults() == []
    Comment.objects.filter(pk=comment.pk).update(text="Второе")
    assert faults() == [(Kind.COMMENT_CHANGED, 5)]
    Comment.objects.filter(pk=comment.pk).update(text="Третье")
    Wording.objects.filter(seq=4).update(text="Что-то другое")
    assert faults() == [(Kind.WORDING_CHANGED, 4)]
    Wording.objects.filter(seq=4).delete()
    assert faults() == [(Kind.WORDING_CHANGED, 4)]


def test_a_comment_made_an_answer_afterwards_is_found(cast: Cast) -> None:
    ticket = taken(cast)
    first, second = said(ticket, cast, "один"), said(ticket, cast, "два")
    Comment.objects.filter(pk=second.pk).update(answers=first)
    assert [fault.kind for fault in check_chain(ticket)] == [Kind.COMMENT_CHANGED]


def test_the_check_looks_for_earlier_words_only_where_there_are_some(cast: Cast) -> None:
    ticket = taken(cast)
    comment = said(ticket, cast)
    with CaptureQueriesContext(connection) as before:
        check_chain(ticket)
    actions.edit_comment(ticket, by=cast.agent, comment=comment.pk, text="Иначе")
    with CaptureQueriesContext(connection) as after:
        check_chain(ticket)
    assert len(after) == len(before) + 1
