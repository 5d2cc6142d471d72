"""A notification as a letter: headers that thread it under its ticket, text and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from email.charset import Charset
from email.header import Header
from email.message import Message as Letter
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from estafeta.accounts.models import Site
from estafeta.lib.text import one_line
from estafeta.notifications.content import Content, public_address
from estafeta.notifications.models import Delivery

LONGEST_TEXT = 8000
PROFILE = "/profile"


def letter_for(content: Content, bundle: Sequence[Delivery]) -> bytes:
    """Write it in the language of the moment; the same bundle gives the same Message-ID again."""
    delivery = bundle[0]
    message = content.message
    assert message is not None
    assert delivery.notification is not None
    profile = public_address(PROFILE)
    context = {
        "message": message,
        "said": content.said[:LONGEST_TEXT],
        "is_cut": len(content.said) > LONGEST_TEXT,
        "said_html": content.said_html if len(content.said) <= LONGEST_TEXT else "",
        "files": message.files,
        "link": content.link,
        "profile": profile,
        "organisation": Site.current().organisation_name,
    }
    mail = EmailMultiAlternatives(
        body=render_to_string("mail/notification.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[delivery.address],
        headers=_headers(delivery, profile),
    )
    mail.attach_alternative(render_to_string("mail/notification.html", context), "text/html")
    # Base64 passes every server; bare Cyrillic letters only most of them.
    mail.encoding = Charset("utf-8")
    return _as_bytes(mail, subject=one_line(f"[#{message.number}] {message.subject}"))


def _as_bytes(mail: EmailMultiAlternatives, *, subject: str) -> bytes:
    letter = mail.message()
    # Django folds a long subject before its first word, and some readers then show a gap.
    del letter["Subject"]
    charset = "us-ascii" if subject.isascii() else "utf-8"
    Letter.__setitem__(letter, "Subject", Header(subject, charset, header_name="Subject"))
    # Django's messages know `linesep`, its stubs do not.
    return letter.as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def message_id(delivery: Delivery) -> str:
    """Always the same for one delivery, so that a letter sent twice can be folded into one."""
    assert delivery.notification is not None
    return f"<ticket-{delivery.notification.ticket_id}.{delivery.pk}@{_host()}>"


def thread_id(ticket: int) -> str:
    """To this all letters of a ticket answer; it stands for the ticket itself, no letter bears it."""
    return f"<ticket-{ticket}@{_host()}>"


def _host() -> str:
    """A name of our own for identifiers: the public host, else the sender's."""
    host = urlsplit(public_address("/")).hostname
    return host or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _headers(delivery: Delivery, profile: str) -> dict[str, str]:
    assert delivery.notification is not None
    thread = thread_id(delivery.notification.ticket_id)
    headers = {
        "Message-ID": message_id(delivery),
        "In-Reply-To": thread,
        "References": thread,
        # Holiday answers must not come back to us.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if profile:
        headers["List-Unsubscribe"] = f"<{profile}>"
    return headers
