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

    @contextmanager
    def open(self) -> Iterator[MailSender]:
        """Keep one connection for all letters of a batch."""
        connection = SmtpConnection()
        try:
            yield MailSender(connection)
        finally:
            connection.close()


class MailSender:
    """Writes letters and hands them to the server."""

    def __init__(self, connection: SmtpConnection) -> None:
        self._connection = connection

    def send(self, delivery: Delivery) -> str:
        """Hand the letter over; give the server's answer, which names it."""
        letter = letter_for(delivery)
        return self._connection.send(letter, to=delivery.address)
