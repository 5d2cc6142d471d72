"""Who signs out leaves nothing behind: the next one at a shared computer must not read his messages."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from estafeta.notifications.models import Address

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

NAME = "webpush"
BROWSER = "browser"
"""Of an address's details: the name of the browser's session."""


def forget(person: Person, *, only: Collection[str] | None = None, but: str | None = None) -> None:
    """Browsers of ended sessions take no more; those of sessions that ran out long ago as well.

    What is no browser (a device that signs in with a token) has no session and stays.
    """
    rows = Address.objects.filter(person=person, channel=NAME, details__has_key=BROWSER)
    if only is not None:
        rows = rows.filter(details__browser__in=list(only))
    elif but is not None:
        rows = rows.exclude(details__browser=but)
    # What waits for them says then that its address was removed (`concern`).
    rows.delete()
