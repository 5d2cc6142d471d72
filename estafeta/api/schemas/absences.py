"""When somebody is away."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from estafeta.accounts.models import Absence
from estafeta.accounts.models.absence import LONGEST_REASON
from estafeta.api.schemas.base import Body, Id, Moment, Named, Out
from estafeta.api.schemas.tickets import a_name, maybe


class AbsenceOut(Out):
    """Somebody is away."""

    id: int
    person: Named
    starts_at: datetime
    ends_at: datetime | None = Field(description="null: until further notice")
    deputy: Named | None = Field(description="Who stands in; may be away himself")
    reason: str
    is_silent: bool = Field(description="Nothing is sent to the person meanwhile; the bell goes on")
    is_now: bool

    @classmethod
    def of(cls, row: Absence) -> AbsenceOut:
        """Expects the people loaded."""
        return cls(
            id=row.pk, person=a_name(row.person), starts_at=row.starts_at, ends_at=row.ends_at,
            deputy=maybe(row.deputy), reason=row.reason, is_silent=row.is_silent, is_now=row.is_now,
        )  # fmt: skip


class Absences(Out):
    """Those that last and those to come, the earliest first."""

    absences: list[AbsenceOut]


class AbsenceBody(Body):
    """An absence as it shall be."""

    starts_at: Moment
    ends_at: Moment | None = None
    deputy: Id | None = Field(default=None, description="Id of an agent")
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON)] = ""
    is_silent: bool = False


class AbsenceChange(Body):
    """What is left out stays as it is."""

    starts_at: Moment | None = None
    ends_at: Moment | None = None
    deputy: Id | None = None
    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON)] = ""
    is_silent: bool = False
