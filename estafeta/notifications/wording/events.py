"""What messages tell of, the variables that stand for it, and the shipped words as templates.

The letters that leave unchanged are written by code (`channels/mail/`); what stands here says the
same, for whoever wants to begin from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.content import GATHERED
from estafeta.notifications.kinds import OF_TALKS, Kind

Variables = dict[str, Any]
"""Name -> what it stands for, in words."""

EVERYWHERE: Variables = {
    "subject": _("The shipped subject of a letter"),
    "organisation": _("What your organisation is called"),
    "recipient": _("The name of whoever gets the message"),
    "link": _("Address of the page; empty while the address of the house is not set"),
    "button": _("A button that opens the page; outside of letters the address"),
}
OF_TICKETS: Variables = {
    "label": _("The number as people write it, like #IT-2417"),
    "number": _("The number alone, like 2417"),
    "title": _("Title of the ticket"),
    "actor": _("Who did it"),
    "phrase": _("What he did, like “takes the ticket”"),
    "quote": _("The beginning of what was said, on one line"),
    "said": _("What was said in full, as a quotation"),
    "files": _("Names of files that came with it"),
    "notice": _("What has to be noticed besides, if anything"),
    "facts": _("Of a ticket that comes to somebody: requester, priority, deadline in one line"),
    "hint": _("Why it comes to this person or how many it stands for, if anything"),
    "department": _("Where the ticket stands"),
    "requester": _("Whose ticket it is"),
    "status": _("Its status now"),
    "priority": _("Its priority now"),
    "deadline": _("Its deadline, if it has one"),
}
OF_GATHERED: Variables = {
    "count": _("How many messages it holds"),
    "title": _("How many messages, in words"),
    "tickets": _("The tickets: each has label, title, link and items; each item has actor, "
                 "phrase, quote and text"),
}  # fmt: skip
OF_ANNOUNCEMENTS: Variables = {
    "title": _("The word “Announcement”"),
    "said": _("Its text"),
    "hint": _("Who announced it"),
    "quote": _("The beginning of it, on one line"),
}
OF_THE_CHAT: Variables = {
    "title": _("Who writes to whom, or the room"),
    "text": _("What was written, a line for each message"),
}
OF_NOTICES: Variables = {
    "title": _("The shipped subject"),
    "text": _("The shipped text"),
}


@dataclass(frozen=True)
class Event:
    """One row of the page of templates."""

    name: str
    label: Any
    variables: Variables
    subject: str
    """Shipped, of a letter; Liquid."""
    heading: str
    """The same of every other channel."""
    letter: str
    """Shipped body of a letter; Liquid that gives Markdown."""
    short: str
    """Shipped text of every other channel; Liquid."""

    def words(self, channel: str) -> dict[str, str]:
        """The shipped subject and body for a channel."""
        subject = self.subject if channel == "mail" else self.heading
        return {"subject": subject, "body": self.body(channel)}

    def body(self, channel: str) -> str:
        """The shipped body for a channel."""
        return self.letter if channel == "mail" else self.short

    def variables_of(self) -> Variables:
        """All of its variables."""
        return {**self.variables, **EVERYWHERE}


_TICKET_LETTER = """\
**{{ label }} {{ title }}**

**{{ actor }}** {{ phrase }}

{% if notice %}*{{ notice }}*

{% endif %}{{ said }}

{% if files %}{{ files }}

{% endif %}{% if facts %}{{ facts }}

{% endif %}{% if hint %}{{ hint }}

{% endif %}{{ button }}
"""
_TICKET_SHORT = "{{ actor }} {{ phrase }}{% if quote %} — {{ quote }}{% endif %}"
_GATHERED_LETTER = """\
{% for ticket in tickets %}**{{ ticket.label }} {{ ticket.title }}**

{% for item in ticket.items %}* {{ item.text }}
{% endfor %}
{% endfor %}
{{ button }}
"""
_GATHERED_SHORT = """\
{% for ticket in tickets %}{{ ticket.label }} {{ ticket.title }}
{% for item in ticket.items %}· {{ item.text }}
{% endfor %}{% endfor %}"""


def _ticket(kind: Kind) -> Event:
    subject = "{{ subject }}" if kind == Kind.ESCALATED else "[#{{ number }}] {{ title }}"
    return Event(
        kind.value, kind.label, OF_TICKETS, subject, "{{ label }} {{ title }}", _TICKET_LETTER,
        _TICKET_SHORT,
    )  # fmt: skip


def _talk(kind: Kind) -> Event:
    letter = "{{ text }}\n\n{{ button }}\n"
    return Event(
        kind.value, kind.label, OF_THE_CHAT, "{{ title }}", "{{ title }}", letter, "{{ text }}"
    )


def _notice(name: str, label: Any) -> Event:
    words = "{{ text }}\n\n{{ button }}\n"
    return Event(
        f"notice.{name}", label, OF_NOTICES, "{{ title }}", "{{ title }}", words, "{{ text }}"
    )


EVENTS: dict[str, Event] = {
    event.name: event
    for event in (
        *(_ticket(kind) for kind in Kind if kind not in {Kind.ANNOUNCED, *OF_TALKS}),
        *(_talk(kind) for kind in Kind if kind in OF_TALKS),
        Event(
            GATHERED, _("Several messages in one"), OF_GATHERED, "{{ subject }}", "{{ title }}",
            _GATHERED_LETTER, _GATHERED_SHORT,
        ),
        Event(
            Kind.ANNOUNCED.value, Kind.ANNOUNCED.label, OF_ANNOUNCEMENTS,
            "{{ subject }}", "{{ title }}", "{{ said }}\n\n{{ hint }}\n\n{{ button }}\n", "{{ quote }}",
        ),
        _notice("test", _("Test message")),
        _notice("code", _("Code that proves an address")),
        _notice("address_stopped", _("An address no longer works")),
    )
}  # fmt: skip
