"""The web server's processes: granian in the middle, one process for each worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from estafeta.lib.processes import end_with_parent

# Open streams never end by themselves: after this many seconds a stopping worker is killed.
KILL_SECONDS = 3
# In each worker. Every open browser holds a stream; granian's own limit (backlog / workers) would
# let a few hundred of them lock everybody out.
MOST_CONNECTIONS = 20_000


def run_web(*, host: str, port: int, workers: int) -> None:
    """Serve the web application until told to stop."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    server = Granian(
        "estafeta.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        http=HTTPModes.auto,
        websockets=False,
        backpressure=MOST_CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)


def _application(server: int) -> Callable[..., Awaitable[Any]]:
    """Run in each worker: give the application, loaded before the fork."""
    end_with_parent(server, by=signal.SIGKILL)
    from estafeta.asgi import application

    return application
