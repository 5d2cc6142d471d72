"""Whom messages of talks turn to, for pop-ups of open pages; the words each page asks for itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from estafeta.chat import log
from estafeta.chat.calling import Call, Calls, Reason
from estafeta.chat.models import Change, ChangeKind
from estafeta.realtime.told import Told


class CallsSource:
    """Follows the changes of talks, too, but tells only those whom somebody calls."""

    name = "calls"

    def newest(self) -> int:
        return log.newest()

    def between(
        self, after: int, up_to: int, people: Collection[int], *, most: int
    ) -> tuple[Sequence[Told], int]:
        rows = Change.objects.filter(
            pk__gt=after, pk__lte=up_to, kind=ChangeKind.WRITTEN, message__deleted_at=None
        ).select_related("message__room")
        found = list(rows.order_by("pk")[:most])
        numbers = {change.message_id: change.pk for change in found}
        calls = Calls([change.message for change in found if change.message is not None])
        told = _told(calls.all(among=people), numbers)
        return list(told), found[-1].pk if len(found) == most else up_to


def _told(calls: Sequence[Call], numbers: dict[int | None, int]) -> Iterator[Told]:
    """One row for each message and reason, in the order of changes."""
    together: dict[tuple[int, Reason], list[Call]] = {}
    for call in calls:
        together.setdefault((call.message.pk, call.reason), []).append(call)
    for (message, reason), some in together.items():
        data = {"room": some[0].message.room_id, "message": message}
        people = {call.person.pk for call in some}
        yield Told(numbers[message], people, reason.value, json.dumps(data))
