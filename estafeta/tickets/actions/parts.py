"""Part of a ticket becomes a ticket of its own: a comment that is about something else, a sub-ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.linking import mark_related
from estafeta.tickets.actions.opening import open_ticket
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Attachment, Comment, Link, LinkKind, Priority, Ticket
from estafeta.tickets.relations import subtasks
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person


@action(Verb.SPLIT)
def split(
    ticket: Ticket,
    *,
    by: Person,
    comment: int,
    title: str,
    department: Department | None = None,
    people: Sequence[Person] = (),
    requester: Person | None = None,
) -> Done:
    """Make a new ticket of a comment: its text and its files go there too, and stay here.

    It is asked for by whoever wrote the comment, unless `requester` is named; a note is for staff, so
    it can be asked for by staff only. Without a place it goes to the department of this ticket.
    """
    row = ticket.comments.readable_by(by).filter(pk=comment, deleted_at=None).first()
    if row is None:
        raise Invalid("comment", _("There is no such comment here."))
    requester = requester or (row.author if row.author.is_active else by)
    if row.is_note and not requester.is_agent:
        raise Invalid("requester", _("This is a note: only staff can be the requester of it."))
    if department is None and not people:
        department = ticket.department
    entry = open_ticket(
        by=by, title=title, text=row.text, department=department, people=people,
        requester=requester, priority=ticket.priority, files=_drafts_of_files(row, by),
    )  # fmt: skip
    made = entry.ticket
    Link.objects.create(ticket=ticket, other=made, kind=LinkKind.RELATES)
    mark_related(ticket, made)
    return Done({"other": made.pk, "split": row.pk})


@action(Verb.ADD_SUBTASK)
def add_subtask(
    ticket: Ticket,
    *,
    by: Person,
    title: str,
    text: str = "",
    department: Department | None = None,
    people: Sequence[Person] = (),
    deadline: datetime | None = None,
    priority: int | None = None,
) -> Done:
    """Hand a part of it to others as a ticket of its own, asked for by you.

    Without a place it goes to the department of this ticket. Completing this one asks first while
    sub-tickets are open.
    """
    subtasks.refuse_if_full(ticket, "")
    subtasks.refuse_if_deep(ticket, "")
    if department is None and not people:
        department = ticket.department
    entry = open_ticket(
        by=by, title=title, text=text, department=department, people=people, deadline=deadline,
        priority=priority or Priority(ticket.priority),
    )  # fmt: skip
    made = entry.ticket
    made.parent = ticket
    made.save(update_fields=["parent"])
    mark_related(ticket, made)
    return Done({"other": made.pk})


def _drafts_of_files(comment: Comment, by: Person) -> list[int]:
    """The same bytes once more, as if `by` had just brought them.

    attachments.py keeps bytes that another line still needs.
    """
    now = clock.now()
    copies = [
        Attachment.objects.create(
            owner=by, is_note=False, name=row.name, kind=row.kind, type=row.type, size=row.size,
            digest=row.digest, blob=row.blob, width=row.width, height=row.height, pages=row.pages,
            uploaded_at=now,
        )
        for row in comment.attachments.there()
    ]  # fmt: skip
    return [copy.pk for copy in copies]
