"""What belongs to a ticket, as far as a reader sees the other end of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared
from estafeta.tickets.models import Entry, Link, LinkWord, Tag, Tagging, Ticket
from estafeta.tickets.sight import SeenBy
from estafeta.tickets.statuses import OPEN_STATUSES

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

STAFF_FACTS = ("followers", "subtasks")
"""Facts of a merge that say how staff arranges its work."""


@dataclass(frozen=True)
class Related:
    """`open_parts` and `all_parts` count sub-tickets that the reader does not see as well."""

    tags: list[Tag] = field(default_factory=list)
    whole: Ticket | None = None
    merged_into: Ticket | None = None
    links: list[tuple[LinkWord, Ticket]] = field(default_factory=list)
    parts: list[Ticket] = field(default_factory=list)
    open_parts: int = 0
    all_parts: int = 0
    merged: list[Ticket] = field(default_factory=list)

    @property
    def unseen_parts(self) -> int:
        """Sub-tickets in places that are not the reader's business."""
        return self.all_parts - len(self.parts)


def related(ticket: Ticket, reader: Person) -> Related:
    """Four queries at most; none for a ticket that never had anything to do with another."""
    if not ticket.is_related:
        return Related()
    ends = _LINKS(ticket=ticket.pk)
    below = _BELOW(ticket=ticket.pk)
    numbers = {end for first, second, _kind in ends for end in (first, second)} - {ticket.pk}
    numbers |= {row[0] for row in below}
    numbers |= {n for n in (ticket.parent_id, ticket.merged_into_id) if n}
    seen = seen_among(numbers, reader)
    parts = [(number, status) for number, status, whole in below if whole == ticket.pk]
    return Related(
        tags=[row.tag for row in _TAGS(ticket=ticket.pk)] if reader.is_agent else [],
        whole=seen.get(ticket.parent_id) if ticket.parent_id else None,
        merged_into=seen.get(ticket.merged_into_id) if ticket.merged_into_id else None,
        links=[
            (word, seen[other])
            for first, second, kind in ends
            for word, other in [_from_here(ticket.pk, first, second, kind)]
            if other in seen and reader.is_agent
        ],
        parts=[seen[number] for number, _status in parts if number in seen],
        open_parts=sum(status in OPEN_STATUSES for _number, status in parts),
        all_parts=len(parts),
        merged=[seen[row[0]] for row in below if row[2] != ticket.pk and row[0] in seen],
    )


def seen_among(numbers: Iterable[int], reader: Person) -> dict[int, Ticket]:
    """Those of these tickets that the reader sees; no query for none."""
    numbers = sorted(numbers)
    return {row.pk: row for row in _SEEN(reader, numbers=numbers)} if numbers else {}


def told_of(entries: Iterable[Entry], reader: Person) -> dict[int, Ticket]:
    """The other tickets of which these entries tell, as far as the reader sees them."""
    return seen_among({n for entry in entries if (n := entry.facts.get("other"))}, reader)


def without_unseen(entries: Iterable[Entry], reader: Person) -> list[Entry]:
    """Without the lines whose other end is not the reader's business, as if they were not there.

    To clients, nor is a line that names followers or parts, for their facts go out whole.
    """
    entries = list(entries)
    seen = told_of(entries, reader)
    hidden = () if reader.is_agent else STAFF_FACTS
    return [
        entry
        for entry in entries
        if entry.facts.get("other") in (None, *seen)
        and not any(entry.facts.get(name) for name in hidden)
    ]


def _from_here(here: int, first: int, second: int, kind: str) -> tuple[LinkWord, int]:
    word = LinkWord(kind)
    return (word, second) if first == here else (word.inverse, first)


def _links(ticket: int) -> Any:
    rows = Link.objects.filter(Q(ticket=ticket) | Q(other=ticket)).order_by("pk")
    return rows.values_list("ticket", "other", "kind")


def _below(ticket: int) -> Any:
    rows = Ticket.objects.filter(Q(parent=ticket) | Q(merged_into=ticket)).order_by("pk")
    return rows.values_list("pk", "status", "parent")


def _seen(reader: Standing, numbers: list[int]) -> Any:
    rows = Ticket.objects.visible_to(reader).filter(pk__in=numbers).order_by("pk")
    return rows.select_related("department", "performer").defer("text", "text_html")


_LINKS, _BELOW = Prepared(_links), Prepared(_below)
_TAGS: Prepared[Tagging] = Prepared(
    lambda ticket: Tagging.objects.filter(ticket=ticket).select_related("tag").order_by("tag__key")
)
_SEEN: SeenBy[Ticket] = SeenBy(_seen)
