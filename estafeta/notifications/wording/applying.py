"""The words of administrators in place of the shipped ones; where they fail, the shipped ones stay."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone, translation

from estafeta.lib.markdown import render
from estafeta.lib.short_memory import ShortMemory
from estafeta.lib.text import clean, one_line
from estafeta.notifications.content import Content, OwnWords
from estafeta.notifications.models import MessageTemplate
from estafeta.notifications.wording.liquid import Fault, rendered
from estafeta.notifications.wording.variables import Blocks, nobody, ticket_of, variables_of

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery
    from estafeta.tickets.models import Ticket

log = logging.getLogger(__name__)

LETTER = "mail"
Key = tuple[str, str, str]


def _rows() -> dict[Key, MessageTemplate]:
    return {(row.event, row.language, row.channel): row for row in MessageTemplate.objects.all()}


_kept = ShortMemory(_rows)


def forget() -> None:
    """Read again next time; for whoever has just changed one."""
    _kept.forget()


def apply(content: Content, bundle: Sequence[Delivery]) -> Content:
    """Say it as the installation wants it said, in the language of the moment."""
    delivery = bundle[0]
    template = template_for(content.event, delivery.channel)
    if template is None:
        return content
    recipient = delivery.person.name if delivery.person else nobody()
    return tried(template, content, ticket=ticket_of(bundle), recipient=recipient)


def template_for(event: str, channel: str) -> MessageTemplate | None:
    """What was written for it in the language of the moment, if anything."""
    templates = _kept.current()
    return templates.get((event, translation.get_language() or "", channel)) if templates else None


def tried(
    template: MessageTemplate, content: Content, *, ticket: Ticket | None, recipient: str
) -> Content:
    """Filled in; where that fails, as it is shipped."""
    try:
        return in_words_of(template, content, ticket=ticket, recipient=recipient)
    except Fault as fault:
        _write_down(template, fault)
    return content


def in_words_of(
    template: MessageTemplate, content: Content, *, ticket: Ticket | None, recipient: str
) -> Content:
    """Fill the template in. Raises Fault."""
    values = variables_of(content, ticket=ticket, recipient=recipient)
    subject = one_line(rendered(template.subject, values)) or content.title
    text = clean(rendered(template.body, values))
    if not text:
        raise Fault("Nothing is left of the text.")
    if template.channel != LETTER:
        return replace(content, title=subject, text=text, said="", said_html="", hint="", parts=())
    blocks = Blocks.fresh()
    values = variables_of(content, ticket=ticket, recipient=recipient, blocks=blocks)
    body = render(rendered(template.body, values, is_markdown=True))
    return replace(content, own_words=OwnWords(subject, text, _with_blocks(body, content, blocks)))


def _with_blocks(body: str, content: Content, blocks: Blocks) -> str:
    """Our own HTML where the template has put it; within a line the text alone."""
    from django.template.loader import render_to_string

    context = {"content": content}
    for word, name in ((blocks.said, "said"), (blocks.button, "button")):
        if word in body:
            body = _out_of_addresses(word, body)
            made = render_to_string(f"mail/block_{name}.html", context).strip()
            body = body.replace(f"<p>{word}</p>", made)
            body = body.replace(word, html.escape(content.said if name == "said" else content.link))
    return body


def _out_of_addresses(word: str, body: str) -> str:
    """In an address it would be what somebody wrote, unchecked."""
    return re.sub(rf"<[^>]*{word}[^>]*>", lambda tag: tag[0].replace(word, ""), body)


def _write_down(template: MessageTemplate, fault: Fault) -> None:
    log.warning("Template %s cannot be used: %s", template, fault.reason)
    # In no language: whoever reads it phrases it.
    failure = (f"{fault.line or ''}:{fault.reason}")[:500]
    # Once for each reason: a template that always fails must not make a write of every message.
    rows = MessageTemplate.objects.filter(pk=template.pk).exclude(Q(failure=failure))
    if template.failure != failure and rows.update(failed_at=timezone.now(), failure=failure):
        template.failure = failure
