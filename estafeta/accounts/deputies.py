"""Who is away now, and who stands in: the deputy, or his deputy if he is away himself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from estafeta.accounts.models.absence import Absence
from estafeta.lib import clock
from estafeta.lib.prepared import Prepared

if TYPE_CHECKING:
    pass

LONGEST_CHAIN = 5
"""So many deputies of deputies are asked; who is further away does not know the work."""


class Row(NamedTuple):
    """What is known of somebody who is away."""

    person: int
    deputy: int | None
    is_silent: bool
    ends_at: datetime | None

    @property
    def last_day(self) -> datetime | None:
        """A moment of the last day away: midnight belongs to the day that is over."""
        return self.ends_at - timedelta(microseconds=1) if self.ends_at else None


class Away:
    """Everybody who is away at one moment; one query."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.person: row for row in rows}

    @classmethod
    def at(cls, moment: datetime) -> Away:
        """As of this moment."""
        return cls(Row._make(values) for values in _AWAY(moment=moment))

    def of(self, person: int) -> Row | None:
        """Nothing for who is here."""
        return self._rows.get(person)

    def stand_in(self, person: int) -> int | None:
        """Who is here and stands in; nobody where a chain goes round, is too long or ends with none."""
        asked = {person}
        row = self._rows.get(person)
        while row is not None and row.deputy is not None:
            if row.deputy in asked or len(asked) > LONGEST_CHAIN:
                return None
            following = self._rows.get(row.deputy)
            if following is None:
                return row.deputy
            asked.add(row.deputy)
            row = following
        return None


def _away(moment: datetime) -> Any:
    from django.db.models import Case, F, When

    active = Case(When(deputy__is_active=True, then=F("deputy_id")), default=None)
    rows = Absence.objects.at(moment).order_by("pk")
    return rows.annotate(stand_in=active).values_list("person", "stand_in", "is_silent", "ends_at")


_AWAY = Prepared(_away)


def away_of(people: Iterable[int]) -> dict[int, Row]:
    """Of these people those who are away now; one small query, for pages that have little time."""
    wanted = list(people)
    if not wanted:
        return {}
    return {values[0]: Row._make(values) for values in _AWAY_OF(people=wanted, moment=clock.now())}


def _away_of(people: list[int], moment: datetime) -> Any:
    return _away(moment).filter(person__in=people)


_AWAY_OF = Prepared(_away_of)
