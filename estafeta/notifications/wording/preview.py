"""How words would read: on a real ticket that whoever asks may see, else on an invented one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Announcement, Person
from estafeta.lib import markdown
from estafeta.notifications import kinds
from estafeta.notifications.content import (
    ANNOUNCED,
    GATHERED,
    Content,
    gathered,
    of_announcement,
    of_entry,
    public_address,
)
from estafeta.notifications.message import Message, notice_of
from estafeta.notifications.notices import NOTICES
from estafeta.notifications.talks.saying import Line, Spoken, of_talk
from estafeta.tickets import phrases
from estafeta.tickets.models import Entry
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

SAMPLE_NUMBER = 2417
SHOWN_BY: dict[str, Verb] = {
    kinds.Kind.OFFERED: Verb.OPEN, kinds.Kind.TAKEN: Verb.TAKE, kinds.Kind.NOTED: Verb.NOTE,
    kinds.Kind.WAITING: Verb.RESUME, kinds.Kind.DONE: Verb.COMPLETE,
    kinds.Kind.DEADLINE: Verb.SET_PRIORITY, kinds.Kind.CHANGED: Verb.UNARCHIVE,
    kinds.Kind.REMINDED: Verb.NUDGE, kinds.Kind.ESCALATED: Verb.ESCALATE,
}  # fmt: skip
"""Kinds of events -> what an invented ticket shows of them; of others a reply."""
FACTS = {
    "code": "482913", "channel": "mail", "address": "anna@example.org",
    "reason": "550 5.1.1 No such user here",
}  # fmt: skip


def content_for(event: str, ticket: Ticket | None, *, reader: Person) -> Content:
    """What would be told, in the language of the moment."""
    if event.startswith("notice."):
        return NOTICES[event.removeprefix("notice.")](FACTS)
    if event == ANNOUNCED:
        text = _("On Saturday from 10 to 12 the servers stand still. **Save your work** before.")
        author = Person(name=_("Anna Sample"))
        html = markdown.render(text)
        return of_announcement(Announcement(pk=0, text=text, text_html=html, author=author))
    if event in kinds.OF_TALKS:
        return _talk(kinds.Kind(event))
    if ticket is None:
        return gathered(_samples()) if event == GATHERED else _sample(event)
    entries = _entries(ticket, reader)
    if event == GATHERED:
        return gathered([of_entry(entry, to=reader.pk) for entry in reversed(entries[:3])])
    fitting = (entry for entry in entries if kinds.kind_of(entry, reader.pk) == event)
    return of_entry(next(fitting, entries[0]), to=reader.pk)


def _talk(kind: kinds.Kind) -> Content:
    line = Line(_("Anna Sample"), _("Good morning! The printer does not print again."))
    room = _("Common room") if kind == kinds.Kind.ROOM else ""
    content = of_talk(kind, Spoken([line], 1, "/chat", 0, room))
    return replace(content, link=content.link or "https://desk.example.org/chat")


def _entries(ticket: Ticket, reader: Person) -> list[Entry]:
    """The newest ones that the reader may read, the newest first; there is always one."""
    rows = ticket.entries.readable_by(reader).select_related("ticket", "actor", "comment")
    return list(rows.order_by("-pk")[:100])


def _sample(event: str, *, number: int = SAMPLE_NUMBER) -> Content:
    said = _("The printer on the second floor shows **error 13** again.")
    entry = Entry(
        verb=SHOWN_BY.get(event, Verb.REPLY), facts=_facts(is_called=event == kinds.Kind.MENTIONED)
    )
    message = Message(
        number=number, label=f"#{number}", subject=_("The printer does not print"),
        actor=Person(name=_("Anna Sample")), quote=markdown.plain(said),
        phrase=phrases.phrase(entry, to=1),
        notice=notice_of(entry),
    )  # fmt: skip
    return Content(
        title=message.title, text=message.text, said=said, said_html=markdown.render(said),
        link=public_address(message.path) or f"https://desk.example.org{message.path}",
        message=message, event=event,
    )  # fmt: skip


def _facts(*, is_called: bool) -> dict[str, Any]:
    person = {"id": 1, "name": _("Anna Sample")}
    return {
        "mentions": [person] if is_called else [], "department": {"name": _("Repairs")}, "step": 2, "old": 2, "new": 4,
    }  # fmt: skip


def _samples() -> list[Content]:
    event = kinds.Kind.REPLIED.value
    return [_sample(event), _sample(event), _sample(event, number=SAMPLE_NUMBER + 1)]
