"""Contents said once for all who hear of one entry in one language and one zone.

A ticket for a department of two hundred is phrased once or twice instead of two hundred times.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from django.utils import timezone, translation

from estafeta.notifications import kinds
from estafeta.notifications.content import Content, shipped_content
from estafeta.notifications.models import Delivery
from estafeta.notifications.wording import applying
from estafeta.tickets import phrases


class Wordings:
    """Those of one claim."""

    def __init__(self) -> None:
        self._said: dict[Hashable, Content] = {}

    def of(self, rows: Sequence[Delivery]) -> Content:
        """What the message of these rows says, in the language and zone of the moment."""
        key = _key(rows)
        if key is None:
            return applying.apply(shipped_content(rows), rows)
        if key not in self._said:
            self._said[key] = shipped_content(rows)
        return applying.apply(self._said[key], rows)


def _key(rows: Sequence[Delivery]) -> Hashable:
    """None where the message is for this receiver alone."""
    if len(rows) != 1:
        return None
    [row] = rows
    moment = (translation.get_language(), str(timezone.get_current_timezone()))
    if row.notification is None:
        return (row.entry_id, row.announcement_id, *moment) if row.notice is None else None
    told = row.notification
    if told.stands_in_for_id is not None or told.amount > 1:
        return None
    entry, person = told.entry, told.person_id
    return (entry.pk, kinds.kind_of(entry, person), phrases.calls(entry, person), *moment)
