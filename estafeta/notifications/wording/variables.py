"""What the variables of a template stand for in one message: texts, numbers and lists of them only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from estafeta.accounts import tree
from estafeta.accounts.models import Site
from estafeta.notifications.channels.mail.subjects import subject_of
from estafeta.notifications.content import Content, by_ticket

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery
    from estafeta.tickets.models import Ticket

LONGEST_SAID = 8000


@dataclass(frozen=True)
class Blocks:
    """Words that stand in Markdown for what is made of our own HTML."""

    said: str
    button: str

    @classmethod
    def fresh(cls) -> Blocks:
        """Nobody can know them before."""
        return cls(f"said{uuid4().hex}", f"button{uuid4().hex}")


def variables_of(
    content: Content, *, ticket: Ticket | None, recipient: str, blocks: Blocks | None = None
) -> dict[str, Any]:
    """As text; with `blocks` what is shown as HTML of ours is a word that stands for it."""
    said = content.said[:LONGEST_SAID]
    values: dict[str, Any] = {
        "organisation": Site.current().organisation_name or "Estafeta",
        "recipient": recipient,
        "link": content.link,
        "button": blocks.button if blocks and content.link else content.link,
        "said": blocks.said if blocks and said else said,
        "title": content.title,
        "text": content.text,
        "quote": content.text,
        "hint": content.hint,
        "facts": content.facts,
        "subject": subject_of(content),
    }
    if content.parts:
        values |= {"count": len(content.parts), "tickets": _tickets(content.parts)}
    if content.message is not None:
        message = content.message
        values |= {
            "label": message.label,
            "number": message.number,
            "title": message.subject,
            "actor": message.actor.name,
            "phrase": message.phrase,
            "quote": message.quote,
            "notice": message.notice,
            "files": message.files,
        }
    if ticket is not None:
        values |= _ticket(ticket)
    return {name: _or_nothing(value) for name, value in values.items()}


def _or_nothing(value: Any) -> Any:
    """An empty text counts as true in Liquid; whoever writes `if` means that there is something."""
    if isinstance(value, list):
        return [_or_nothing(one) for one in value]
    if isinstance(value, dict):
        return {name: _or_nothing(one) for name, one in value.items()}
    return None if value == "" else value


def ticket_of(bundle: Sequence[Delivery]) -> Ticket | None:
    """The ticket that one message tells of, where it is one."""
    if len(bundle) > 1:
        return None
    delivery = bundle[0]
    entry = delivery.notification.entry if delivery.notification else delivery.entry
    return entry.ticket if entry else None


def _ticket(ticket: Ticket) -> dict[str, Any]:
    department = tree.by_id([ticket.department_id]).get(ticket.department_id)
    deadline = ticket.deadline
    return {
        "department": department.name if department else "",
        "requester": ticket.requester.name,
        "status": str(ticket.get_status_display()),
        "priority": str(ticket.get_priority_display()),
        "deadline": date_format(localtime(deadline), "SHORT_DATETIME_FORMAT") if deadline else "",
    }


def _tickets(parts: Sequence[Content]) -> list[dict[str, Any]]:
    return [
        {
            "label": group[0].message.label if group[0].message else "",
            "title": group[0].message.subject if group[0].message else group[0].title,
            "link": group[0].link,
            "items": [
                {
                    "text": part.text,
                    "actor": part.message.actor.name if part.message else "",
                    "phrase": part.message.phrase if part.message else "",
                    "quote": part.message.quote if part.message else part.text,
                }
                for part in group
            ],
        }
        for group in by_ticket(parts)
    ]


def nobody() -> str:
    """Who reads what goes to an address of a department."""
    return _("Colleagues")
