"""The address that answers to a letter go to: it says whose answer to which ticket it is.

Mail servers may change the case of what stands before an @, so the token uses small letters and
digits alone; eighty bits of HMAC make it useless to guess one.
"""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

_SALT = "estafeta.notifications.reply_token"
_TOKEN = re.compile(r"([0-9a-z]{1,13})-([0-9a-z]{1,13})-([a-z2-7]{16})")
LARGEST = 2**63


class Answer(NamedTuple):
    """Whose answer to which ticket."""

    ticket: int
    person: int


def token_for(ticket: int, person: int) -> str:
    """What stands after the plus."""
    return f"{int_to_base36(ticket)}-{int_to_base36(person)}-{_mark(ticket, person)}"


def read(token: str) -> Answer | None:
    """Who answers to what; None if we never wrote this. Rights have to be asked then as always."""
    match = _TOKEN.fullmatch(token.lower())
    if match is None:
        return None
    ticket, person = base36_to_int(match[1]), base36_to_int(match[2])
    if max(ticket, person) >= LARGEST:
        return None
    return (
        Answer(ticket, person) if constant_time_compare(_mark(ticket, person), match[3]) else None
    )


def address_for(mailbox: str, ticket: int, person: int) -> str:
    """`desk@example.org` as `desk+<token>@example.org`."""
    local, _at, host = mailbox.rpartition("@")
    return f"{local}+{token_for(ticket, person)}@{host}"


def read_address(address: str) -> Answer | None:
    """The same from a whole address."""
    local, _at, _host = address.rpartition("@")
    return read(local.partition("+")[2])


def _mark(ticket: int, person: int) -> str:
    digest = salted_hmac(_SALT, f"{ticket} {person}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
