"""Plans the month that is over: when each plot happens, and to whom."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from estafeta.ops.demo.people import MEMBERS
from estafeta.ops.demo.plots import BY_PHONE, PLOTS, WITH_DEADLINE, Plot
from estafeta.ops.demo.roads import ACCEPTED, ROADS, Way
from estafeta.ops.demo.steps import Step
from estafeta.ops.demo.texts import Story, Texts
from estafeta.ops.demo.worktime import WorkTime
from estafeta.tickets.models import Acceptance

DAY = 9.0
"""Hours of work."""
OLDEST, YOUNGEST = 22 * DAY, 0.8 * DAY
TRIES = 40


class Month:
    """Turns plots into steps; the same seed gives the same month."""

    def __init__(self, texts: Texts, worktime: WorkTime, dice: random.Random) -> None:
        self.texts, self.worktime, self.dice = texts, worktime, dice

    def steps(self) -> Iterator[Step]:
        """All steps of the past, ticket by ticket."""
        number = 0
        for plot in PLOTS:
            for _time in range(plot.times):
                yield from self._ticket(number, plot)
                number += 1

    def _ticket(self, number: int, plot: Plot) -> list[Step]:
        performer = self.dice.choice(plot.done_by)
        author = self.dice.choice([who for who in plot.asked_by if who != performer])
        by_phone = plot.key in BY_PHONE and self.dice.random() < 0.4
        if by_phone:
            author = MEMBERS[plot.to][0]
        story = self.filled(self.texts.stories[plot.key], plot.n)
        caller = BY_PHONE[plot.key] if by_phone else ""
        way = Way(plot, story, self.texts, author, performer, caller, self.dice)
        for _try in range(TRIES):
            begin = self.worktime.ago(self.dice.uniform(YOUNGEST, OLDEST))
            steps = self._walk(number, way, begin)
            if steps[-1].at < self.worktime.ago(0.6 * DAY):
                return steps
        return self._walk(number, way, self.worktime.ago(OLDEST))

    def _walk(self, number: int, way: Way, begin: datetime) -> list[Step]:
        opened = Step(begin, number, "open_ticket", *self._opening(way, begin))
        steps, at = [opened], begin
        for hours, verb, by, words in ROADS[way.plot.road](way):
            at = self.worktime.later(at, hours)
            steps.append(Step(at, number, verb, by, words))
        return steps

    def _opening(self, way: Way, begin: datetime) -> tuple[str, dict[str, Any]]:
        plot = way.plot
        words: dict[str, Any] = {
            "title": way.story.title, "text": way.story.text, "department": plot.to,
            "topic": plot.topic, "priority": self._priority(plot),
            "acceptance": Acceptance.AUTHOR if plot.road in ACCEPTED else Acceptance.NOBODY,
        }  # fmt: skip
        if plot.road == "in_person":
            words["people"] = (way.performer,)
        if plot.key in WITH_DEADLINE:
            words["deadline"] = self.worktime.later(begin, self.dice.uniform(18, 45))
        if way.caller:
            words["requester"] = way.caller
        return way.author, words

    def _priority(self, plot: Plot) -> int:
        return plot.priority if self.dice.random() < 0.8 else 2

    def filled(self, story: Story, numbers: tuple[int, int]) -> Story:
        """The story with a room, a machine, a month and a number for this once."""
        last = self.worktime.ago(3 * DAY).month - 2
        blanks = {
            "room": self.dice.choice((109, 112, 205, 208, 214, 215, 216, 217, 301, 304)),
            "machine": self.dice.choice(self.texts.machines),
            "month": self.texts.months[(last - self.dice.randrange(3)) % 12],
            "n": self.dice.randint(*numbers),
        }
        return replace(story, **{key: text.format(**blanks) for key, text in vars(story).items()})
