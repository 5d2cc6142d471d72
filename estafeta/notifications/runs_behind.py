"""Which run over many tickets wrote an entry: the run's own list says so, for entries have no mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from estafeta.tickets.models import BulkRun, Entry


class Runs:
    """Which run wrote an entry."""

    def __init__(self, runs: Iterable[BulkRun]) -> None:
        self.begun_at: datetime | None = None
        self._of: dict[tuple[int, int, str], int] = {}
        for run in runs:
            if len(run.numbers) > 1:
                self.begun_at = min(run.begun_at, self.begun_at or run.begun_at)
                self._of |= {(number, seq, run.verb): run.pk for number, seq in run.done}

    @classmethod
    def around(cls, entries: Sequence[Entry]) -> Runs:
        """Those that were at work when the entries were written."""
        first, last = min(one.at for one in entries), max(one.at for one in entries)
        during = Q(finished_at=None) | Q(finished_at__gte=first)
        runs = BulkRun.objects.filter(
            during, person__in={one.actor_id for one in entries}, begun_at__lte=last
        )
        return cls(runs.only("verb", "numbers", "done", "begun_at"))

    def of(self, ticket: int, seq: int, verb: str) -> int | None:
        """The id of the run, if it was one."""
        return self._of.get((ticket, seq, verb))
