"""How work ends, and how it comes back: complete, accept, return, reopen, cancel, archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions import ending, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Ticket
from estafeta.tickets.performers import baton, evidence, separately
from estafeta.tickets.relations import subtasks
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.COMPLETE)
def complete(
    ticket: Ticket,
    *,
    by: Person,
    reason: str = "",
    number: str = "",
    files: Sequence[int] = (),
    despite_subtasks: bool = False,
) -> Done:
    """The work is done; with acceptance somebody looks at it first. `reason` says what was done.

    Where each finishes separately, a performer completes his own part, and the last one the
    ticket. What the ticket asks as evidence has to be carried, whoever completes it. While parts of
    it are open, `despite_subtasks` says that they may stay so.
    """
    reason = values.a_reason(reason)
    proof = evidence.carried(ticket, by=by, reason=reason, number=number, files=files)
    facts: dict[str, Any] = {"reason": reason, **proof}
    if ticket.is_separate:
        part = separately.own_part(ticket, by)
        if part is None and not _leads(ticket, by):
            raise Invalid("", _("You have finished your part already."))
        if part is not None:
            facts["part"] = True
            if not separately.finish(ticket, part, by=by, at=clock.now(), reason=""):
                return Done({**facts, "all_finished": False})
    if not despite_subtasks:
        subtasks.refuse_if_open(ticket)
    return Done({**facts, "accepted": ending.complete(ticket)})


@action(Verb.ACCEPT)
def accept(ticket: Ticket, *, by: Person, reason: str = "") -> Done:
    """The result is good. The system accepts it where nobody has said anything for long enough."""
    ending.close(ticket, Status.DONE)
    facts = {"reason": values.a_reason(reason)}
    return Done(facts | ({"notice": "silence"} if by.is_system else {}))


@action(Verb.RETURN_TO_WORK)
def return_to_work(
    ticket: Ticket, *, by: Person, reason: str, people: Sequence[Person] = ()
) -> Done:
    """The result is not good: whoever did it has it again, and is told why.

    Where each finishes separately, `people` are those whose parts are to be done again; nobody
    named: all of them. If he has left meanwhile, the ticket is free in its department.
    """
    reason, people = values.a_reason(reason, required=True), list(people)
    performer = ticket.performer
    if ticket.is_separate:
        performer = _again_at_work(ticket, people)
    elif people:
        raise Invalid("people", _("Everybody works on this ticket together."))
    ticket.returns += 1
    ticket.closed_at = ticket.review_since = None
    if performer is None or not performer.is_active:
        baton.nobody_performs(ticket)
        performer = None
    ticket.performer = performer
    ticket.status = Status.IN_PROGRESS if performer else Status.NEW
    ticket.save(update_fields=["status", "performer", "closed_at", "review_since", "returns"])
    baton.pass_to(ticket, performer, by=by, at=clock.now(), reason=reason)
    facts = {"reason": reason, "returns": ticket.returns}
    return Done(facts | ({"people": values.people_named(people)} if people else {}))


@action(Verb.REOPEN)
def reopen(ticket: Ticket, *, by: Person, reason: str) -> Done:
    """Open it again, free in its department: after the archive or a cancellation nobody has it."""
    reason = values.a_reason(reason, required=True)
    values.a_taking(ticket.department)
    baton.nobody_performs(ticket)
    baton.put_away(ticket, is_out=False)
    ticket.status, ticket.closed_at = Status.NEW, None
    ticket.save(update_fields=["status", "performer", "closed_at"])
    baton.pass_to(ticket, None, by=by, at=clock.now(), reason=reason)
    return Done({"reason": reason})


@action(Verb.CANCEL)
def cancel(ticket: Ticket, *, by: Person, reason: str, despite_subtasks: bool = False) -> Done:
    """It need not be done any more; its open parts stay open where `despite_subtasks` says so."""
    reason = values.a_reason(reason, required=True)
    if not despite_subtasks:
        subtasks.refuse_if_open(ticket)
    ending.close(ticket, Status.CANCELLED)
    return Done({"reason": reason})


@action(Verb.ARCHIVE, gathers=True)
def archive(ticket: Ticket, *, by: Person) -> Done:
    """Out of the way; the schedule does it some days after the end."""
    before = ticket.status
    ticket.status = Status.ARCHIVED
    ticket.save(update_fields=["status"])
    baton.put_away(ticket, is_out=True)
    return Done({"was": before})


@action(Verb.UNARCHIVE, gathers=True)
def unarchive(ticket: Ticket, *, by: Person) -> Done:
    """Back among what is finished, as it was before; it stays there for as long as after its end."""
    archived = ticket.entries.filter(verb=Verb.ARCHIVE).order_by("seq").last()
    before = archived.facts.get("was") if archived else None
    ticket.status = Status.CANCELLED if before == Status.CANCELLED else Status.DONE
    ticket.unarchived_at = clock.now()
    ticket.save(update_fields=["status", "unarchived_at"])
    baton.put_away(ticket, is_out=False)
    return Done({"is": str(ticket.status)})


def _leads(ticket: Ticket, person: Person) -> bool:
    """May say for all of them that it is done."""
    standing = person.standing
    return standing.is_director or ticket.department_id in standing.headed


def _again_at_work(ticket: Ticket, people: Sequence[Person]) -> Person | None:
    """Whose parts are not good; who of them holds the baton now, if any is still here."""
    parts = separately.parts(ticket).filter(is_performer=True)
    if {person.pk for person in people} - set(parts.values_list("person", flat=True)):
        raise Invalid("people", _("Choose from those who worked on it."))
    separately.begin_again(ticket, list(people))
    waiting = separately.missing(ticket).filter(is_performer=True, person__is_active=True)
    first = waiting.select_related("person").first()
    return first.person if first else None
