"""What a person wants to hear of."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field, StringConstraints

from estafeta.api.schemas.base import Body, Out
from estafeta.notifications.default_wishes import Source
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import Rhythm, Wishes
from estafeta.notifications.wishes import Chosen
from estafeta.notifications.wishing import columns

Channel = Annotated[str, StringConstraints(max_length=20)]
Clock = Annotated[
    str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["22:00"])
]
Cells = Annotated[
    dict[Kind, dict[Channel, bool | None]],
    Field(
        description="Kind of event → channel, or `popup` → yes, no, or null: as others have it",
        max_length=len(Kind),
    ),
]


class ChoiceOut(Out):
    """One cell of the matrix."""

    wanted: bool
    decided_by: Source = Field(description="Whose word counts")
    department: str | None = Field(description="Its name, where a department has decided")


class WishesOut(Out):
    """What you hear of over which channels, and when messages may come."""

    matrix: dict[str, dict[str, ChoiceOut]] = Field(
        description="Kind of event → channel, or `popup` → what holds"
    )
    rhythm: Rhythm = Field(description="What holds now")
    own_rhythm: Rhythm | None = Field(description="What you chose; null: as others have it")
    daily_at: str
    quiet_from: str | None = Field(description="By the clock of your time zone")
    quiet_until: str | None
    is_quiet_at_weekends: bool
    urgent_breaks_quiet: bool
    quotes_talks: bool = Field(description="SMS may quote what is written in the chat")

    @classmethod
    def of(cls, chosen: Chosen) -> WishesOut:
        """With what others decide."""
        own = chosen.wishes or Wishes(daily_at=time(8))
        return cls(
            matrix={kind: {name: _cell(chosen, kind, name) for name in columns()} for kind in Kind},
            rhythm=chosen.rhythm, own_rhythm=Rhythm(own.rhythm) if own.rhythm else None,
            daily_at=_shown(own.daily_at) or "", quiet_from=_shown(own.quiet_from),
            quiet_until=_shown(own.quiet_until),
            is_quiet_at_weekends=own.is_quiet_at_weekends,
            urgent_breaks_quiet=own.urgent_breaks_quiet,
            quotes_talks=own.quotes_talks,
        )  # fmt: skip


def _shown(clock: time | None) -> str | None:
    return clock.strftime("%H:%M") if clock else None


def _cell(chosen: Chosen, kind: Kind, channel: str) -> ChoiceOut:
    choice = chosen.choice(kind, channel)
    return ChoiceOut(
        wanted=choice.is_wanted, decided_by=choice.source, department=choice.name or None
    )


class WishesBody(Body):
    """What is left out stays as it is."""

    matrix: Cells = Field(default_factory=dict)
    rhythm: Rhythm | None = Field(default=None, description="null: as others have it")
    daily_at: Clock = "08:00"
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    is_quiet_at_weekends: bool = False
    urgent_breaks_quiet: bool = True
    quotes_talks: bool = False


class MutedTicket(Out):
    """A ticket of which you hear no more."""

    number: int
    title: str


class Muted(Out):
    """Those that you still see."""

    tickets: list[MutedTicket]


class MuteOut(Out):
    """Whether you hear of the ticket."""

    muted: bool
