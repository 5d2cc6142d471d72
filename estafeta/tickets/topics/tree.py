"""The tree of topics: its order, and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action, check, fill
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import siblings
from estafeta.tickets.models import Topic
from estafeta.tickets.models.topic import Evidence

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
    """Add one, or change it; `performers` are people, the rest are values of the row."""
    permissions.require(permissions.administers(by))
    row = topic or Topic(position=_last(values.get("parent")))
    if row.pk and "parent" in values and values["parent"] != row.parent:
        row.position = _last(values["parent"])
    kind = Kind.TOPIC_CHANGED if row.pk else Kind.TOPIC_CREATED
    performers = values.pop("performers", None)
    if "evidence" in values:
        values["evidence"] = [kind for kind in Evidence.values if kind in values["evidence"]]
    changes = fill(row, values)
    _refuse_ring(row)
    check(row)
    row.save()
    if performers is not None:
        changes |= _set_performers(row, performers)
    if changes:
        security.record(kind, by=by, topic=row.pk, name=row.name, changes=changes)
    return row


def _set_performers(topic: Topic, people: Iterable[Person]) -> dict[str, list[Any]]:
    people = list(people)
    if any(not person.is_agent or not person.is_active for person in people):
        raise Invalid.at("performers", _("Only people of departments can perform."))
    before = list(topic.performers.order_by("pk"))
    if {person.pk for person in before} == {person.pk for person in people}:
        return {}
    topic.performers.set(people)
    return {"performers": [", ".join(map(str, before)), ", ".join(map(str, people))]}


@action
def place_topic(topic: Topic, *, by: Person, parent: Topic | None, before: int | None) -> None:
    """Put it inside another, before one of those there or after all."""
    permissions.require(permissions.administers(by))
    row = Topic.objects.select_for_update().get(pk=topic.pk)
    changes: dict[str, list[Any]] = {}
    if row.parent_id != (parent.pk if parent else None):
        changes["parent"] = [str(row.parent or ""), str(parent or "")]
    row.parent = parent
    _refuse_ring(row)
    rows = [other for other, _depth in in_tree_order(Topic.objects.filter(parent=parent))]
    wanted = siblings.put_before(rows, row, before)
    orders = [[other.pk for other in order] for order in (rows, wanted)]
    if orders[0] == orders[1] and not changes:
        return
    row.save(update_fields=["parent"])
    siblings.number(wanted)
    if not changes:
        changes["position"] = [order.index(row.pk) + 1 for order in orders]
    security.record(Kind.TOPIC_CHANGED, by=by, topic=row.pk, name=row.name, changes=changes)


def _last(parent: Topic | None) -> int:
    """Behind its siblings; 0 where nobody has put them into an order yet."""
    most: int = Topic.objects.filter(parent=parent).aggregate(n=Max("position"))["n"] or 0
    return most + 1 if most else 0


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
