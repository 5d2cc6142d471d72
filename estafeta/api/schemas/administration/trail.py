"""The security trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from estafeta.accounts.models import SecurityEntry
from estafeta.api.schemas.base import Out, Page


class TrailLine(Out):
    """An entry of the security trail, with the names of its time."""

    seq: int
    kind: str
    label: str = Field(description="The kind in your language")
    actor: int | None = Field(description="Id of who did it; the name is among the facts")
    about: int | None = Field(description="Id of whom it is about")
    address: str = Field(description="From where; empty: not from a request")
    at: datetime
    facts: dict[str, Any]
    previous_hash: str
    hash: str

    @classmethod
    def of(cls, row: SecurityEntry) -> TrailLine:
        """As it stands in the table."""
        return cls(
            seq=row.seq, kind=row.kind, label=row.get_kind_display(), actor=row.actor_id,
            about=row.about_id, address=row.address, at=row.at, facts=row.facts,
            previous_hash=row.previous_hash, hash=row.hash,
        )  # fmt: skip


class Trail(Page):
    """Entries, the newest first."""

    entries: list[TrailLine]
