"""What people say under a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib import chain, clock
from estafeta.tickets import journal
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.ending import no_longer_waiting
from estafeta.tickets.conversation import mentions
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import attachments
from estafeta.tickets.lists import search
from estafeta.tickets.models import Comment, Ticket, WaitFor
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.statuses import Status
from estafeta.tickets.upkeep import silence
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.REPLY)
def reply(
    ticket: Ticket,
    *,
    by: Person,
    text: str = "",
    answers: int | None = None,
    files: Sequence[int] = (),
) -> Done:
    """Write what the requester and everybody on the ticket reads.

    The answer of the requester, when the ticket waits for it, sets the work going again. `answers`
    is the comment that this one is about; what answers a note is a note. Files need no text.
    """
    done = _write(ticket, by, text, CommentKind.REPLY, answers, files)
    waits = ticket.status == Status.WAITING and ticket.wait_for == WaitFor.REQUESTER
    if waits and by.pk in (ticket.requester_id, ticket.author_id) and by != ticket.performer:
        ticket.status = Status.IN_PROGRESS
        no_longer_waiting(ticket)
        done.facts["resumed"] = True
    silence.broken(ticket, by=by)
    return done


@action(Verb.NOTE)
def note(
    ticket: Ticket,
    *,
    by: Person,
    text: str = "",
    answers: int | None = None,
    files: Sequence[int] = (),
) -> Done:
    """Write what only staff reads; `answers` is the comment that this one is about."""
    return _write(ticket, by, text, CommentKind.NOTE, answers, files)


def _write(
    ticket: Ticket,
    by: Person,
    text: str,
    kind: CommentKind,
    answers: int | None,
    files: Sequence[int],
) -> Done:
    text = values.a_text(text, required=not files)
    about = _answered(ticket, by, kind, answers)
    shown = mentions.read(text, by=by, ticket=ticket)
    comment = Comment.objects.create(
        ticket=ticket, author=by, kind=kind, text=text, text_html=shown.html,
        salt=chain.new_salt(), written_at=clock.now(), answers=about,
    )  # fmt: skip
    search.append(comment)
    facts: dict[str, Any] = {"text": journal.text_digest(text, comment.salt)}
    facts |= mentions.tie(ticket, shown.people, by=by, is_note=comment.is_note)
    if about is not None:
        facts["answers"] = about.pk
    if brought := attachments.adopt(ticket, files, by=by, comment=comment):
        facts["files"] = brought
    return Done(facts, comment)


def _answered(ticket: Ticket, by: Person, kind: CommentKind, number: int | None) -> Comment | None:
    """The comment that is answered, if it is one that this person reads."""
    if number is None:
        return None
    row = ticket.comments.readable_by(by).filter(pk=number).first()
    if row is None:
        raise Invalid("answers", _("The comment that this answers is not here."))
    if row.is_note and kind != CommentKind.NOTE:
        raise Invalid("answers", _("The requester does not see the note that this answers."))
    return row
