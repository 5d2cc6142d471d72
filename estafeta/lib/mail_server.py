"""How mail leaves the house, for every floor that sends some: which server, and in whose name.

Where that is kept is a matter of a higher floor; the setting `MAIL_SERVER` names the function that
tells it, as `EMAIL_BACKEND` names a class.
"""

from __future__ import annotations

import base64
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.utils.module_loading import import_string

TIMEOUT = 20.0


@dataclass(frozen=True)
class MailServer:
    """The server, how to talk to it, and the sender of what nobody else signs."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    """none, starttls or tls."""
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    """`Name <address>` or an address."""
    verifies: bool = True
    """Whether a certificate has to be valid."""
    authority: str = ""
    """PEM of an authority of the house, trusted besides those of the system."""
    name: str = ""
    """What we call ourselves in the greeting; empty: the name of this machine."""
    timeout: float = TIMEOUT


def current() -> MailServer:
    """What is set now; without a host no mail can leave."""
    return cast(MailServer, import_string(settings.MAIL_SERVER)())


def connect(server: MailServer) -> smtplib.SMTP:
    """Greet it, protect the line and sign in. Raises smtplib.SMTPException or OSError."""
    name = server.name or DNS_NAME.get_fqdn()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=server.timeout, context=_context(server)
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, name, timeout=server.timeout)
    try:
        if server.security == "starttls":
            connection.starttls(context=_context(server))
        if server.user:
            _sign_in(connection, server)
    except BaseException:
        close(connection)
        raise
    return connection


def _sign_in(connection: smtplib.SMTP, server: MailServer) -> None:
    if server.user.isascii() and server.password.isascii():
        connection.login(server.user, server.password)
        return
    # Python's library knows no other letters than ASCII here; RFC 4616 says UTF-8.
    words = f"\0{server.user}\0{server.password}".encode()
    connection.ehlo_or_helo_if_needed()
    code, answer = connection.docmd("AUTH", f"PLAIN {base64.b64encode(words).decode()}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, answer)


def close(connection: smtplib.SMTP) -> None:
    """Say goodbye, if the other side still listens."""
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
    connection.close()


def _context(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.authority:
        context.load_verify_locations(cadata=server.authority)
    if not server.verifies:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
