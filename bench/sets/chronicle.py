"""Plays years of an organisation day by day, so that rows come in the order of time as in life."""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bench.sets.deeds import Deeds
from bench.sets.life import DAY, HOUR, Life, Move, Planner
from bench.sets.organisation import Organised
from bench.sets.prose import Prose, Text
from bench.sizes import RARE_TICKETS, Size
from estafeta.notifications.tidy import REMEMBERED
from estafeta.tickets.models.ticket import NO_DEADLINE

YEARS_OF_DAYS = 4 * 365
ARCHIVE_AFTER = 7 * DAY
FORGOTTEN = 0.017
"""So many tickets stay on their way for good, besides those that are under way at the end."""
CLOCK = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(DAY)]


class Sink(Protocol):
    """Takes rows of a table, in the order of `tables.COLUMNS`."""

    def add(self, table: str, row: tuple[Any, ...]) -> None: ...


class Chronicle:
    """Makes all rows of the tickets' tables."""

    def __init__(
        self, size: Size, made: Organised, prose: Prose, dice: random.Random, *, system: int
    ) -> None:
        self.size, self.made, self.prose, self.dice, self.system = size, made, prose, dice, system
        self.planner = Planner(made, prose.comments, dice)
        self.deeds = Deeds(made)
        self.counts: dict[str, int] = defaultdict(int)
        self.buckets: dict[int, list[tuple[int, int, Life, Move]]] = defaultdict(list)
        self.sequence = 0
        end = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
        self.epoch = end - timedelta(days=YEARS_OF_DAYS)
        self.days = [(self.epoch + timedelta(days=day)).date() for day in range(YEARS_OF_DAYS + 30)]
        self.offset = self.epoch.hour * HOUR + self.epoch.minute * 60 + self.epoch.second
        # Older ones the worker would delete while others are measured.
        self.forgotten_before = YEARS_OF_DAYS * DAY - int(REMEMBERED.total_seconds()) + DAY
        self.authors = [*made.staff_department, *made.clients, *made.clients]
        self.weights = [len(made.members[pk]) for pk in made.departments]

    def write(self, sink: Sink, *, progress: Callable[[int, int], None]) -> None:
        """Give all rows to the sink; tickets that are still on their way at the end come last."""
        living: dict[int, Life] = {}
        number = 0
        for day in range(YEARS_OF_DAYS):
            until = self.size.tickets * (day + 1) // YEARS_OF_DAYS
            for _ in range(until - number):
                number += 1
                living[number] = self._conceive(number, day)
            for _at, _order, life, move in sorted(self.buckets.pop(day, ())):
                self._happen(sink, life, move)
                if move[1] == "archive":
                    self._bury(sink, living.pop(life.number))
            progress(number, self.size.tickets)
        for life in living.values():
            self._bury(sink, life)

    def _conceive(self, number: int, day: int) -> Life:
        dice, made = self.dice, self.made
        department = dice.choices(made.departments, self.weights)[0]
        author = dice.choice(self.authors)
        life = Life(number, self._title(number), self._body(number), author, department)
        life.opened = day * DAY + dice.randrange(DAY)
        life.priority = dice.choice((1, 2, 2, 2, 2, 3, 4))
        life.topic = dice.choice(made.topics)
        life.acceptance = "author" if dice.random() < 0.3 else "nobody"
        if dice.random() < 0.4:
            life.due = life.opened + dice.randint(DAY, 14 * DAY)
        moves: list[Move] = [(life.opened, "open", author, None)]
        moves += self.planner.plan(life, life.opened, archive_after=ARCHIVE_AFTER)
        if dice.random() < FORGOTTEN:
            del moves[dice.randint(1, len(moves) - 2) :]
            if moves[-1][1] == "accept" or life.acceptance == "nobody":
                moves = [move for move in moves if move[1] not in ("accept", "complete")]
        if self._is_rare(number) and number % 2:
            at = max(moves[-1][0] - 1, life.opened + 1)
            moves.append((at, "note", made.members[department][0], self.prose.rare))
        for move in moves:
            self.sequence += 1
            self.buckets[move[0] // DAY].append((move[0], self.sequence, life, move))
        return life

    def _is_rare(self, number: int) -> bool:
        return number % max(self.size.tickets // RARE_TICKETS | 1, 1) == 0

    def _title(self, number: int) -> Text:
        text = self.prose.titles[self.dice.randrange(len(self.prose.titles))]
        return Text(f"{text.text} {number}", "", "", (*text.stems, str(number)))

    def _body(self, number: int) -> Text:
        if self._is_rare(number) and number % 2 == 0:
            return self.prose.rare
        return self.prose.bodies[self.dice.randrange(len(self.prose.bodies))]

    def moment(self, at: int | None) -> str | None:
        """As both databases read it, in UTC."""
        if at is None:
            return None
        day, second = divmod(at + self.offset, DAY)
        return f"{self.days[day]} {CLOCK[second]}"

    def _next(self, table: str) -> int:
        self.counts[table] += 1
        return self.counts[table]

    def _happen(self, sink: Sink, life: Life, move: Move) -> None:
        at, verb, by, what = move
        comment = None
        if verb == "open":
            self._open(life, at)
            facts = self.deeds.opening(life)
        else:
            facts = self.deeds.table[verb](life, by, at, what)
        if verb in ("reply", "note"):
            comment = self._next("comment")
            moment = self.moment(at)
            sink.add("comment", (comment, life.number, by, verb, what.text, what.html, moment))
            (life.words_public if verb == "reply" else life.words_staff).append(what.stems)
        self._journal(sink, life, at, verb, by or self.system, facts, comment)

    def _open(self, life: Life, at: int) -> None:
        if self.dice.random() < 0.25:
            life.tie(self.dice.choice(self.made.members[life.department]), addressee=True)
        life.hold(None, life.author, at, "")

    def _journal(
        self, sink: Sink, life: Life, at: int, verb: str, by: int, facts: str, comment: int | None
    ) -> None:
        entry, seq, previous = self._next("entry"), life.length + 1, life.head
        day, second = divmod(at + self.offset, DAY)
        date, time = self.days[day], CLOCK[second]
        via = "desk" if verb != "archive" else "schedule"
        canonical = (
            f'{previous}\n{{"actor":{by},"at":"{date}T{time}.000000+00:00",'
            f'"comment":{comment or "null"},"facts":{facts},"for":null,"seq":{seq},'
            f'"ticket":{life.number},"verb":"{verb}","via":"{via}"}}'
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        moment = f"{date} {time}"
        sink.add(
            "entry",
            (
                entry,
                life.number,
                seq,
                verb,
                by,
                None,
                via,
                moment,
                facts,
                comment,
                previous,
                digest,
            ),
        )
        life.length, life.head, life.changed = seq, digest, at
        if by in life.participants or by == life.author:
            life.read[by] = seq
        hearer = life.performer if life.performer != by else life.author
        is_remembered = at >= self.forgotten_before
        if is_remembered and hearer and hearer != by and verb != "note" and entry % 3 == 0:
            seen = moment if entry % 9 else None
            row = (self._next("notification"), hearer, entry, life.number, moment, seen)
            sink.add("notification", row)

    def _bury(self, sink: Sink, life: Life) -> None:
        made, moment = self.made, self.moment
        department = made.staff_department.get(life.author)
        due = moment(life.due) or f"{NO_DEADLINE:%Y-%m-%d %H:%M:%S}"
        sink.add(
            "ticket",
            (
                life.number, life.title.text, life.body.text, life.body.html, life.topic,
                life.status, life.priority, life.department, life.performer, life.author,
                department, life.requester, made.firm.get(life.requester), life.acceptance, due,
                life.wait_for, "", None, life.passes, life.returns, moment(life.opened),
                moment(life.changed), moment(life.closed), life.length, life.head,
            ),
        )  # fmt: skip
        for person, place, by, reason, since, until in life.holds:
            row = (life.number, person, place, by, reason, moment(since), moment(until))
            sink.add("hold", (self._next("hold"), *row))
        for person, flags in life.participants.items():
            row = (life.number, person, *flags, None, life.status != "archived")
            sink.add("participant", (self._next("participant"), *row))
        for person in self._readers(life):
            seq = life.read.get(person) or life.length - (life.number % 7 == 0)
            sink.add("read_mark", (self._next("read_mark"), life.number, person, max(seq, 1)))
        sink.add("search", (life.number, _words(life.words_public), _words(life.words_staff)))

    def _readers(self, life: Life) -> Iterator[int]:
        others = self.dice.sample(self.made.members[life.department], 2)
        yield from dict.fromkeys([*life.read, *others])


def _words(texts: list[tuple[str, ...]]) -> list[str]:
    found: dict[str, None] = {}
    for stems in texts:
        found.update(dict.fromkeys(stems))
    return list(found)
