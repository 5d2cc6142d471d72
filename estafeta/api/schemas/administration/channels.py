"""Channels, as administrators' programs watch and steer them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Named, Out
from estafeta.api.schemas.tickets import a_name
from estafeta.notifications.administering.health import Health
from estafeta.notifications.models import ChannelState
from estafeta.notifications.overview import Failures, Queue, Rate


class ChannelStateOut(Out):
    """How one is doing."""

    name: str
    label: str
    state: str = Field(description="off, missing, paused, broken or works")
    missing: list[str] = Field(description="What has to be filled in on its page")
    waiting: int
    due: int = Field(description="Of these, what should be on its way")
    waiting_since: datetime | None
    late_since: datetime | None
    sent_within_hour: int
    failed_within_hour: int
    last_sent_at: datetime | None
    last_failed_at: datetime | None
    last_error: str
    paused_at: datetime | None
    paused_by: Named | None
    broken_until: datetime | None = Field(description="Nothing is tried before")

    @classmethod
    def of(cls, health: Health, queue: Queue, rate: Rate, state: ChannelState) -> ChannelStateOut:
        """Nothing of what is set."""
        return cls(
            name=health.channel.name, label=str(health.channel.label), state=health.state,
            missing=health.missing, waiting=queue.waiting, due=queue.due,
            waiting_since=queue.oldest, late_since=queue.late_since,
            sent_within_hour=rate.sent_within_hour, failed_within_hour=rate.failed_within_hour,
            last_sent_at=health.sent_at, last_failed_at=health.failed_at,
            last_error=health.last_error, paused_at=health.paused_at,
            paused_by=a_name(state.paused_by) if state.paused_by else None,
            broken_until=health.broken_until,
        )  # fmt: skip


class ChannelStates(Out):
    """All of them."""

    channels: list[ChannelStateOut]


class FailuresOut(Out):
    """What failed for one cause."""

    channel: str
    cause: str
    amount: int
    last_at: datetime
    example: int = Field(description="Id of the newest of these deliveries")

    @classmethod
    def of(cls, row: Failures) -> FailuresOut:
        """As the page groups them."""
        return cls(**row._asdict())


class AllFailures(Out):
    """The most frequent first."""

    failures: list[FailuresOut]


class CauseBody(Body):
    """Which failures to try again."""

    cause: Annotated[str, StringConstraints(max_length=80)]


class TriedAgain(Out):
    """How many messages wait to be sent again."""

    queued: int
