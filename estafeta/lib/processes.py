"""What Linux is asked about processes: to end with the parent, and to be sparing with memory."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_M_TRIM_THRESHOLD = -1


def end_with_parent(parent: int, *, by: signal.Signals) -> None:
    """Let the kernel send `by` to this process as soon as its parent is gone, however it died."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel was asked
        os.kill(os.getpid(), by)


def spare_memory() -> None:
    """Keep the C library from giving each thread a heap of its own."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)
        mallopt(_M_TRIM_THRESHOLD, 256 * 1024)
