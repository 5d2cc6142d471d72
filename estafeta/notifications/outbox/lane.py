"""One channel's lane: claim, write, hand to the lines, write down what came of it, over and over.

All of the database's work of a channel is done here by one thread, which never waits for the other
side. Each channel has a lane of its own, so none delays another.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.utils import timezone

from estafeta.lib.text import clean
from estafeta.notifications import channel_settings, ledger
from estafeta.notifications.channels.channel import Channel, DeliveryError
from estafeta.notifications.ledger import Ending
from estafeta.notifications.models import Delivery
from estafeta.notifications.outbox import claims, dead, pace
from estafeta.notifications.outbox.bundle import Letter, Outcome
from estafeta.notifications.outbox.lines import Lines, TookTooLong
from estafeta.notifications.outbox.writing import written

log = logging.getLogger(__name__)

MOST_AT_ONCE, FEW = 100, 30
"""Letters in hand at most, and when it is time to claim more: the larger a claim, the less it costs."""
LOOK_AGAIN_SECONDS = 0.25
"""While something is on its way: does it hang, is it overdue?"""
LINGER_SECONDS = 0.01
"""Results come in crowds, and are written down together."""
OTHERS_WAIT = timedelta(minutes=1)
"""What waits for an address where one message has just failed; longer if the address asked for it."""
HANGING_PLACES = 5
"""So many different addresses in a row that do not answer: it is the channel that hangs."""


EVERYWHERE = ""


class Lane:
    """The work of one channel in this process."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.lines = Lines(channel)
        self._faults = 0
        self._is_probing = False
        self._hanging: set[str] = set()
        self._dry_since = 0.0
        self._is_poked = False
        self._learnt: dict[str, Callable[[Delivery], Ending]] = {}
        """What becomes of letters for a place, since one before them has just shown it."""

    def claim(self) -> int:
        """Take in hand what there is room for; how many messages it were."""
        room = MOST_AT_ONCE - self.lines.waiting
        gate = pace.gate(self.channel, most=room)
        self._faults, self._is_probing = gate.faults, gate.is_probe
        if not gate.most:
            self._put_back(self.lines.take_back())
            return 0
        bundles = claims.claim(self.channel, most=gate.most, busy=self.lines.slow_addresses())
        self.lines.values = channel_settings.values_of(self.channel.name)
        self._learnt.clear()
        endings: list[Ending] = []
        for letter, ended in written(self.channel, bundles, self.lines.values):
            endings += ended
            if letter is None:
                continue
            become = self._learnt.get(letter.bundle.place) or self._learnt.get(EVERYWHERE)
            if become is not None:
                endings += [become(row) for row in letter.bundle.rows]
                continue
            self.lines.add(letter)
            self.settle()
        ledger.write(endings)
        if gate.is_probe and not self.lines.in_hand:
            pace.end_probe(self.channel)
        return len(bundles)

    def settle(self) -> None:
        """Write down the results that have come; on an error they are kept for the next time."""
        results = self.lines.results()
        if not results:
            return
        endings = [ending for result in results for ending in self._endings_of(*result)]
        ledger.write(endings)
        self.lines.forget(len(results))

    def work_off(self) -> int:
        """Claim once and finish that; how many messages had their turn."""
        count = self.claim()
        while self.lines.in_hand:
            self.lines.wait(LOOK_AGAIN_SECONDS)
            self.settle()
        return count

    def turn(self, *, seconds: float) -> bool:
        """Do what there is to do, else wait so long; False: there was nothing."""
        is_rested = time.monotonic() - self._dry_since > seconds
        if self.lines.waiting < FEW and (self._is_poked or is_rested):
            self._is_poked = False
            self._dry_since = 0.0 if self.claim() else time.monotonic()
        if self.lines.in_hand:
            self.lines.wait(LOOK_AGAIN_SECONDS)
            self.lines.wait(LINGER_SECONDS, for_results=4)
            self.settle()
            return True
        if self._dry_since and not self._is_poked:
            self.lines.wait(seconds)
        return not self._dry_since

    def ring(self) -> None:
        """There may be more to send; for other threads."""
        self._is_poked = True
        self.lines.ring()

    def finish(self, *, seconds: float) -> None:
        """Send nothing more than what is on its way just now."""
        self._put_back(self.lines.take_back())
        end = time.monotonic() + seconds
        while self.lines.in_hand and time.monotonic() < end:
            self.lines.wait(LOOK_AGAIN_SECONDS)
            self.settle()

    def _endings_of(self, letter: Letter, outcome: Outcome) -> list[Ending]:
        rows = letter.bundle.rows
        if outcome is None:
            return [ledger.put_back(row) for row in rows]
        if isinstance(outcome, str):
            self._it_works()
            return [ledger.sent(row, outcome) for row in rows]
        if not isinstance(outcome, DeliveryError):
            return self._unexpected(letter, outcome)
        reason = str(outcome)
        if outcome.permanent:
            self._it_works()
            return [
                *(ledger.failed(row, reason) for row in rows),
                *(self._stopped(letter, reason) if outcome.address_is_dead else ()),
            ]
        if outcome.channel_is_at_fault:
            self._fault(reason, outcome.retry_after)
            return [ledger.waits(row, reason, wait=ledger.wait_after(1)) for row in rows]
        self._it_works()
        return self._come_back(letter, reason, outcome.retry_after)

    def _stopped(self, letter: Letter, reason: str) -> list[Ending]:
        """What else would go to the dead address, in the queue and in hand, has failed as well."""
        first = letter.bundle.first
        dead.stop(first, reason)

        def become(row: Delivery) -> Ending:
            is_same = (row.target_id, row.address) == (first.target_id, first.address)
            return ledger.failed(row, reason) if is_same else ledger.put_back(row)

        return self._learn(letter.bundle.place, become)

    def _unexpected(self, letter: Letter, error: Exception) -> list[Ending]:
        reason = clean(f"{type(error).__name__}: {error}")
        if isinstance(error, TookTooLong):
            log.warning("%s: %s", letter.bundle.first, error)
            self._hanging.add(letter.bundle.place)
            if len(self._hanging) >= HANGING_PLACES:
                self._fault(str(error), None)
            reason = str(error)
        else:
            log.error("%s failed in a way nobody expected", letter.bundle.first, exc_info=error)
        return self._come_back(letter, reason, None)

    def _come_back(self, letter: Letter, reason: str, asked: float | None) -> list[Ending]:
        """Try it again later, and what else waits for the same address not before it has rested."""
        first = letter.bundle.first
        wait = max(ledger.wait_after(first.attempts), timedelta(seconds=asked or 0))
        rest = timedelta(seconds=asked) if asked is not None else OTHERS_WAIT
        until = timezone.now() + min(wait, rest, ledger.LONGEST_ASKED)
        ledger.postpone(first, until=until)
        return [
            *(ledger.waits(row, reason, wait=wait) for row in letter.bundle.rows),
            *self._learn(letter.bundle.place, lambda row: ledger.put_back(row, until=until)),
        ]

    def _learn(self, place: str, become: Callable[[Delivery], Ending]) -> list[Ending]:
        """What is in hand for the place has no turn now, nor has what is just being written."""
        self._learnt[place] = become
        taken = self.lines.take_back(None if place == EVERYWHERE else place)
        return [become(row) for letter in taken for row in letter.bundle.rows]

    def _fault(self, reason: str, retry_after: float | None) -> None:
        self._faults += 1
        if pace.fault(self.channel, reason, retry_after=retry_after, is_probe=self._is_probing):
            self._is_probing = False
            ledger.write(self._learn(EVERYWHERE, ledger.put_back))

    def _it_works(self) -> None:
        self._hanging.clear()
        if self._faults:
            pace.works(self.channel)
            self._faults = 0

    def _put_back(self, letters: list[Letter]) -> None:
        ledger.write([ledger.put_back(row) for one in letters for row in one.bundle.rows])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.lines.close()
