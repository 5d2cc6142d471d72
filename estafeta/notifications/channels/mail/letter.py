"""A message as a letter: plain text and HTML, under headers that every server takes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string

from estafeta.accounts.models import Site
from estafeta.notifications.channels.channel import Values
from estafeta.notifications.channels.mail import headers
from estafeta.notifications.channels.mail.addresses import is_address
from estafeta.notifications.channels.mail.assembling import assembled
from estafeta.notifications.channels.mail.bodies import GAP, Body, body_of
from estafeta.notifications.channels.mail.senders import sender_for
from estafeta.notifications.channels.mail.server import server_of
from estafeta.notifications.channels.mail.subjects import subject_of
from estafeta.notifications.content import Content, by_ticket, public_address
from estafeta.notifications.kinds import OF_TALKS
from estafeta.notifications.message import Message
from estafeta.notifications.models import Delivery

LONGEST_TEXT = 8000
WISHES = "/profile/notifications"


def letter_for(content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
    """Write it in the language of the moment; the same bundle gives the same Message-ID again."""
    target = bundle[0].target
    receiver = target.value if target is not None else bundle[0].address
    server = server_of(values)
    above = headers.headers_of(
        content, bundle, server=server, mailbox=str(values.get("reply_to", ""))
    )
    link = above.get("List-Unsubscribe", "").strip("<>")

    def make() -> Body:
        context = context_of(content, GAP if link else "", bundle)
        text = render_to_string("mail/letter.txt", context).strip() + "\n"
        return Body(text, render_to_string("mail/letter.html", context))

    body = body_of(content, is_personal=bundle[0].person_id is not None, make=make).filled(link)
    sender = sender_for(headers.department_of(content, bundle), server.sender)
    first = {"Subject": subject_of(content), "From": _encoded(sender)}
    letter = assembled(first | above, text=body.text, html=body.html)
    # What is no address is refused where it is sent, so that its owner hears of it. Letters of
    # another script stay as they are: a server that takes them takes them so (SMTPUTF8).
    return f"To: {receiver}\r\n".encode() + letter if is_address(receiver) else letter


@lru_cache(maxsize=64)
def _encoded(sender: str) -> str:
    return sanitize_address(sender, "utf-8")


def context_of(content: Content, unsubscribe: str, bundle: Sequence[Delivery]) -> dict[str, object]:
    """What the two templates of a letter are made of."""
    is_cut = len(content.said) > LONGEST_TEXT
    groups = by_ticket(content.parts) if content.own_words is None else []
    return {
        "content": content,
        "message": content.message,
        "subject": subject_of(content),
        "said": content.said[:LONGEST_TEXT] + (" …" if is_cut else ""),
        "said_html": "" if is_cut else content.said_html,
        "groups": groups,
        "told_alike": told_alike(groups),
        "is_personal": bundle[0].person_id is not None,
        "is_notice": content.event.startswith("notice."),
        "is_talk": content.event in OF_TALKS,
        "wishes": public_address(WISHES) if bundle[0].person_id is not None else "",
        "unsubscribe": unsubscribe,
        "organisation": Site.current().organisation_name or "Estafeta",
    }


def told_alike(groups: Sequence[Sequence[Content]]) -> Message | None:
    """What is the same of several tickets is said once, above them."""
    firsts = [group[0].message for group in groups if len(group) == 1]
    found = {(one.actor.pk, one.phrase): one for one in firsts if one is not None}
    is_one = len(found) == 1 and 1 < len(groups) == len(firsts) and None not in firsts
    return next(iter(found.values())) if is_one else None
