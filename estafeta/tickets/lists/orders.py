"""The orders in which lists can be read, and cursors: where in an order a page begins."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from estafeta.tickets.errors import Refused

if TYPE_CHECKING:
    from estafeta.tickets.models import Ticket

COLUMNS = {
    "changed": "changed_at",
    "number": "number",
    "deadline": "due",
    "priority": "priority",
    "opened": "opened_at",
}
"""Name of an order -> the column it reads along; the number decides between equals."""
_MOMENTS = {"changed_at", "due", "opened_at"}
_SIGNATURE = 12


class BadCursor(Refused):
    """A cursor that this installation has not given for this order (400)."""

    def __str__(self) -> str:
        return _("This page of the list does not exist. Open the list anew.")


@dataclass(frozen=True)
class Order:
    """By what, and which way; written `-changed` for newest first."""

    name: str = "changed"
    descending: bool = True

    @classmethod
    def read(cls, text: str) -> Order | None:
        """From an address; None if there is no such order."""
        name = text.removeprefix("-")
        return cls(name, text.startswith("-")) if name in COLUMNS else None

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name

    @property
    def column(self) -> str:
        """The field of Ticket."""
        return COLUMNS[self.name]

    def reversed(self) -> Order:
        """The other way round."""
        return Order(self.name, not self.descending)

    def keys(self) -> list[str]:
        """For `order_by`."""
        sign = "-" if self.descending else ""
        columns = [self.column] if self.column == "number" else [self.column, "number"]
        return [sign + column for column in columns]

    def beyond(self, cursor: Cursor) -> Q:
        """What comes after the cursor's place; the first term alone lets an index be used."""
        ahead = "lt" if self.descending else "gt"
        if self.column == "number":
            return Q(**{f"number__{ahead}": cursor.number})
        return Q(**{f"{self.column}__{ahead}e": cursor.value}) & (
            Q(**{f"{self.column}__{ahead}": cursor.value})
            | Q(**{f"number__{ahead}": cursor.number})
        )


@dataclass(frozen=True)
class Cursor:
    """A place in an order: the last ticket that was shown."""

    value: datetime | int
    number: int

    @classmethod
    def at(cls, ticket: Ticket, order: Order) -> Cursor:
        """The place of this ticket."""
        return cls(getattr(ticket, order.column), ticket.number)

    def write(self, order: Order) -> str:
        """As opaque text for an address; signed, so that only our own come back."""
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        content = json.dumps([str(order), value, self.number], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(_signature(content) + content).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, order: Order) -> Cursor:
        """Raises BadCursor."""
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        except (binascii.Error, UnicodeEncodeError) as wrong:
            raise BadCursor(text) from wrong
        signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
        if not constant_time_compare(signature, _signature(content)):
            raise BadCursor(text)
        name, value, number = json.loads(content)
        if name != str(order):
            raise BadCursor(text)
        if order.column in _MOMENTS:
            value = datetime.fromisoformat(value)
        return cls(value, number)


def _signature(content: bytes) -> bytes:
    return salted_hmac("estafeta.tickets.cursor", content).digest()[:_SIGNATURE]
