"""How a ticket of the past goes from opening to its end, step by step.

A road yields (hours of work since the step before, verb, who, words).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from estafeta.ops.demo.people import MEMBERS
from estafeta.ops.demo.plots import PASSED_TO, Plot
from estafeta.ops.demo.texts import Story, Texts
from estafeta.tickets.models import WaitFor

Move = tuple[float, str, str, dict[str, Any]]


@dataclass(frozen=True)
class Way:
    """Who meets on this ticket, and the story with its blanks filled; `caller` only ever phones."""

    plot: Plot
    story: Story
    texts: Texts
    author: str
    performer: str
    caller: str
    dice: random.Random

    def some(self, hours: float) -> float:
        """About so many hours."""
        return hours * self.dice.uniform(0.4, 1.7)


def _take(way: Way, within: float = 1.5) -> Move:
    head = MEMBERS[way.plot.to][0]
    if way.performer != head and way.dice.random() < 0.15:
        return way.some(within), "assign", head, {"people": (way.performer,)}
    return way.some(within), "take", way.performer, {}


def _complete(way: Way, hours: float, by: str = "") -> Move:
    return way.some(hours), "complete", by or way.performer, {"reason": way.story.done}


def plain(way: Way) -> Iterator[Move]:
    """Taken and done; now and then somebody else had it first and put it down."""
    others = [who for who in way.plot.done_by if who != way.performer]
    if others and way.dice.random() < 0.1:
        first = way.dice.choice(others)
        yield way.some(1), "take", first, {}
        yield way.some(2), "release", first, {"reason": way.texts.returned_free}
    yield _take(way)
    if way.dice.random() < 0.35:
        says = way.dice.choice(way.texts.working_on_it)
        yield way.some(0.2), "reply", way.performer, {"text": says}
    if way.story.note:
        yield way.some(way.plot.hours / 3), "note", way.performer, {"text": way.story.note}
    yield _complete(way, way.plot.hours)
    if way.dice.random() < 0.3:
        yield way.some(1), "reply", way.author, {"text": way.dice.choice(way.texts.thanks)}


def question(way: Way) -> Iterator[Move]:
    """The performer asks, the ticket waits for the answer, which sets it going again."""
    yield _take(way)
    yield way.some(0.3), "reply", way.performer, {"text": way.story.ask}
    yield 0.02, "wait", way.performer, {"wait_for": WaitFor.REQUESTER}
    yield way.some(3), "reply", way.author, {"text": way.story.answer}
    yield _complete(way, way.plot.hours)


def part(way: Way) -> Iterator[Move]:
    """Something has to be delivered first."""
    yield _take(way)
    yield way.some(2), "wait", way.performer, {"wait_for": WaitFor.PART, "reason": way.story.wait}
    yield way.some(16), "resume", way.performer, {}
    yield _complete(way, way.plot.hours)


def passed_on(way: Way) -> Iterator[Move]:
    """The first to look hands it on, with the reason."""
    department, heir = PASSED_TO[way.plot.key]
    yield _take(way)
    words = {"department": department, "reason": way.story.passed}
    yield way.some(1.5), "hand_over", way.performer, words
    yield way.some(2), "take", heir, {}
    yield _complete(way, way.plot.hours, by=heir)


def accepted(way: Way) -> Iterator[Move]:
    """The author accepts the result."""
    yield _take(way)
    yield _complete(way, way.plot.hours)
    yield way.some(3), "accept", way.author, {"reason": way.dice.choice(way.texts.thanks)}


def returned(way: Way) -> Iterator[Move]:
    """The author returns the result once, and accepts it the second time."""
    yield _take(way)
    yield _complete(way, way.plot.hours)
    yield way.some(2), "return_to_work", way.author, {"reason": way.story.back}
    yield way.some(way.plot.hours / 2), "complete", way.performer, {}
    yield way.some(2), "accept", way.author, {"reason": way.dice.choice(way.texts.thanks)}


def in_person(way: Way) -> Iterator[Move]:
    """Addressed to a person, who confirms having seen it first."""
    yield way.some(0.5), "acknowledge", way.performer, {}
    yield _take(way, 3)
    yield _complete(way, way.plot.hours)
    yield way.some(3), "accept", way.author, {"reason": way.dice.choice(way.texts.thanks)}


def cancelled(way: Way) -> Iterator[Move]:
    """The author finds that nothing needs to be done."""
    yield way.some(1), "cancel", way.author, {"reason": way.story.cancel}


ROADS: dict[str, Callable[[Way], Iterator[Move]]] = {
    road.__name__: road
    for road in (plain, question, part, passed_on, accepted, returned, in_person, cancelled)
}
ACCEPTED = {"accepted", "returned", "in_person"}
"""Roads on which the author accepts the result."""
