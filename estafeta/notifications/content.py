"""What a message says, in the receiver's language, before a channel gives it its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Site
from estafeta.accounts.models.announcement import Level
from estafeta.lib.markdown import plain
from estafeta.lib.text import excerpt
from estafeta.notifications import kinds
from estafeta.notifications.message import LONGEST_QUOTE, LONGEST_READ, Message, message_of, said
from estafeta.tickets.models import Priority
from estafeta.tickets.phrases import moment
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Announcement
    from estafeta.notifications.models import Delivery, Notification
    from estafeta.tickets.models import Entry

GATHERED, ANNOUNCED = "gathered", kinds.Kind.ANNOUNCED.value
BELL, ANNOUNCEMENTS = "/notifications", "/announcements"
NOBODY = 0
FIRST = 10
"""So many tickets of a summary stand in its message."""


@dataclass(frozen=True)
class OwnWords:
    """What administrators have written for this message, with everything filled in."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Content:
    """One message. `link` is absolute, or empty while nobody has said where the house is."""

    title: str
    """The ticket, or what it is about, in one line."""
    text: str
    """What happened in one line, with the beginning of what was said."""
    said: str = ""
    """What was said in full, as it was typed."""
    said_html: str = ""
    """The same, as its page shows it; sanitised."""
    link: str = ""
    is_urgent: bool = False
    message: Message | None = None
    """Of the entry, where the message tells of exactly one."""
    parts: Sequence[Content] = field(default_factory=tuple)
    """What a gathered message consists of, the oldest first."""
    event: str = ""
    """What it tells of: a kind of event, `gathered`, `announced` or `notice.<name>`."""
    hint: str = ""
    """Why it comes to this person or how many it stands for; a sentence or nothing."""
    button: str = ""
    """What the link does, where that is more than opening what the message tells of."""
    facts: str = ""
    """What whoever gets the ticket has to know of it at once; a line or nothing."""
    talk: int | None = None
    """The room of the chat that it tells of."""
    own_words: OwnWords | None = None
    """For a letter, whose frame stays ours; other channels find them in `title` and `text`."""


def content_of(bundle: Sequence[Delivery]) -> Content:
    """Say it in the language of the moment (see `message.speaking_to`)."""
    from estafeta.notifications.wording import applying

    if len(bundle) > 1:
        return applying.apply(gathered([_single(delivery) for delivery in bundle]), bundle)
    return applying.apply(_single(bundle[0]), bundle)


def shipped_content(bundle: Sequence[Delivery]) -> Content:
    """The same in the shipped words."""
    parts = [_single(delivery) for delivery in bundle]
    return parts[0] if len(parts) == 1 else gathered(parts)


def of_entry(entry: Entry, *, to: int, hint: str = "") -> Content:
    """What one line of a journal tells a person, or nobody in particular."""
    message = message_of(entry, to=to)
    return Content(
        title=message.title,
        text=message.text,
        said=said(entry),
        said_html=_html_of(entry),
        link=public_address(message.path),
        is_urgent=entry.ticket.priority == Priority.URGENT,
        message=message,
        event=kinds.kind_of(entry, to).value,
        hint=hint,
        facts=_facts_of(entry),
    )


def of_notification(row: Notification) -> Content:
    """What one row of the bell tells its person."""
    if row.amount > 1:
        return of_summary(row)
    return of_entry(row.entry, to=row.person_id, hint=_hint_of(row))


def of_summary(row: Notification) -> Content:
    """What happened to many tickets at once: the first of them, and where the rest is."""
    from estafeta.notifications.summary import entries_of, message_about

    about = message_about(row)
    parts = [of_entry(one, to=row.person_id) for one in entries_of(row, most=FIRST).entries[:FIRST]]
    more = row.amount - len(parts)
    told = ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": more}
    return Content(
        title=about.title,
        text=about.text,
        link=public_address(about.path),
        is_urgent=any(part.is_urgent for part in parts),
        parts=tuple(parts),
        event=GATHERED,
        button=_("Show them all"),
        hint=" ".join(filter(None, [told if more > 0 else "", _hint_of(row)])),
    )


def of_announcement(announcement: Announcement) -> Content:
    """What everybody has to know."""
    return Content(
        title=_("Announcement"),
        text=excerpt(plain(announcement.text[:LONGEST_READ]), LONGEST_QUOTE),
        said=announcement.text,
        said_html=announcement.text_html,
        link=public_address(place_of(announcement)),
        is_urgent=announcement.level == Level.DANGER,
        event=ANNOUNCED,
        hint=_("Announced by %(name)s.") % {"name": announcement.author.name},
        button=_("Confirm that you have read it")
        if announcement.asks_for_word
        else _("Open the announcement"),
    )


def place_of(announcement: Announcement) -> str:
    """Where one reads it again, among all of them."""
    number = announcement.pk
    return f"{ANNOUNCEMENTS}?about={number}#announcement-{number}"


def by_ticket(parts: Sequence[Content]) -> list[list[Content]]:
    """The parts of a gathered message, those of one ticket together, in the order of the first."""
    found: dict[object, list[Content]] = {}
    for part in parts:
        found.setdefault(part.message.number if part.message else id(part), []).append(part)
    return list(found.values())


def public_address(path: str) -> str:
    """The path as people open it, or nothing while nobody has said where that is."""
    base = Site.current().address
    return f"{base}{path}" if base else ""


def _single(delivery: Delivery) -> Content:
    if delivery.notification is not None:
        return of_notification(delivery.notification)
    if delivery.entry is not None:
        return of_entry(delivery.entry, to=NOBODY)
    if delivery.announcement is not None:
        return of_announcement(delivery.announcement)
    from estafeta.notifications.talks.telling import content_of_talk
    from estafeta.notifications.talks.unread import is_of_a_talk

    if is_of_a_talk(delivery):
        return content_of_talk(delivery)
    from estafeta.notifications.notices import content_of_notice

    return content_of_notice(delivery)


def _hint_of(row: Notification) -> str:
    if row.stands_in_for is None:
        return ""
    return _("You get this for %(name)s, who is away.") % {"name": row.stands_in_for.name}


def gathered(parts: Sequence[Content]) -> Content:
    """Several messages as one."""
    groups = by_ticket(parts)
    title = ngettext("%(count)s message", "%(count)s messages", len(parts)) % {"count": len(parts)}
    if len(groups) == 1 and parts[0].message is not None:
        title, link = f"{parts[0].title} — {title}", parts[0].link
    else:
        link = public_address(BELL)
    lines = "\n".join(_lines(group) for group in groups)
    return Content(
        title=title,
        text=lines,
        link=link,
        is_urgent=any(part.is_urgent for part in parts),
        parts=tuple(parts),
        event=GATHERED,
    )


def _lines(group: Sequence[Content]) -> str:
    told = [f"· {part.text}" for part in group]
    return "\n".join([group[0].title, *told])


def _facts_of(entry: Entry) -> str:
    """Of a ticket that comes to somebody."""
    if kinds.KIND_OF.get(Verb(entry.verb)) != kinds.Kind.OFFERED:
        return ""
    ticket, told = entry.ticket, []
    if entry.verb == Verb.OPEN and ticket.requester_id != entry.actor_id:
        told.append(_("Requester: %(name)s") % {"name": ticket.requester.name})
    if ticket.priority != Priority.NORMAL:
        told.append(_("Priority: %(name)s") % {"name": ticket.get_priority_display()})
    if ticket.deadline:
        told.append(_("Deadline: %(moment)s") % {"moment": moment(ticket.deadline.isoformat())})
    return " · ".join(told)


def _html_of(entry: Entry) -> str:
    """What was written, as its page shows it; reasons are plain text and have no HTML."""
    if entry.comment is not None:
        return entry.comment.text_html
    return entry.ticket.text_html if entry.verb == Verb.OPEN else ""
