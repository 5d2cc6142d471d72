"""The page in the frame of a preview: the letter itself, or the words of another channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.notifications.channels.mail.letter import context_of
from estafeta.notifications.channels.mail.subjects import subject_of
from estafeta.notifications.content import Content
from estafeta.notifications.models import Delivery, MessageTemplate
from estafeta.notifications.wording import saving
from estafeta.notifications.wording.applying import LETTER, in_words_of
from estafeta.notifications.wording.liquid import Fault
from estafeta.notifications.wording.preview import content_for
from estafeta.tickets import numbers
from estafeta.tickets.models import Ticket


@dataclass(frozen=True)
class Shown:
    """A whole HTML document."""

    html: str


def shown(
    event: str, language: str, channel: str, *, reader: Person, ticket: str, subject: str, body: str
) -> Shown:
    """Never an error page: what is wrong is said where the message would be."""
    warnings: list[str] = []
    found = _ticket(ticket, reader)
    if ticket.strip() and found is None:
        warnings.append(_("You see no ticket of this number, so here is an invented one."))
    content = content_for(event, found, reader=reader)
    try:
        template = saving.drafted(event, language, channel, subject=subject, body=body)
        if unknown := saving.unknown_in(template):
            warnings.append(_("Nothing is known by these names: %(names)s")
                            % {"names": ", ".join(unknown)})  # fmt: skip
        written = in_words_of(template, content, ticket=found, recipient=reader.name)
    except (Invalid, Fault) as fault:
        return _document("mail/preview/fault.html", {"reason": str(fault)})
    return _page(template, written, warnings, reader)


def _page(
    template: MessageTemplate, content: Content, warnings: list[str], reader: Person
) -> Shown:
    context: dict[str, Any] = {"warnings": warnings, "content": content}
    if template.channel != LETTER:
        return _document("mail/preview/text.html", context)
    delivery = Delivery(person=reader, channel=template.channel, address=reader.email)
    letter = render_to_string("mail/letter.html", context_of(content, "", [delivery]))
    head = render_to_string("mail/preview/head.html", {**context, "subject": subject_of(content)})
    body, mark, rest = letter.partition("<table")
    return Shown(f"{body}{head}{mark}{rest}")


def _document(name: str, context: dict[str, Any]) -> Shown:
    return Shown(render_to_string(name, context))


def _ticket(text: str, reader: Person) -> Ticket | None:
    number = numbers.read(text.strip())
    if number is None:
        return None
    rows = Ticket.objects.visible_to(reader).select_related("requester", "department")
    return rows.filter(pk=number).first()
