"""What Linux is asked about processes: to end with the parent, and to be sparing with memory."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_M_TRIM_THRESHOLD = -1
_MADV_DONTNEED = 4


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


def let_go_of_libraries() -> None:
    """Unmap the pages of library files that lie in memory unchanged, for a process that now only waits.

    What it touches again is mapped again, from the file. Pages that were changed stay, those with
    relocated addresses too (madvise(2), MADV_DONTNEED on a private mapping of a file).
    """
    try:
        mappings = Path("/proc/self/smaps").read_text()
    except OSError:  # not Linux
        return
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for found in _MAPPING.finditer(mappings):
        start, end, anonymous = int(found["start"], 16), int(found["end"], 16), found["changed"]
        if anonymous == "0":
            madvise(start, end - start, _MADV_DONTNEED)


_MAPPING = re.compile(
    r"^(?P<start>[0-9a-f]+)-(?P<end>[0-9a-f]+) r-[x-]p \S+ \S+ \d+ +/\S[^\n]*\n"
    r"(?:(?!^[0-9a-f]+-)[^\n]*\n)*?Anonymous: +(?P<changed>\d+) kB",
    re.MULTILINE,
)
