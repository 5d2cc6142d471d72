"""Private ports, each for one process of the tests at a time, also when several suites run."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path

_held: dict[int, int] = {}


def reserve(ports: range) -> int:
    """Choose a port that nobody listens on and keep others from choosing it until we end.

    Use ranges below those the system hands out for outgoing connections (32768 and above).
    """
    for port in ports:
        if port in _held:
            if _is_free(port):
                return port
            continue
        path = Path(tempfile.gettempdir()) / f"estafeta-port-{port}.lock"
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            continue
        if _is_free(port):
            _held[port] = file
            return port
        os.close(file)
    raise RuntimeError(f"All ports from {ports.start} to {ports.stop - 1} are in use")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
