"""Topics with everything inside them, at most as old as the kept row of the site."""

from __future__ import annotations

from collections.abc import Iterable

from estafeta.accounts.models import Site
from estafeta.tickets.models import Topic

Known = dict[int, tuple[int | None, str]]


def known() -> Known:
    """id -> (id of the topic it stands in, name), of all topics."""
    site = Site.current()
    kept: Known | None = site.__dict__.get("topics")
    if kept is None:
        rows = Topic.objects.order_by("position", "name").values_list("pk", "parent", "name")
        kept = site.__dict__["topics"] = {pk: (parent, name) for pk, parent, name in rows}
    return kept


def below(topics: Iterable[int]) -> list[int]:
    """Ids of the topics and of all inside them, however deep."""
    wanted = set(topics)
    if not known().keys() >= wanted:
        Site.forget()
    children: dict[int | None, list[int]] = {}
    for pk, (parent, _name) in known().items():
        children.setdefault(parent, []).append(pk)
    found: dict[int, None] = {}
    waiting = sorted(wanted)
    while waiting:
        topic = waiting.pop()
        if topic not in found:
            found[topic] = None
            waiting.extend(children.get(topic, ()))
    return list(found)
