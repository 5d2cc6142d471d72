"""delete_comment: taken back in sight of everybody, kept for staff."""

import io
from datetime import timedelta

import pytest

from estafeta.lib import clock
from estafeta.tickets import actions
from estafeta.tickets.conversation import reactions, wordings
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.lists.search import matching
from estafeta.tickets.models import Attachment, Comment, Reaction, Ticket
from estafeta.tickets.phrases import phrase
from estafeta.tickets.proof.faults import Kind
from estafeta.tickets.proof.verify import check_chain
from tests.cast import Cast
from tests.orders import taken


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return taken(cast, requester=cast.client)


@pytest.fixture
def comment(ticket: Ticket, cast: Cast) -> Comment:
    comment = actions.reply(ticket, by=cast.agent, text="Не тому отправил").comment
    assert comment is not None
    return comment


def test_its_text_goes_and_the_journal_says_so(
    ticket: Ticket, comment: Comment, cast: Cast
) -> None:
    entry = actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)
    comment.refresh_from_db()
    assert (comment.text, comment.text_html) == ("", "")
    assert comment.deleted_at is not None
    assert phrase(entry) == "deletes a comment"
    assert [one.text for one in wordings.of(comment)] == ["Не тому отправил"]
    assert check_chain(ticket) == []
    found = matching(Ticket.objects.all(), "отправил", reader=cast.agent)
    assert not found.exists()


def test_it_goes_once_and_is_then_left_alone(ticket: Ticket, comment: Comment, cast: Cast) -> None:
    actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)
    for act, more in ((actions.delete_comment, {}), (actions.edit_comment, {"text": "Снова"})):
        with pytest.raises(Invalid, match="no such comment"):
            act(ticket, by=cast.agent, comment=comment.pk, **more)


def test_only_its_author_and_only_for_some_minutes(
    ticket: Ticket, comment: Comment, cast: Cast
) -> None:
    for person in (cast.head, cast.client, cast.director):
        with pytest.raises(Invalid):
            actions.delete_comment(ticket, by=person, comment=comment.pk)
    with clock.standing_at(clock.now() + timedelta(minutes=16)), pytest.raises(Invalid):
        actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)


def test_signs_under_it_go_with_it(ticket: Ticket, comment: Comment, cast: Cast) -> None:
    reactions.react(ticket, comment.pk, "thanks", by=cast.client)
    actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)
    assert not Reaction.objects.exists()
    with pytest.raises(Invalid):
        reactions.react(ticket, comment.pk, "thanks", by=cast.client)


def test_a_deletion_that_the_journal_does_not_know_is_found(
    ticket: Ticket, comment: Comment, cast: Cast
) -> None:
    Comment.objects.filter(pk=comment.pk).update(deleted_at=clock.now(), text="", text_html="")
    assert [fault.kind for fault in check_chain(ticket)] == [Kind.COMMENT_CHANGED]
    Comment.objects.filter(pk=comment.pk).update(deleted_at=None, text="Не тому отправил")
    actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(deleted_at=None)
    assert [fault.kind for fault in check_chain(ticket)] == [Kind.COMMENT_CHANGED]


def test_its_files_go_with_it_and_their_names_stay(ticket: Ticket, cast: Cast) -> None:
    draft = keep_draft(io.BytesIO(b"salaries"), "salaries.txt", by=cast.agent)
    comment = actions.reply(ticket, by=cast.agent, text="", files=[draft.pk]).comment
    assert comment is not None
    entry = actions.delete_comment(ticket, by=cast.agent, comment=comment.pk)
    assert [one["name"] for one in entry.facts["files"]] == ["salaries.txt"]
    assert not Attachment.objects.there().filter(ticket=ticket).exists()
    assert check_chain(ticket) == []
