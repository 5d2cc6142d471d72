"""Lines: threads with a connection each, over which the letters of one channel leave.

They need no database. A line that hangs is given up after the channel's time and replaced; while it
hangs it keeps its address for itself and none of the others. A letter counts as sent only when its
result is written down, so few results may wait for that.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING

from estafeta.notifications.channels.channel import Channel, DeliveryError, Sender, Values
from estafeta.notifications.outbox.bundle import Letter, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_UNWRITTEN = 8
"""Results that wait to be written down; a worker that dies repeats these and what is on its lines."""
LETTERS_A_LINE = 4
SLOW_SECONDS = 0.3
"""A letter that takes longer may need another line beside it."""
KEPT_OPEN_SECONDS = 2.0
"""A connection that nobody needs is closed before the other side does it."""

Result = tuple[Letter, Outcome]


class TookTooLong(Exception):
    """The attempt hangs; whether the letter arrived, nobody knows."""


class Line(threading.Thread):
    """One connection."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(name=f"{lines.channel.name} line", daemon=True)
        self.lines = lines
        self.letter: Letter | None = None
        self.since = 0.0
        self._way = ExitStack()
        self._sender: Sender | None = None
        self._values: Values = {}

    def run(self) -> None:
        """Send until nothing comes any more."""
        with self._way:
            while (letter := self.lines.next_for(self)) is not None:
                if not self.lines.done(self, self._send(letter)):
                    return

    def _send(self, letter: Letter) -> Outcome:
        if letter.bundle.is_late:
            return None
        try:
            return self._open().send(letter.message, to=letter.to)
        except DeliveryError as error:
            return error
        except (
            Exception
        ) as error:  # of no way that fails like this anybody knows what it still does
            self._sender = None
            return error

    def _open(self) -> Sender:
        if self._sender is None or self._values != self.lines.values:
            self._sender = None
            self._way.close()
            self._values = self.lines.values
            self._sender = self._way.enter_context(self.lines.channel.open(self._values))
        return self._sender


class Lines:
    """Letters that wait, the lines that take them, and what came of each."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.values: Values = {}
        self.is_rung = False
        self._changed = threading.Condition()
        self._waiting: deque[Letter] = deque()
        self._lines: set[Line] = set()
        self._results: list[Result] = []
        self._is_closed = False

    def add(self, letter: Letter) -> None:
        """Let a line have it."""
        with self._changed:
            self._waiting.append(letter)
            self._man()
            self._changed.notify_all()

    def ring(self) -> None:
        """Wake whoever waits for results: there may be more to send."""
        with self._changed:
            self.is_rung = True
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """Letters that no line has taken yet."""
        return len(self._waiting)

    @property
    def in_hand(self) -> int:
        """Letters whose result is not written down."""
        with self._changed:
            return len(self._waiting) + len(self._results) + len(self._in_flight())

    def slow_addresses(self) -> set[str]:
        """Where something hangs just now."""
        border = time.monotonic() - SLOW_SECONDS
        with self._changed:
            hanging = [line.letter for line in self._in_flight() if line.since < border]
        return {letter.bundle.first.address for letter in hanging if letter is not None}

    def wait(self, seconds: float, *, for_results: int = 1) -> None:
        """Until there are so many results, or somebody rings, or the time is over."""
        with self._changed:
            self._man()
            enough: Callable[[], bool] = lambda: (  # noqa: E731
                self.is_rung or len(self._results) >= for_results
            )
            self._changed.wait_for(enough, seconds)
            self.is_rung = False
            self._give_up_overdue()

    def results(self) -> list[Result]:
        """What came of letters; stays until it is forgotten, should it not be written down."""
        with self._changed:
            return list(self._results)

    def forget(self, count: int) -> None:
        """The first so many results are written down."""
        with self._changed:
            del self._results[:count]
            self._changed.notify_all()

    def take_back(self, place: str | None = None) -> list[Letter]:
        """Letters that wait, all or those for one place, are not sent."""
        with self._changed:
            taken = [one for one in self._waiting if place in (None, one.bundle.place)]
            self._waiting = deque(one for one in self._waiting if one not in taken)
            return taken

    def close(self) -> None:
        """Send nothing more; lines end with the letter they have."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()

    def next_for(self, line: Line) -> Letter | None:
        """Give the next letter whose place is free; None: there is no work for this line."""
        end = time.monotonic() + KEPT_OPEN_SECONDS
        with self._changed:
            while not self._is_closed:
                if (letter := self._next()) is not None:
                    line.letter, line.since = letter, time.monotonic()
                    return letter
                left = end - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._lines.discard(line)
            return None

    def done(self, line: Line, outcome: Outcome) -> bool:
        """Keep the result; False: the line was given up meanwhile, and ends."""
        with self._changed:
            self._changed.wait_for(
                lambda: len(self._results) < MOST_UNWRITTEN or self._is_closed
                or line not in self._lines
            )  # fmt: skip
            if line not in self._lines or line.letter is None:
                return False
            self._results.append((line.letter, outcome))
            line.letter = None
            self._changed.notify_all()
            return True

    def _next(self) -> Letter | None:
        # What has just failed is judged first: it may hold up its address, or all of the channel.
        failed = [(one, error) for one, error in self._results if isinstance(error, Exception)]
        if any(isinstance(e, DeliveryError) and e.channel_is_at_fault for _one, e in failed):
            return None
        taken = self._taken() | {letter.bundle.place for letter, _error in failed}
        for letter in self._waiting:
            if letter.bundle.place not in taken:
                self._waiting.remove(letter)
                return letter
        return None

    def _taken(self) -> set[str]:
        return {line.letter.bundle.place for line in self._in_flight() if line.letter}

    def _in_flight(self) -> list[Line]:
        return [line for line in self._lines if line.letter is not None]

    def _man(self) -> None:
        """Start as many lines as the waiting letters are worth."""
        now = time.monotonic()
        taken = self._taken()
        free = sum(letter.bundle.place not in taken for letter in self._waiting)
        quick = sum(line.letter is None or now - line.since < SLOW_SECONDS for line in self._lines)
        for _ in range(quick, min(-(-free // LETTERS_A_LINE), self.channel.lines)):
            if len(self._lines) < self.channel.lines:
                line = Line(self)
                self._lines.add(line)
                line.start()

    def _give_up_overdue(self) -> None:
        border = time.monotonic() - self.channel.seconds
        for line in self._in_flight():
            if line.since < border and line.letter is not None:
                reason = f"No answer within {self.channel.seconds:.0f} seconds"
                self._results.append((line.letter, TookTooLong(reason)))
                self._lines.discard(line)
