"""Keep a few child processes alive, and end all of them together.

Children are forked from this process, so they share what it has loaded. Each leads a process group
of its own: a Ctrl-C reaches only the supervisor, and a group can be ended whole.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from estafeta.lib.processes import end_with_parent, let_go_of_libraries

LIVED_WELL_SECONDS = 10.0
MOST_FAILURES = 6
FIRST_DELAY = 0.2
LONGEST_DELAY = 5.0
GRACE_SECONDS = 8.0
TICK_SECONDS = 0.25

Say = Callable[[str], object]


@dataclass
class Child:
    """One process that has to be running."""

    name: str
    run: Callable[[], int | None]
    # What the kernel sends it when the supervisor dies without a word.
    sent_when_orphaned: signal.Signals
    pid: int = 0
    started: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self) -> None:
        """Fork and run."""
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            self._become(parent)
        self.started = time.monotonic()

    def _become(self, parent: int) -> None:
        code = 1
        try:
            os.setpgid(0, 0)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            end_with_parent(parent, by=self.sent_when_orphaned)
            gc.enable()
            code = self.run() or 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            # Not sys.exit: the supervisor's own `finally` blocks are not this process's business.
            os._exit(code)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process itself."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill_group(self) -> None:
        """End it and everything it started."""
        if self.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)


class Supervisor:
    """Starts children, starts the dead ones again, gives up when one keeps dying."""

    def __init__(self, children: Sequence[Child], *, say: Say, tick: Callable[[], object]) -> None:
        self.children = children
        self.say = say
        self.tick = tick
        self.is_ending = False
        self.signals = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT}
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
            self.signals.add(signal.SIGHUP)

    def run(self) -> int:
        """Watch until told to stop (0) or until a child cannot be kept alive (1)."""
        signal.pthread_sigmask(signal.SIG_BLOCK, self.signals)
        # Nothing loaded so far is garbage; untouched, its pages stay shared with the children.
        gc.collect()
        gc.freeze()
        try:
            for child in self.children:
                child.start()
            let_go_of_libraries()
            return self._watch()
        finally:
            self._end_all()

    def _watch(self) -> int:
        while True:
            if self._next_signal(TICK_SECONDS) in self.signals - {signal.SIGCHLD, None}:
                return 0
            for child in self._reap():
                if not self._may_live_on(child):
                    return 1
            self.tick()
            for child in self.children:
                if not child.pid and time.monotonic() >= child.start_at:
                    child.start()

    def _next_signal(self, timeout: float) -> int | None:
        found = signal.sigtimedwait(self.signals, timeout)
        return found.si_signo if found else None

    def _reap(self) -> list[Child]:
        dead: list[Child] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return dead
            if not pid:
                return dead
            for child in self.children:
                if child.pid == pid:
                    if not self.is_ending:
                        self.say(f"{child.name} ended ({_reason(status)})")
                    child.kill_group()
                    child.pid = 0
                    dead.append(child)

    def _may_live_on(self, child: Child) -> bool:
        lived = time.monotonic() - child.started
        child.failures = 1 if lived > LIVED_WELL_SECONDS else child.failures + 1
        if child.failures >= MOST_FAILURES:
            self.say(f"{child.name} keeps ending; giving up")
            return False
        delay = min(FIRST_DELAY * 2 ** (child.failures - 1), LONGEST_DELAY)
        child.start_at = time.monotonic() + delay
        self.say(f"starting {child.name} again in {delay:.1f} s")
        return True

    def _end_all(self) -> None:
        self.is_ending = True
        for child in self.children:
            child.signal(signal.SIGTERM)
        started = time.monotonic()
        while any(child.pid for child in self.children):
            left = started + GRACE_SECONDS - time.monotonic()
            # Asked a second time: at once.
            if left <= 0 or self._next_signal(left) in (signal.SIGINT, signal.SIGTERM):
                break
            self._reap()
        for child in self.children:
            child.kill_group()


def _reason(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
