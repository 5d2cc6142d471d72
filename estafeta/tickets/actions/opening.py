"""Opening a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets import journal, submissions
from estafeta.tickets.actions import giving, values
from estafeta.tickets.conversation import mentions
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.files import attachments
from estafeta.tickets.lists import search, tallies
from estafeta.tickets.models import Entry, Priority, ReadMark, Ticket, Topic
from estafeta.tickets.models.ticket import NO_DEADLINE
from estafeta.tickets.performers import assignment, baton, demands
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person


@submissions.acts_once
def open_ticket(
    *,
    by: Person,
    title: str,
    text: str = "",
    department: Department | None = None,
    people: Sequence[Person] | None = None,
    requester: Person | None = None,
    topic: Topic | None = None,
    priority: int | None = None,
    deadline: datetime | None = None,
    acceptance: str | None = None,
    evidence: Sequence[str] | None = None,
    separate: bool = False,
    files: Sequence[int] = (),
    submission: submissions.Key | None = None,
) -> Entry:
    """Write a new ticket to a department, to people, or to both; nobody performs it yet.

    Where nobody is named, the topic or the department may have a rule who gets it at once.
    `people`, `priority`, `evidence` and `acceptance` are as the topic says unless given; `separate`: of several people
    each finishes his own part.

    The one verb without a ticket to lock, so it asks for itself: agents write to anybody and for
    anybody, others only to a department and for themselves. The same `submission` twice gives the
    first entry again. Raises Invalid (with the field), NotAllowed.
    """
    requester = requester or by
    if not by.is_active:
        raise NotAllowed(Verb.OPEN)
    if not by.is_agent and (people or requester.pk != by.pk):
        raise NotAllowed(Verb.OPEN)
    title, text = values.a_title(title), values.a_text(text)
    named = people is not None
    people = values.agents(people or ())
    if topic is not None and topic.is_hidden and not by.is_agent:
        raise Invalid("topic", _("There is no such topic."))
    if department is None and topic is not None:
        department = topic.department
    elif department is not None and (topic is None or department.pk != topic.department_id):
        values.an_open(department, by=by)
    if department is None and not people:
        raise Invalid("department", _("Choose a department or a person."))
    department = values.an_active(department or values.home_of(people[0]))
    if priority is None:
        priority = topic.priority if topic else Priority.NORMAL
    if priority not in Priority.values:
        raise Invalid("priority", _("There is no such priority."))
    asked = demands.of_new(
        evidence=evidence, acceptance=acceptance or None, topic=topic, department=department, by=by
    )
    now = clock.now()
    due = values.in_future("deadline", deadline)
    shown = mentions.read(text, by=by)
    with transaction.atomic():
        if submission and (known := submissions.known(by, submission)):
            return known
        choice = None if people else assignment.choose(topic, department)
        if choice:
            people = [choice.person]
        elif topic is not None and not named:
            people = assignment.meant(topic)
        ticket = Ticket.objects.create(
            title=title, text=text, text_html=shown.html, topic=topic,
            priority=priority, department=department, author=by,
            author_department=_department_of(by), requester=requester,
            organisation_id=requester.organisation_id, acceptance=asked.acceptance,
            due=due or NO_DEADLINE, original_due=due, opened_at=now, changed_at=now,
            evidence=asked.evidence, is_separate=separate and len(people) > 1,
        )  # fmt: skip
        if choice:
            giving.give(ticket, people, by=by, reason="")
        else:
            giving.address(ticket, people, separate)
            baton.pass_to(ticket, None, by=by, at=now, reason="")
        search.index(ticket)
        tallies.move(None, tallies.place_of(ticket))
        facts = {
            **values.named(department, people),
            "title": title,
            "text": journal.text_digest(text),
            "requester": {"id": requester.pk, "name": requester.name},
            "priority": priority,
            "deadline": due.isoformat() if due else None,
            **giving.how(ticket),
            **({"assigned": str(choice.mode)} if choice else {}),
        }
        facts |= mentions.tie(ticket, shown.people, by=by, is_note=False)
        if brought := attachments.adopt(ticket, files, by=by):
            facts["files"] = brought
        entry = journal.record(Verb.OPEN, ticket, by=by, facts=facts)
        ReadMark.objects.create(ticket=ticket, person=by, seq=entry.seq)
        if submission:
            submissions.remember(by, submission, entry)
    return entry


def _department_of(person: Person) -> Department | None:
    """Whose head sees what this person writes."""
    row = person.memberships.select_related("department").first()
    return row.department if row else None
