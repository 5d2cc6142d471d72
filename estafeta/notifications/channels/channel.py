"""What a channel is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.notifications.models import Delivery


class DeliveryError(Exception):
    """A message could not be handed over. Permanent: it never will be, trying again is in vain."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Sender(Protocol):
    """An open way out, good for many messages; needs no database."""

    def send(self, message: bytes, *, to: str) -> str:
        """Hand the message over; give the name the receiving server has for it.

        Raises DeliveryError.
        """


class Channel(Protocol):
    """One way out of the house."""

    def address_of(self, person: Person) -> str:
        """Where to reach the person, or nothing: he does not want it, or cannot be reached so."""

    def write(self, delivery: Delivery) -> bytes:
        """Give the message in the receiver's language; the same delivery bears the same name."""

    def open(self) -> AbstractContextManager[Sender]:
        """Open the way; a server that is away shows when something is sent."""
