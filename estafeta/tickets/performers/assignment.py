"""Who gets a new ticket that names nobody: in turn, or whoever has least to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from estafeta.accounts.models import Membership, Person
from estafeta.accounts.models.department import AssignmentMode
from estafeta.tickets.models import Ticket, Turn
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estafeta.accounts.models import Department
    from estafeta.tickets.models import Topic

AT_WORK = (Status.IN_PROGRESS, Status.WAITING)


@dataclass(frozen=True)
class Choice:
    """To whom it goes, and by which rule."""

    person: Person
    mode: AssignmentMode


def choose(topic: Topic | None, department: Department) -> Choice | None:
    """The next one, if there is a rule and somebody whom it fits; inside the opening's transaction.

    The row of turns is locked until then, so that two tickets at once do not go to the same.
    """
    own = _own(topic, department)
    mode = _mode(own, department)
    if mode is AssignmentMode.NONE:
        return None
    people, has_its_own = _candidates(own, department)
    if not people:
        return None
    turn = _turn(own if own and (has_its_own or own.assignment_mode) else None, department)
    people = _after(turn.last_id, people)
    if mode is AssignmentMode.LEAST_LOADED:
        loads = loads_of(people)
        people.sort(key=lambda person: loads[person.pk])
    turn.last = people[0]
    turn.save(update_fields=["last"])
    return Choice(people[0], mode)


def meant(topic: Topic) -> list[Person]:
    """To whom a ticket of this topic is written when nobody is named."""
    return [one for one in topic.performers.order_by("pk") if one.is_active and one.is_agent]


def loads_of(people: Iterable[Person]) -> dict[int, int]:
    """Person -> tickets he holds, in work or waiting; one query."""
    found = {person.pk: 0 for person in people}
    rows = Ticket.objects.filter(performer__in=found, status__in=AT_WORK).order_by()
    found.update(rows.values_list("performer").annotate(Count("pk")))
    return found


def _own(topic: Topic | None, department: Department) -> Topic | None:
    """What a topic says is said for its own department."""
    return topic if topic is not None and topic.department_id in (None, department.pk) else None


def _mode(topic: Topic | None, department: Department) -> AssignmentMode:
    return AssignmentMode((topic and topic.assignment_mode) or department.assignment_mode)


def _candidates(topic: Topic | None, department: Department) -> tuple[list[Person], bool]:
    """The performers of the topic; else the members of the department; else its heads."""
    if topic is not None and (chosen := meant(topic)):
        return chosen, True
    rows = Membership.objects.filter(department=department, person__is_active=True)
    rows = rows.select_related("person").order_by("person")
    members = [row.person for row in rows if not row.is_head]
    return members or [row.person for row in rows], False


def _turn(topic: Topic | None, department: Department) -> Turn:
    place = {"topic": topic} if topic is not None else {"department": department}
    row, _made = Turn.objects.get_or_create(**place)
    return Turn.objects.select_for_update().get(pk=row.pk)


def _after(last: int | None, people: list[Person]) -> list[Person]:
    """Beginning with the one whose turn it is; `people` are in the order of their ids."""
    return sorted(people, key=lambda person: (last is not None and person.pk <= last, person.pk))
