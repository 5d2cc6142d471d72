"""The story of a ticket: its text, what people wrote, and the journal, merged by time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from estafeta.desk.files.shown import Card, of_entries
from estafeta.desk.tickets.around import Around, around
from estafeta.lib.prepared import Prepared
from estafeta.tickets import phrases
from estafeta.tickets.conversation import wordings
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.relations import relating
from estafeta.tickets.verbs import CHANGING_WORDS, WRITTEN, Verb
from estafeta.tickets.via import Via

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

EMPTY = SafeString("")
PAGE = 50
NEVER = 2**31 - 1
MOST = 1000
"""However long a page stays open, no more entries are fetched for it at once."""


class Show(StrEnum):
    """Which part of the story."""

    ALL = "all"
    CONVERSATION = "conversation"
    JOURNAL = "journal"

    @classmethod
    def named(cls, name: str | None) -> Show:
        """Anything unknown is everything."""
        return cls(name) if name in set(cls) else cls.ALL


@dataclass(frozen=True)
class Item:
    """One thing on the line of time; `kind` is text, reply, note or entry."""

    kind: str
    seq: int
    person: Person
    at: datetime
    html: SafeString = EMPTY
    verb: str = ""
    quote: str = ""
    notice: str = ""
    via: str = ""
    old: list[tuple[str, str]] = field(default_factory=list)
    is_new: bool = False
    around: Around | None = None
    files: list[Card] = field(default_factory=list)
    changed: int = 0
    """The comment whose earlier wording this line leads to, if the reader may see it."""
    other: Ticket | None = None
    """The ticket of which this line tells besides, if the reader sees it."""
    tells_inside: bool = False
    """Its story stands here: it was merged into this one."""


@dataclass(frozen=True)
class Story:
    """A stretch of it, oldest first: the rows, and what is shown of them.

    `since` is the first entry looked at, `earlier` says that there are some before it.
    """

    show: Show
    items: list[Item]
    entries: list[Entry]
    since: int
    earlier: bool


@dataclass(frozen=True)
class Counts:
    """How much there is to read."""

    conversation: int
    journal: int


def read(
    ticket: Ticket, person: Person, *, show: Show, since: int = 0, before: int = 0, read_to: int = 0
) -> Story:
    """The newest fifty; or everything `since` an entry; or the fifty `before` one."""
    wanted = MOST if since else PAGE
    bounds = {"since": since, "before": before or NEVER}
    found = _ROWS(show, person.is_agent, wanted + 1, ticket=ticket.pk, **bounds)
    entries = found[:wanted][::-1]
    spoken = [e.comment for e in entries if e.comment is not None and e.verb in WRITTEN]
    beside = around(spoken, person) if show is not Show.JOURNAL else {}
    items = [
        item for entry in entries for item in _items(ticket, entry, show, person, read_to, beside)
    ]
    return Story(
        show=show,
        items=_with_others(_with_files(items, entries, person), ticket, entries, person),
        entries=entries,
        since=since or (entries[0].seq if entries else 1),
        earlier=len(found) > wanted,
    )


def _with_files(items: list[Item], entries: list[Entry], reader: Person) -> list[Item]:
    """Each entry's files go with the first thing that it shows."""
    cards = of_entries(entries, reader)
    if not cards:
        return items
    brought = {
        entry.seq: [
            cards[file["id"]] for file in entry.facts.get("files", ()) if file["id"] in cards
        ]
        for entry in entries
    }
    return [replace(item, files=brought.pop(item.seq, [])) for item in items]


def _with_others(
    items: list[Item], ticket: Ticket, entries: list[Entry], reader: Person
) -> list[Item]:
    """Lines about another ticket lead to it; the last one about a merged ticket holds its story."""
    seen = relating.told_of(entries, reader)
    if not seen:
        return items
    others = {e.seq: seen[n] for e in entries if (n := e.facts.get("other")) in seen}
    merges = {
        e.facts["other"]: e.seq
        for e in entries
        if e.verb == Verb.MERGE and e.facts.get("takes_in") and e.seq in others
    }
    inside = {seq for n, seq in merges.items() if seen[n].merged_into_id == ticket.pk}
    return [
        replace(item, other=others[item.seq], tells_inside=item.seq in inside)
        if item.kind == "entry" and item.seq in others
        else item
        for item in items
    ]


def count(ticket: Ticket, person: Person, told: Story) -> Counts:
    """For the tabs; a query only where `told` is not the whole story."""
    if told.show is Show.ALL and not told.earlier and told.since == 1:
        said = sum(entry.comment_id is not None and entry.verb in WRITTEN for entry in told.entries)
        return Counts(said + bool(ticket.text_html), len(told.entries))
    comments = ticket.comments.aggregate(
        all=Count("pk"), notes=Count("pk", filter=Q(kind=CommentKind.NOTE))
    )
    if person.is_agent:
        return Counts(comments["all"] + bool(ticket.text_html), ticket.journal_length)
    return Counts(
        conversation=comments["all"] - comments["notes"] + bool(ticket.text_html),
        journal=ticket.entries.without_notes().count(),
    )


def _rows(
    show: Show, is_agent: bool, most: int, *, ticket: int, since: int, before: int
) -> QuerySet[Entry]:
    rows = Entry.objects.filter(ticket=ticket, seq__gte=since, seq__lt=before)
    if not is_agent:
        rows = rows.without_notes()
    if show is Show.CONVERSATION:
        rows = rows.filter(verb__in=(Verb.OPEN, Verb.REPLY, Verb.NOTE, Verb.ATTACH))
    return rows.select_related("actor", "comment").order_by("-seq")[:most]


_ROWS: Prepared[Entry] = Prepared(_rows)


def _items(
    ticket: Ticket,
    entry: Entry,
    show: Show,
    reader: Person,
    read_to: int,
    beside: dict[int, Around],
) -> Iterable[Item]:
    common: dict[str, Any] = {
        "seq": entry.seq, "at": entry.at, "is_new": bool(read_to) and entry.seq > read_to,
    }  # fmt: skip
    if entry.verb == Verb.OPEN and show is not Show.JOURNAL and ticket.text_html:
        yield Item("text", person=ticket.requester, html=mark_safe(ticket.text_html), **common)
    if entry.comment is not None and entry.verb in WRITTEN and show is not Show.JOURNAL:
        kind = "note" if entry.comment.is_note else "reply"
        html = mark_safe(entry.comment.text_html)
        about = beside.get(entry.comment.pk)
        yield Item(kind, person=entry.actor, html=html, around=about, **common)
    elif show is not Show.CONVERSATION or entry.facts.get("files"):
        yield _line(entry, reader, common)


def _line(entry: Entry, reader: Person, common: dict[str, Any]) -> Item:
    return Item(
        "entry",
        person=entry.actor,
        verb=entry.verb,
        html=format_html("<b>{}</b> {}", entry.actor.name, phrases.phrase(entry)),
        quote=phrases.reason(entry),
        notice=phrases.notice(entry),
        via="" if entry.via == Via.DESK else str(Via(entry.via).label),
        old=phrases.replaced(entry),
        changed=_earlier_of(entry, reader),
        **common,
    )


def _earlier_of(entry: Entry, reader: Person) -> int:
    if entry.verb not in CHANGING_WORDS or entry.comment is None:
        return 0
    return entry.comment.pk if wordings.may_read(reader, entry.comment) else 0
