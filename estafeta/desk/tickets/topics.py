"""The tree of topics as a list to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from estafeta.desk.tickets.sending import a_number
from estafeta.tickets.models import Topic

INDENT = "\u2003"


def topic_choices(*, keep: Topic | None = None) -> list[tuple[int | str, str]]:
    """(id, name moved in by its depth), parents before children; `keep` stays even if retired."""
    return [("", "—"), *((topic.pk, INDENT * depth + topic.name) for topic, depth in tree(keep))]


def tree(keep: Topic | None = None) -> list[tuple[Topic, int]]:
    """Topics in use with their depth; below one that is no longer used, nothing is used."""
    children: dict[int | None, list[Topic]] = defaultdict(list)
    for topic in Topic.objects.order_by("position", "name"):
        children[topic.parent_id].append(topic)
    found = list(_walk(children, None, 0))
    if keep is not None and all(topic.pk != keep.pk for topic, _depth in found):
        found.append((keep, 0))
    return found


def topic_of(value: str) -> Topic | None:
    """The topic that was chosen."""
    number = a_number(value)
    return Topic.objects.filter(pk=number).first() if number else None


def _walk(
    children: dict[int | None, list[Topic]], parent: int | None, depth: int
) -> Iterator[tuple[Topic, int]]:
    for topic in children.get(parent, ()):
        if topic.is_active:
            yield topic, depth
            yield from _walk(children, topic.pk, depth + 1)
