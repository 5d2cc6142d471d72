"""The tree of topics: its order, and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models.security_entry import Kind
from estafeta.tickets.models import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from estafeta.accounts.models import Person


def in_tree_order(topics: Iterable[Topic]) -> list[tuple[Topic, int]]:
    """Each topic with its depth, parents before children; what stands in a ring comes last."""
    children: dict[int | None, list[Topic]] = {}
    for topic in sorted(topics, key=lambda row: (row.position, row.name.casefold())):
        children.setdefault(topic.parent_id, []).append(topic)
    known = {topic.pk for rows in children.values() for topic in rows}
    found: list[tuple[Topic, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for topic in children.get(parent, []):
            found.append((topic, depth))
            walk(topic.pk, depth + 1)

    walk(None, 0)
    for parent in list(children):
        if parent is not None and parent not in known:
            walk(parent, 0)
    return found


@action
def save_topic(topic: Topic | None = None, *, by: Person, **values: Any) -> Topic:
    """Add one, or change it."""
    permissions.require(permissions.administers(by))
    row = topic or Topic()
    kind = Kind.TOPIC_CHANGED if row.pk else Kind.TOPIC_CREATED
    changes = fill(row, values)
    _refuse_ring(row)
    check(row)
    row.save()
    if changes:
        security.record(kind, by=by, topic=row.pk, name=row.name, changes=changes)
    return row


def _refuse_ring(topic: Topic) -> None:
    above, seen = topic.parent, {topic.pk}
    while topic.pk is not None and above is not None:
        if above.pk in seen:
            raise Invalid.at("parent", _("A topic cannot stand inside itself."))
        seen.add(above.pk)
        above = above.parent


@action
def delete_topic(topic: Topic, *, by: Person) -> None:
    """Remove one that no ticket has; used ones are switched off instead."""
    permissions.require(permissions.administers(by))
    number = topic.pk
    try:
        topic.delete()
    except ProtectedError:
        raise Invalid.at(
            "", _("%(name)s has tickets or topics inside. Switch it off instead.") % {"name": topic}
        ) from None
    security.record(Kind.TOPIC_DELETED, by=by, topic=number, name=topic.name)
