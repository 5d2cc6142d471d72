"""What people say under a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estafeta.lib import clock, markdown
from estafeta.tickets import journal, search
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.ending import no_longer_waiting
from estafeta.tickets.models import Comment, Ticket, WaitFor
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.REPLY)
def reply(ticket: Ticket, *, by: Person, text: str) -> Done:
    """Write what the requester and everybody on the ticket reads.

    The answer of the requester, when the ticket waits for it, sets the work going again.
    """
    done = _write(ticket, by, text, CommentKind.REPLY)
    waits = ticket.status == Status.WAITING and ticket.wait_for == WaitFor.REQUESTER
    if waits and by.pk in (ticket.requester_id, ticket.author_id) and by != ticket.performer:
        ticket.status = Status.IN_PROGRESS
        no_longer_waiting(ticket)
        done.facts["resumed"] = True
    return done


@action(Verb.NOTE)
def note(ticket: Ticket, *, by: Person, text: str) -> Done:
    """Write what only staff reads."""
    return _write(ticket, by, text, CommentKind.NOTE)


def _write(ticket: Ticket, by: Person, text: str, kind: CommentKind) -> Done:
    text = values.a_text(text, required=True)
    comment = Comment.objects.create(
        ticket=ticket, author=by, kind=kind, text=text, text_html=markdown.render(text),
        written_at=clock.now(),
    )  # fmt: skip
    search.append(comment)
    return Done({"text": journal.text_digest(text)}, comment)
