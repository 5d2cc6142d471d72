"""Run everything: web and worker as one supervised tree of processes.

Prepares the database first and, unless told otherwise, loads demo people into an empty one.
Ctrl-C ends all of it.
"""

from __future__ import annotations

import argparse
import os


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("must be between 1 and 65535")
    return port


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take address, data folder and how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port (%(default)s)")
    parser.add_argument("--data", metavar="DIR", help="data folder (ESTAFETA_DATA, else ./data)")
    parser.add_argument("--workers", type=int, help="web processes (ESTAFETA_WEB_WORKERS, else 2)")
    parser.add_argument("--no-demo", action="store_true", help="do not load demo people")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    if options.data:
        os.environ["ESTAFETA_DATA"] = options.data
    from estafeta.ops.serve import serve

    return serve(
        host=options.host,
        port=options.port,
        web_workers=options.workers,
        demo=not options.no_demo,
    )
