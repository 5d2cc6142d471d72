"""`estafeta serve`: look whether it can work, prepare, then watch over web and worker."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from functools import partial
from pathlib import Path

import estafeta
from estafeta.lib.processes import spare_memory
from estafeta.ops.supervisor import Child, Supervisor

EVERYWHERE = ("0.0.0.0", "::", "")


def say(line: str) -> None:
    """Tell whoever started us, at once even into a pipe."""
    print(line, flush=True)


def serve(*, host: str, port: int, web_workers: int | None, demo: bool) -> int:
    """Run the whole tree; give the exit code."""
    if problem := _cannot_listen(host, port):
        print(problem, file=sys.stderr)
        return 1
    spare_memory()
    gc.disable()  # a collection before the fork would only make pages that cannot be shared
    from estafeta.configuration import data_folder
    from estafeta.lib import static_files
    from estafeta.ops.django_setup import load_django_or_explain

    data = data_folder()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    static_files.publish(Path(estafeta.__file__).parent / "static", data / "static")
    if not load_django_or_explain():
        return 2
    from django.conf import settings

    from estafeta.ops.preload import preload, preload_pages
    from estafeta.ops.prepare import prepared_in_a_child

    preload()
    say(f"Data: {settings.DATA}")
    ready = prepared_in_a_child(demo=demo)
    if ready is None:
        print("The database could not be prepared; see above.", file=sys.stderr)
        return 1
    preload_pages(ready.language)
    workers = web_workers or settings.CONFIGURATION.web_workers
    return _watch_over(host, port, workers, ready.greeting)


def _watch_over(host: str, port: int, workers: int, greeting: list[str]) -> int:
    from estafeta.ops.web import run_web
    from estafeta.ops.worker import work

    address = f"http://{'127.0.0.1' if host in EVERYWHERE else host}:{port}"
    children = [
        Child("web", partial(run_web, host=host, port=port, workers=workers), signal.SIGKILL),
        # It may finish what it is doing.
        Child("worker", work, signal.SIGTERM),
    ]
    greeted = False

    def greet() -> None:
        nonlocal greeted
        if not greeted and _answers(host, port):
            greeted = True
            say(f"Estafeta is running: {address}  (process {os.getpid()}, Ctrl-C ends it)")
            for line in greeting:
                say(line.replace("{address}", address))

    code = Supervisor(children, say=say, tick=greet).run()
    say("Estafeta has ended.")
    return code


def _cannot_listen(host: str, port: int) -> str | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Finds a listener also if it allows sharing its port, as the web server does.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        return (
            f"Cannot listen on {host}:{port}: {error.strerror}. "
            f"Is something running there already? Choose another port: --port {port + 1}"
        )
    return None


def _answers(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    try:
        with socket.create_connection((target, port), timeout=0.5):
            return True
    except OSError:
        return False
