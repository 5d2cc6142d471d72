"""E-mail over SMTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from estafeta.notifications.channels.channel import Channel, Given, Target, Values
from estafeta.notifications.channels.mail.form import MailAddressForm, MailForm
from estafeta.notifications.channels.mail.letter import letter_for
from estafeta.notifications.channels.mail.server import server_of, set_outside
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
    form = MailForm
    help = _(
        "Name the server that sends mail for your organisation. For the domain of the sender it must "
        "be named in the SPF record, and sign with DKIM if it can: else letters end as spam."
    )
    needed = ("host",)
    is_on_by_itself = True
    lines = 5
    is_on_card = True
    address_form = MailAddressForm
    address_help = _("A mailbox that several people of the department read.")
    for_people = False
    for_departments = True

    def is_ready(self, values: Values) -> bool:
        """A mail server is configured."""
        return bool(server_of(values).host)

    def set_outside(self) -> Mapping[str, Any]:
        """What whoever runs the server has set."""
        return set_outside()

    def targets_of(self, person: Person, addresses: Sequence[Address]) -> Iterable[Target]:
        """The person's e-mail."""
        return [Target(person.email)] if person.email else []

    def objection(self, delivery: Delivery) -> str:
        """The person has no e-mail any more."""
        from estafeta.notifications.concern import REMOVED

        is_gone = delivery.target is None and delivery.person and not delivery.person.email
        return REMOVED if is_gone else ""

    def check_address(self, given: Values) -> Given:
        """A mailbox of a department."""
        return Given(given["address"], given["address"])

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        """Write the letter."""
        return letter_for(content, bundle, values)

    @contextmanager
    def open(self, values: Values) -> Iterator[SmtpConnection]:
        """Keep one connection for many letters."""
        connection = SmtpConnection(server_of(values))
        try:
            yield connection
        finally:
            connection.close()
