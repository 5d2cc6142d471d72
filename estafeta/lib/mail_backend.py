"""Django's own mails (links to set a password, seals) leave as every other letter does."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from estafeta.lib import mail_server

log = logging.getLogger(__name__)


class HouseBackend(EmailBackend):
    """Asks for the server each time it is opened: what administrators change counts at once."""

    def open(self) -> bool | None:
        """Connect, unless it is connected."""
        if self.connection is not None:
            return False
        try:
            self.connection = mail_server.connect(mail_server.current())
        except OSError:  # smtplib's errors are such as well
            if not self.fail_silently:
                raise
            return None
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send them in the name that is set; how many left."""
        server = mail_server.current()
        if not server.host:
            log.warning("%s mails are not sent: no mail server is set.", len(email_messages))
            return 0
        for message in email_messages:
            if message.from_email == settings.DEFAULT_FROM_EMAIL:
                message.from_email = server.sender
        # Django's stubs and Django differ in what comes back when nothing was sent.
        sent: Any = super().send_messages(email_messages)
        return int(sent or 0)
