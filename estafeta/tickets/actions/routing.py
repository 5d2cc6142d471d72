"""Where the baton goes: take, release, assign, hand over, acknowledge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.tickets.actions import giving, offering, values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.performers import baton
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person


@action(Verb.TAKE, gathers=True)
def take(ticket: Ticket, *, by: Person) -> Done:
    """Work on it from now on. Somebody else may be at it already: then both do.

    Where each finishes separately, whoever was given the ticket says so that he has begun.
    """
    row = baton.tie_of(ticket, by)
    if row is not None and row.is_performer and not giving.may_begin(ticket, row):
        raise Invalid("", _("You have taken this ticket already."))
    offering.settle(ticket)
    holder, now = ticket.performer, clock.now()
    baton.perform(ticket, [by], taken_at=now)
    if holder is None:
        baton.pass_to(ticket, by, by=by, at=now, reason="")
    else:
        ticket.performer = holder
    giving.in_progress(ticket)
    return Done({"joined": holder is not None})


@action(Verb.RELEASE)
def release(ticket: Ticket, *, by: Person, reason: str = "", person: Person | None = None) -> Done:
    """Put it down: with the last performer gone it is free in its department again.

    The system puts it down for a `person` who has left; everybody else only for himself.
    """
    reason, before = values.a_reason(reason), values.place_of(ticket)
    who = person if person is not None and by.is_system else by
    leaves = Participant.objects.filter(ticket=ticket, person=who, is_performer=True)
    if (mine := leaves.first()) is not None:
        if mine.finished_at is not None and not by.is_system:
            raise Invalid("", _("You have finished your part already."))
        if ticket.is_separate:
            leaves.update(**baton.NO_PART, is_addressee=False)
            return Done(
                {"from": before, "reason": reason, **giving.part_dropped(ticket, by, reason)}
            )
        others = Participant.objects.filter(ticket=ticket, is_performer=True).exclude(person=who)
        if (heir := others.select_related("person").order_by("pk").first()) is not None:
            leaves.update(**baton.NO_PART)
            if ticket.performer_id == who.pk:
                ticket.performer = heir.person
                baton.pass_to(ticket, heir.person, by=by, at=clock.now(), reason=reason)
                ticket.save(update_fields=["performer"])
            return Done({"from": before, "reason": reason, "free": False})
    giving.set_free(ticket, by=by, reason=reason)
    return Done({"from": before, "reason": reason, "free": True})


@action(Verb.ASSIGN)
def assign(
    ticket: Ticket,
    *,
    by: Person,
    people: Sequence[Person],
    reason: str = "",
    separate: bool | None = None,
) -> Done:
    """Give it to people, in place of those who have it; the first holds the baton.

    `separate`: each of several finishes his own part; left out, it stays as it is.
    """
    people = values.agents(people)
    if not people:
        raise Invalid("people", _("Choose at least one person."))
    if not (by.standing.is_director or by.is_system):
        _refuse_others_people(by, people)
    reason, before = values.a_reason(reason), values.place_of(ticket)
    offering.settle(ticket)
    giving.give(ticket, people, by=by, reason=reason, separate=separate)
    facts = {**values.named(ticket.department, people), "from": before, "reason": reason}
    return Done(facts | giving.how(ticket))


@action(Verb.HAND_OVER)
def hand_over(
    ticket: Ticket,
    *,
    by: Person,
    department: Department | None = None,
    people: Sequence[Person] = (),
    reason: str,
    separate: bool | None = None,
) -> Done:
    """Pass the baton to people, or to a department where it is free until somebody takes it.

    A department may want to accept it first: until somebody there does, nobody has it.
    """
    people, reason = values.agents(people), values.a_reason(reason, required=True)
    if department is None and not people:
        raise Invalid("department", _("Choose a department or a person."))
    if department is not None:
        values.an_open(department, by=by)
    else:
        here = people[0].memberships.filter(department=ticket.department_id).exists()
        department = ticket.department if here else values.home_of(people[0])
    values.an_active(department)
    _refuse_same_place(ticket, department, people)
    holder = people[0].pk if people else None
    notice = baton.notice_of_pass(ticket, person=holder, department=department.pk)
    before = values.place_of(ticket)
    offering.settle(ticket)
    asks = offering.has_to_ask(ticket, department, by=by)
    if asks:
        offering.offer(ticket, department, by=by, reason=reason)
    ticket.department, ticket.passes = department, ticket.passes + 1
    if people and not asks:
        giving.give(ticket, people, by=by, reason=reason, separate=separate)
    else:
        baton.nobody_is_addressed(ticket)
        giving.set_free(ticket, by=by, reason=reason)
        giving.address(ticket, people, separate)
    ticket.save(update_fields=["department", "passes"])
    facts = {
        **values.named(department, people),
        "from": before,
        "reason": reason,
        "notice": notice,
        "passes": ticket.passes,
    }
    return Done(facts | giving.how(ticket) | ({"asks": True} if asks else {}))


@action(Verb.ACKNOWLEDGE)
def acknowledge(ticket: Ticket, *, by: Person) -> Done:
    """Confirm having seen it."""
    row = Participant.objects.get(ticket=ticket, person=by)
    if row.acknowledged_at is not None:
        raise Invalid("", _("You have confirmed this already."))
    row.acknowledged_at = clock.now()
    row.save(update_fields=["acknowledged_at"])
    return Done()


def _refuse_others_people(head: Person, people: Sequence[Person]) -> None:
    """A head assigns his own people; to others one hands over."""
    for person in people:
        if not person.standing.member_of & head.standing.headed:
            raise Invalid(
                "people",
                _("%(name)s is not in your department: hand the ticket over instead.")
                % {"name": person.name},
            )


def _refuse_same_place(ticket: Ticket, department: Department, people: Sequence[Person]) -> None:
    current = {row.person_id for row in ticket.participants.filter(is_performer=True)}
    if people and {person.pk for person in people} == current:
        raise Invalid("people", _("They have the ticket already."))
    if not people and not current and department.pk == ticket.department_id:
        raise Invalid("department", _("The ticket is in this department already."))
