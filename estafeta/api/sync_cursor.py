"""How far a program has copied what concerns its person: an opaque word that it gives back.

It is not signed, for it opens nothing: whatever place is asked for, the answer holds only what the
person may see now. What it holds besides the place is there to notice that a copy has to be looked
through anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from estafeta.accounts.models import Department, Person
from estafeta.api.cursors import MOST_ID
from estafeta.api.problems import Refusal, of_parameter
from estafeta.tickets import since
from estafeta.tickets.models import Purge

KEPT = timedelta(days=30)
"""A copy that was not brought up to date for so long is made anew."""
PARAMETER = "since"


@dataclass(frozen=True)
class SyncCursor:
    """A place in the journal and the bell, and the round in which the copy was last looked through."""

    entry: int
    notification: int
    round: int
    """Milliseconds since 1970 at its begin."""
    page: int
    """The ticket after which the round goes on; 0: it has ended."""
    at: int
    """Seconds since 1970 at which it was given out."""
    rights: int
    views: int

    def __str__(self) -> str:
        plain = ".".join(map(str, astuple(self)))
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(cursor: str, now: datetime) -> SyncCursor:
    """The place in a cursor. Raises Refusal: 422 for one never given out, 410 for one too old."""
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        numbers = [int(part) for part in plain.split(".") if part.isdecimal() and len(part) < 20]
        found = SyncCursor(*numbers)
    except (binascii.Error, ValueError, TypeError):
        raise _never_given() from None
    if max(numbers) > MOST_ID or str(found) != cursor:
        raise _never_given()
    if now.timestamp() - found.at > KEPT.total_seconds():
        old = _("This cursor is older than %(days)s days.") % {"days": KEPT.days}
        what_to_do = _("Put your copy away and begin again without “since”.")
        raise Refusal(410, f"{old} {what_to_do}")
    return found


def rights_of(person: Person) -> int:
    """Another number as soon as other tickets may be his though nothing happened to them."""
    standing = since.own(person)
    told = (
        standing.person, standing.is_active, sorted(standing.departments), sorted(standing.headed),
        standing.led_organisation, Department.objects.exclude(merged_into=None).count(),
        Purge.objects.order_by("-pk").values_list("pk", flat=True).first(),
    )  # fmt: skip
    return number_of(repr(told))


def number_of(text: str) -> int:
    """A short number by which a change of a text shows."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:5])


def _never_given() -> Refusal:
    detail = _("This cursor was not given out here.")
    return Refusal(422, detail, body={"errors": [of_parameter(PARAMETER, detail)]})
