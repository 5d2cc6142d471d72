"""E-mail over SMTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Target, Values
from estafeta.notifications.channels.mail.letter import letter_for
from estafeta.notifications.channels.mail.smtp import SmtpConnection

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.notifications.content import Content
    from estafeta.notifications.models import Address, Delivery


class Mail(Channel):
    """One letter for each bundle."""

    name = "mail"
    label = _("E-mail")
    icon = "mail"
    is_on_by_itself = True
    lines = 5

    def is_ready(self, values: Values) -> bool:
        """A mail server is configured."""
        return bool(settings.EMAIL_HOST)

    def targets_of(self, person: Person, addresses: Sequence[Address]) -> Iterable[Target]:
        """The person's e-mail."""
        return [Target(person.email)] if person.email else []

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Write the letter."""
        return letter_for(content, bundle)

    @contextmanager
    def open(self, values: Values) -> Iterator[SmtpConnection]:
        """Keep one connection for many letters."""
        connection = SmtpConnection()
        try:
            yield connection
        finally:
            connection.close()
