"""What stands above a letter: its name, its thread, who may answer, and how it is switched off."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from estafeta.accounts import tree
from estafeta.lib.mail_server import MailServer
from estafeta.notifications import reply_token, unsubscribing
from estafeta.notifications.channels.mail.addresses import ascii_host, is_host, sender_of
from estafeta.notifications.content import ANNOUNCED, Content, public_address
from estafeta.notifications.models import Delivery


def headers_of(
    content: Content, bundle: Sequence[Delivery], *, server: MailServer, mailbox: str
) -> dict[str, str]:
    """All but sender, receiver and subject. The same bundle gives the same ones again."""
    host = own_host(server)
    ticket, person = ticket_in(content), bundle[0].person_id
    headers = {
        "Message-ID": f"<{_about(content, bundle, ticket)}.{name_of(bundle)}@{host}>",
        # Holiday answers must not come back to us.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if ticket is not None:
        headers["In-Reply-To"] = headers["References"] = thread_id(ticket, host)
        if mailbox and person is not None:
            headers["Reply-To"] = reply_token.address_for(mailbox, ticket, person)
    if content.event == ANNOUNCED:
        headers["Precedence"] = "bulk"
    if list_id := _list_id(content, bundle, host):
        headers["List-Id"] = list_id
    return headers | _unsubscribe(content, person)


def name_of(bundle: Sequence[Delivery]) -> int:
    """The delivery under whose name the bundle travels, however often it is sent."""
    return bundle[0].bundle or min(delivery.pk for delivery in bundle)


def thread_id(ticket: int, host: str) -> str:
    """To this all letters of a ticket answer; it stands for the ticket itself, no letter bears it."""
    return f"<ticket-{ticket}@{host}>"


def ticket_in(content: Content) -> int | None:
    """The one ticket that it tells of."""
    if content.message is not None:
        return content.message.number
    numbers = {part.message.number if part.message else None for part in content.parts}
    return numbers.pop() if len(numbers) == 1 else None


def own_host(server: MailServer) -> str:
    """A name of our own for identifiers: the public host, else the sender's."""
    _name, address = sender_of(server.sender) or ("", "")
    sender = address.rpartition("@")[2]
    for host in (urlsplit(public_address("/")).hostname or "", sender):
        if is_host(host):
            return ascii_host(host)
    return "localhost"


def department_of(content: Content, bundle: Sequence[Delivery]) -> int | None:
    """Where the ticket stands that it tells of."""
    if ticket_in(content) is None:
        return None
    delivery = bundle[0]
    entry = delivery.notification.entry if delivery.notification else delivery.entry
    return entry.ticket.department_id if entry else None


def _about(content: Content, bundle: Sequence[Delivery], ticket: int | None) -> str:
    if ticket is not None:
        return f"ticket-{ticket}"
    if content.event == ANNOUNCED:
        return f"announcement-{bundle[0].announcement_id}"
    return "summary" if content.parts else "notice"


def _list_id(content: Content, bundle: Sequence[Delivery], host: str) -> str:
    department = department_of(content, bundle)
    if department is not None:
        row = tree.by_id([department]).get(department)
        # A name of other letters would need encoding, which not every filter of a mailbox reads.
        name = f'"{row.name}" ' if row and row.name.isascii() and '"' not in row.name else ""
        return f"{name}<department-{department}.{host}>"
    if content.event == ANNOUNCED:
        return f"<announcements.{host}>"
    return f"<summaries.{host}>" if content.parts else ""


def _unsubscribe(content: Content, person: int | None) -> dict[str, str]:
    ask = unsubscribing.ask_of(content, person) if person is not None else None
    address = public_address(unsubscribing.path_for(ask)) if ask else ""
    if not address:
        return {}
    headers = {"List-Unsubscribe": f"<{address}>"}
    # RFC 8058 is for https alone; over http the link leads to a page.
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
