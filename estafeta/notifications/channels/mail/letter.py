"""A notification as a letter: headers that thread it under its ticket, text and HTML."""

from __future__ import annotations

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
from estafeta.notifications.message import message_of, said, speaking_to
from estafeta.notifications.models import Delivery
from estafeta.tickets.models import Entry
from estafeta.tickets.verbs import Verb

LONGEST_TEXT = 8000
PROFILE = "/profile"


def letter_for(delivery: Delivery) -> bytes:
    """Write it in the receiver's language; the same delivery gives the same Message-ID again."""
    notification = delivery.notification
    entry = notification.entry
    with speaking_to(notification.person):
        message = message_of(entry, to=notification.person_id)
        spoken = said(entry)
        profile = public_address(PROFILE)
        context = {
            "message": message,
            "entry": entry,
            "said": spoken[:LONGEST_TEXT],
            "is_cut": len(spoken) > LONGEST_TEXT,
            "said_html": _html_of(entry) if len(spoken) <= LONGEST_TEXT else "",
            "files": message.files,
            "link": public_address(message.path),
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


def public_address(path: str) -> str:
    """The path as people open it, or nothing while nobody has said where that is."""
    base = Site.current().address
    return f"{base}{path}" if base else ""


def message_id(delivery: Delivery) -> str:
    """Always the same for one delivery, so that a letter sent twice can be folded into one."""
    return f"<ticket-{delivery.notification.ticket_id}.{delivery.pk}@{_host()}>"


def thread_id(ticket: int) -> str:
    """To this all letters of a ticket answer; it stands for the ticket itself, no letter bears it."""
    return f"<ticket-{ticket}@{_host()}>"


def _host() -> str:
    """A name of our own for identifiers: the public host, else the sender's."""
    host = urlsplit(public_address("/")).hostname
    return host or parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _headers(delivery: Delivery, profile: str) -> dict[str, str]:
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


def _html_of(entry: Entry) -> str:
    """What was written, as its page shows it; reasons are plain text and have no HTML."""
    if entry.comment is not None:
        return entry.comment.text_html
    return entry.ticket.text_html if entry.verb == Verb.OPEN else ""
