"""The mail server that counts: what is set outside wins over what administrators set on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from estafeta.configuration import Configuration
from estafeta.lib.mail_server import MailServer
from estafeta.notifications.channels.channel import Values

CONNECTION = ("host", "port", "security", "user", "password")
"""These are set together: a password must not wander to a server that it is not for."""
SHIPPED_SENDER = str(Configuration.model_fields["mail_from"].default)


def set_outside() -> Mapping[str, Any]:
    """What the environment or `settings.toml` say: field -> value."""
    found: dict[str, Any] = {}
    if settings.EMAIL_HOST:
        security = "starttls" if settings.EMAIL_USE_TLS else "none"
        found |= {
            "host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT,
            "security": "tls" if settings.EMAIL_USE_SSL else security,
            "user": settings.EMAIL_HOST_USER, "password": settings.EMAIL_HOST_PASSWORD,
        }  # fmt: skip
    if settings.DEFAULT_FROM_EMAIL != SHIPPED_SENDER:
        found["sender"] = settings.DEFAULT_FROM_EMAIL
    return found


def server_of(values: Values) -> MailServer:
    """The server by these values of the page."""
    given = {**values, **set_outside()}
    return MailServer(
        host=given.get("host", ""),
        port=given.get("port") or MailServer.port,
        security=given.get("security") or MailServer.security,
        user=given.get("user", ""),
        password=given.get("password", ""),
        sender=given.get("sender") or SHIPPED_SENDER,
        verifies=given.get("verifies", True),
        authority=given.get("authority", ""),
        name=given.get("name", ""),
        timeout=float(settings.EMAIL_TIMEOUT or MailServer.timeout),
    )


def current() -> MailServer:
    """What is set now; the setting `MAIL_SERVER` names this."""
    from estafeta.notifications import channel_settings

    return server_of(channel_settings.values_of("mail"))
