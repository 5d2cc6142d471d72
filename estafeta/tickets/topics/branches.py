"""Topics with everything inside them, at most as old as the kept row of the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from estafeta.accounts.models import Site
from estafeta.tickets.models import Topic

DEEPEST = 10


class Known(NamedTuple):
    """A topic as lists name it; hidden ones are for staff."""

    parent: int | None
    name: str
    is_hidden: bool


def known() -> dict[int, Known]:
    """All topics by their ids, siblings in their order."""
    site = Site.current()
    kept: dict[int, Known] | None = site.__dict__.get("topics")
    if kept is None:
        rows = Topic.objects.order_by("position", "name").values_list(
            "pk", "parent", "name", "is_hidden"
        )
        kept = site.__dict__["topics"] = {
            pk: Known(parent, name, is_hidden) for pk, parent, name, is_hidden in rows
        }
    return kept


def path(number: int | None, *, is_for_staff: bool) -> list[str]:
    """Names of the topics around one and its own; others than staff do not read hidden ones around."""
    names: list[str] = []
    topics, inner = known(), number
    while number is not None and number in topics and len(names) < DEEPEST:
        topic = topics[number]
        if is_for_staff or number == inner or not topic.is_hidden:
            names.insert(0, topic.name)
        number = topic.parent
    return names


def below(topics: Iterable[int]) -> list[int]:
    """Ids of the topics and of all inside them, however deep."""
    wanted = set(topics)
    if not known().keys() >= wanted:
        Site.forget()
    children: dict[int | None, list[int]] = {}
    for pk, topic in known().items():
        children.setdefault(topic.parent, []).append(pk)
    found: dict[int, None] = {}
    waiting = sorted(wanted)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found[number] = None
            waiting.extend(children.get(number, ()))
    return list(found)
