"""One writer at a time, in order: a lock on a file beside the database.

SQLite's own busy handler sleeps and tries again, so under load some writers starve for seconds.
Threads of this process queue on a lock of Python's; processes then compete for the file.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time

_queues: dict[str, threading.Lock] = {}
_queues_guard = threading.Lock()


def _forget_queues_of_the_parent() -> None:
    # A thread of the parent that held a queue does not exist in the child and never lets go of it.
    global _queues_guard
    _queues.clear()
    _queues_guard = threading.Lock()


os.register_at_fork(after_in_child=_forget_queues_of_the_parent)


def _queue_for(path: str) -> threading.Lock:
    with _queues_guard:
        return _queues.setdefault(path, threading.Lock())


class WriterLock:
    """The right to write to one database, held by one connection."""

    def __init__(self, database: str, *, timeout: float) -> None:
        self.path = f"{database}.lock"
        self.timeout = timeout
        self.is_held = False
        self._queue: threading.Lock | None = None
        self._file: int | None = None

    def acquire(self) -> bool:
        """Wait for the right to write; False if the time ran out."""
        if self.is_held:
            return True
        deadline = time.monotonic() + self.timeout
        queue = _queue_for(self.path)
        if not queue.acquire(timeout=self.timeout):
            return False
        try:
            self.is_held = self._lock_file(deadline)
        finally:
            if not self.is_held:
                queue.release()
        if self.is_held:
            self._queue = queue
        return self.is_held

    def release(self) -> None:
        """Let the next writer in; harmless if the lock is not held."""
        if not self.is_held:
            return
        self.is_held = False
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        if self._queue is not None:
            self._queue.release()
            self._queue = None

    def close(self) -> None:
        """Let go of the lock and of the file."""
        self.release()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _lock_file(self, deadline: float) -> bool:
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait = _Wait(self._file)
            if not wait.succeeds(deadline - time.monotonic()):
                self._file = None
                return False
        return True


class _Wait(threading.Thread):
    """Wait for a locked file in the kernel's queue, which has no time limit of its own.

    Trying again every few milliseconds instead starves: a busy writer that lets go and asks again
    at once is always quicker than one that sleeps.
    """

    def __init__(self, file: int) -> None:
        super().__init__(name="writer-lock", daemon=True)
        self._file = file
        self._guard = threading.Lock()
        self._has_lock = False
        self._is_given_up = False

    def run(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._guard:
            self._has_lock = True
            if self._is_given_up:
                os.close(self._file)

    def succeeds(self, timeout: float) -> bool:
        """Wait; after a False the file belongs to this thread, which closes it."""
        self.start()
        self.join(max(timeout, 0))
        with self._guard:
            self._is_given_up = not self._has_lock
            return self._has_lock
