"""E-mail over SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from estafeta.accounts.models import Person
from estafeta.notifications.channels.mail.letter import letter_for
from estafeta.notifications.channels.mail.smtp import SmtpConnection
from estafeta.notifications.models import Delivery


class Mail:
    """One letter for each notification, to whoever wants mail."""

    def address_of(self, person: Person) -> str:
        """The person's e-mail; nothing while no mail server is configured."""
        return person.email if settings.EMAIL_HOST and person.mail_wanted else ""

    def write(self, delivery: Delivery) -> bytes:
        """Write the letter."""
        return letter_for(delivery)

    @contextmanager
    def open(self) -> Iterator[SmtpConnection]:
        """Keep one connection for many letters."""
        connection = SmtpConnection()
        try:
            yield connection
        finally:
            connection.close()
