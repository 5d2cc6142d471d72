"""The tree of topics as a list to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.department import AssignmentMode
from estafeta.desk.tickets.sending import a_number
from estafeta.tickets.models import Topic

INDENT = "\u2003"


def topic_choices(by: Person, *, keep: Topic | None = None) -> list[tuple[int | str, str]]:
    """(id, name moved in by its depth), parents before children; `keep` stays even if retired."""
    rows = tree(by, keep)
    return [("", "—"), *((topic.pk, INDENT * depth + topic.name) for topic, depth in rows)]


def tree(by: Person, keep: Topic | None = None) -> list[tuple[Topic, int]]:
    """Topics offered to the person, with their depth; below one that is not, nothing is offered."""
    children: dict[int | None, list[Topic]] = defaultdict(list)
    for topic in Topic.objects.order_by("position", "name"):
        if topic.is_active and (by.is_agent or not topic.is_hidden):
            children[topic.parent_id].append(topic)
    found = list(_walk(children, None, 0))
    if keep is not None and all(topic.pk != keep.pk for topic, _depth in found):
        found.append((keep, 0))
    return found


def defaults(by: Person) -> dict[int, dict[str, object]]:
    """Topic -> what it fills into the form of a new ticket."""
    rows = [topic for topic, _depth in tree(by)]
    people: dict[int, list[list[object]]] = defaultdict(list)
    if by.is_agent:
        named = Person.objects.active().agents().filter(pk__in=Topic.performers.through.objects.filter(
            topic__in=rows).values("person"))  # fmt: skip
        names = dict(named.values_list("pk", "name"))
        for topic, person in (
            Topic.performers.through.objects.filter(topic__in=rows, person__in=names)
            .order_by("person")
            .values_list("topic", "person")
        ):
            people[topic].append([str(person), names[person]])
    modes = dict(Department.objects.values_list("pk", "assignment_mode"))
    return {
        topic.pk: {
            "department": topic.department_id or "", "acceptance": topic.acceptance,
            "priority": topic.priority, "evidence": topic.evidence,
            "people": people[topic.pk] if _names_people(topic, modes) else [],
        }
        for topic in rows
    }  # fmt: skip


def _names_people(topic: Topic, modes: dict[int, str]) -> bool:
    """Not where a rule chooses one of them."""
    mode = topic.assignment_mode or modes.get(topic.department_id or 0, AssignmentMode.NONE)
    return mode == AssignmentMode.NONE


def topic_of(value: str) -> Topic | None:
    """The topic that was chosen."""
    number = a_number(value)
    return Topic.objects.filter(pk=number).first() if number else None


def _walk(
    children: dict[int | None, list[Topic]], parent: int | None, depth: int
) -> Iterator[tuple[Topic, int]]:
    for topic in children.get(parent, ()):
        yield topic, depth
        yield from _walk(children, topic.pk, depth + 1)
