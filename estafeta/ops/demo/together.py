"""What today's tickets have to do with each other, and several people with one of them.

Hours are hours of work before now, as in `present.py`; deadlines are hours from now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from estafeta.ops.demo.month import Month
from estafeta.ops.demo.present import PRESENT
from estafeta.ops.demo.steps import Step
from estafeta.tickets.models import LinkKind

EVERYBODY = ("agent", "it2", "it3")


def steps(month: Month, first: int) -> Iterator[Step]:
    """`first` is the number of the first of the present tickets."""
    number: dict[str, int] = {}
    for place, live in enumerate(PRESENT, first):
        number.setdefault(live.key, place)
    briefing, cable, phone = range(first + len(PRESENT), first + len(PRESENT) + 3)
    ago, says, tags = month.worktime.ago, month.texts.together, month.texts.tags
    in_hours = {hours: month.worktime.now + timedelta(hours=hours) for hours in (26, 50, 74)}

    def step(hours: float, ticket: int | str, verb: str, by: str, **words: Any) -> Step:
        return Step(
            ago(hours), ticket if isinstance(ticket, int) else number[ticket], verb, by, words
        )

    yield step(
        6, briefing, "open_ticket", "director", title=says["briefing_title"],
        text=says["briefing_text"], department="it", people=EVERYBODY, separate=True,
        deadline=in_hours[74],
    )  # fmt: skip
    yield step(5.5, briefing, "acknowledge", "agent")
    yield step(5, briefing, "take", "it2")
    yield step(4, briefing, "complete", "it2", reason=says["briefing_done"])
    yield step(
        24, "workplace", "add_subtask", "agent", title=says["cable"], department="network",
        makes=cable,
    )  # fmt: skip
    yield step(20, cable, "take", "net2")
    yield step(12, cable, "complete", "net2", reason=says["cable_done"])
    yield step(
        0.5, "workplace", "add_subtask", "agent", title=says["phone"], department="network",
        makes=phone,
    )  # fmt: skip
    yield step(15, "monitor", "tag", "agent", add=tags)
    yield step(26, "wifi", "tag", "net2", add=tags[1:])
    yield step(14, "monitor", "link", "agent", other=number["workplace"], kind=LinkKind.BLOCKS)
    yield step(3, "scales", "follow", "head")
    yield step(1.7, "bank", "note", "head", text=says["mention"])
    yield step(
        1.5, "scanner", "propose_deadline", "agent", deadline=in_hours[26],
        reason=says["scanner_later"],
    )  # fmt: skip
    yield step(
        1.2, "combine", "propose_deadline", "shop1", deadline=in_hours[50],
        reason=says["combine_later"],
    )  # fmt: skip
    yield step(
        1.1, "onec_slow", "hand_over", "it2", department="accounting", reason=says["to_accounting"]
    )  # fmt: skip
