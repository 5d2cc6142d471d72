"""A message as a letter: plain text and HTML, under headers that every server takes."""

from __future__ import annotations

from collections.abc import Sequence
from email.charset import Charset
from email.header import Header
from email.message import Message as Letter
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from estafeta.accounts.models import Site
from estafeta.lib.text import one_line
from estafeta.notifications.channels.channel import Values
from estafeta.notifications.channels.mail import headers
from estafeta.notifications.channels.mail.addresses import is_address
from estafeta.notifications.channels.mail.senders import sender_for
from estafeta.notifications.channels.mail.server import server_of
from estafeta.notifications.content import ANNOUNCED, Content, by_ticket, public_address
from estafeta.notifications.models import Delivery

LONGEST_TEXT = 8000
LONGEST_FOLDED = 50
PROFILE = "/profile"


def letter_for(content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
    """Write it in the language of the moment; the same bundle gives the same Message-ID again."""
    target = bundle[0].target
    receiver = target.value if target is not None else bundle[0].address
    # What is no address is refused where it is sent, so that its owner hears of it.
    is_plain, is_good = receiver.isascii(), is_address(receiver)
    server = server_of(values)
    above = headers.headers_of(
        content, bundle, server=server, mailbox=str(values.get("reply_to", ""))
    )
    context = context_of(content, above.get("List-Unsubscribe", "").strip("<>"), bundle)
    mail = EmailMultiAlternatives(
        body=render_to_string("mail/letter.txt", context).strip() + "\n",
        from_email=sender_for(headers.department_of(content, bundle), server.sender),
        # An address in other letters than ours is put in below: Django would encode it.
        to=[receiver] if is_plain and is_good else [],
        headers=above,
    )
    mail.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
    # Base64 passes every server; bare Cyrillic letters only most of them.
    mail.encoding = Charset("utf-8")
    letter = mail.message()
    # Django folds a long line before its first word, and some readers then show a gap.
    _set_subject(letter, subject_of(content))
    by_hand = {name: value for name, value in above.items() if len(value) > LONGEST_FOLDED}
    for name in by_hand:
        del letter[name]
    if is_good and not is_plain:
        by_hand["To"] = receiver
    lines = "".join(f"{name}: {value}\r\n" for name, value in by_hand.items())
    # Django's messages know `linesep`, its stubs do not.
    return lines.encode() + letter.as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def subject_of(content: Content) -> str:
    """One line."""
    if content.own_words is not None:
        return content.own_words.subject
    if content.message is not None:
        return one_line(f"[#{content.message.number}] {content.message.subject}")
    if content.event == ANNOUNCED:
        return one_line(f"{content.title}: {content.text}")
    return one_line(content.title)


def context_of(content: Content, unsubscribe: str, bundle: Sequence[Delivery]) -> dict[str, object]:
    """What the two templates of a letter are made of."""
    is_cut = len(content.said) > LONGEST_TEXT
    return {
        "content": content,
        "message": content.message,
        "subject": subject_of(content),
        "said": content.said[:LONGEST_TEXT] + (" …" if is_cut else ""),
        "said_html": "" if is_cut else content.said_html,
        "groups": by_ticket(content.parts) if content.own_words is None else [],
        "is_personal": bundle[0].person_id is not None,
        "is_notice": content.event.startswith("notice."),
        "profile": public_address(PROFILE) if bundle[0].person_id is not None else "",
        "unsubscribe": unsubscribe,
        "organisation": Site.current().organisation_name or "Estafeta",
    }


def _set_subject(letter: Letter, subject: str) -> None:
    del letter["Subject"]
    charset = "us-ascii" if subject.isascii() else "utf-8"
    header: Any = Header(subject, charset, header_name="Subject")
    Letter.__setitem__(letter, "Subject", header)
