"""One ticket on its way: what is going to happen to it, and what it has come to.

`plan` decides the verbs beforehand; `Life.apply` does one of them and gives the facts the real verb
would have journaled. Written for speed: a large set has ten million of these steps. That the result
is what the product itself would have written is proved by its own check of the journal.
"""

from __future__ import annotations

import random
from typing import Any

from bench.sets.organisation import Organised
from bench.sets.prose import Text

HOUR = 3600
DAY = 86400
Move = tuple[int, str, int, Any]
"""Second, verb, actor, what the verb needs."""


class Life:
    """The state of one ticket."""

    __slots__ = (
        "acceptance", "author", "body", "changed", "closed", "department", "due", "head", "holds",
        "length", "number", "opened", "participants", "passes", "performer", "priority", "read",
        "requester", "returns", "status", "title", "topic", "wait_for", "words_public",
        "words_staff",
    )  # fmt: skip

    def __init__(self, number: int, title: Text, body: Text, author: int, department: int) -> None:
        self.number, self.title, self.body = number, title, body
        self.author = self.requester = author
        self.department = department
        self.status, self.performer, self.head, self.length = "new", None, "", 0
        self.priority, self.topic, self.acceptance = 2, None, "nobody"
        self.due: int | None = None
        self.wait_for = ""
        self.passes = self.returns = self.opened = self.changed = 0
        self.closed: int | None = None
        self.holds: list[list[Any]] = []
        self.participants: dict[int, list[Any]] = {}
        self.read: dict[int, int] = {}
        self.words_public: list[tuple[str, ...]] = [title.stems, body.stems]
        self.words_staff: list[tuple[str, ...]] = []

    def tie(self, person: int, *, addressee: bool = False, performs: bool = False) -> None:
        row = self.participants.setdefault(person, [False, False, False])
        row[0] |= addressee
        row[1] |= performs
        row[2] |= performs

    def hold(self, person: int | None, by: int, at: int, reason: str) -> None:
        self.let_go(at)
        self.holds.append([person, self.department, by, reason, at, None])

    def let_go(self, at: int) -> None:
        if self.holds and self.holds[-1][5] is None:
            self.holds[-1][5] = at

    def nobody_performs(self) -> None:
        for row in self.participants.values():
            row[0] = row[1] = False
        self.performer = None

    def perform(self, person: int, by: int, at: int, reason: str = "") -> None:
        self.nobody_performs()
        self.tie(person, performs=True)
        self.performer, self.status = person, "in_progress"
        self.hold(person, by, at, reason)

    def set_free(self, by: int, at: int, reason: str) -> None:
        self.nobody_performs()
        self.status = "new"
        self.hold(None, by, at, reason)

    def close(self, at: int, status: str) -> None:
        self.status, self.closed = status, at
        self.let_go(at)


class Planner:
    """Decides what will happen to a ticket."""

    def __init__(self, made: Organised, comments: list[Text], dice: random.Random) -> None:
        self.made, self.comments, self.dice = made, comments, dice

    def plan(self, life: Life, start: int, *, archive_after: int) -> list[Move]:
        """All moves after the opening, in time order."""
        dice, members = self.dice, self.made.members[life.department]
        pick, chance = dice.choice, dice.random
        worker = pick(members)
        at = start + int(dice.expovariate(1 / (3 * HOUR)))
        moves: list[Move] = []
        if chance() < 0.12:
            moves.append((at, "assign", members[0], worker))
        else:
            moves.append((at, "take", worker, None))
        at = self._talk(moves, at, life.requester, worker)
        if chance() < 0.2:
            at += dice.randint(HOUR, 20 * HOUR)
            target = pick(self.made.departments)
            heir = pick(self.made.members[target])
            moves.append((at, "hand_over", worker, (target, heir)))
            worker = heir
            at = self._talk(moves, at, life.requester, worker)
        if chance() < 0.25:
            at += dice.randint(HOUR, 10 * HOUR)
            moves.append((at, "wait", worker, "part"))
            at += dice.randint(5 * HOUR, 4 * DAY)
            moves.append((at, "resume", worker, None))
        if chance() < 0.15:
            at += dice.randint(60, HOUR)
            moves.append((at, "set_priority", members[0], dice.randint(1, 4)))
        at += int(dice.expovariate(1 / (12 * HOUR)))
        moves.append((at, "complete", worker, None))
        if life.acceptance != "nobody":
            at += dice.randint(HOUR, 30 * HOUR)
            if chance() < 0.2:
                moves.append((at, "return_to_work", life.author, None))
                at += dice.randint(HOUR, 20 * HOUR)
                moves.append((at, "complete", worker, None))
                at += dice.randint(HOUR, 10 * HOUR)
            moves.append((at, "accept", life.author, None))
        moves.append((at + archive_after, "archive", 0, None))
        return moves

    def _talk(self, moves: list[Move], at: int, requester: int, worker: int) -> int:
        dice = self.dice
        for _ in range(dice.choice((0, 1, 2, 4, 5, 8))):
            at += int(dice.expovariate(1 / (4 * HOUR))) + 30
            draw = dice.random()
            verb, who = ("note", worker) if draw < 0.3 else ("reply", worker)
            if draw > 0.65:
                verb, who = "reply", requester
            moves.append((at, verb, who, dice.choice(self.comments)))
        return at
