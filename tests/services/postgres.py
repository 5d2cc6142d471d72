"""A PostgreSQL cluster of its own for one run of the tests.

`python -m tests.services.postgres [--port N] COMMAND...` runs the command with
ESTAFETA_DATABASE_URL set and ends the cluster afterwards. Without PostgreSQL installed it says so
and succeeds, except where CI=true: there a missing server is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.services.ports import reserve

PORTS = range(15432, 15440)
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


class MissingError(Exception):
    """PostgreSQL's server programs are not installed."""


def programs() -> Path:
    """Find the newest installed server programs."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parent.parent.name),
    )
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise MissingError("PostgreSQL is not installed (Debian: apt-get install postgresql)")


def as_owner(command: Sequence[str | Path]) -> list[str]:
    """PostgreSQL refuses to run as root: become the user that its package made."""
    words = [str(word) for word in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@contextmanager
def cluster(port: int | None = None) -> Iterator[str]:
    """Start an empty cluster and give its address; end and remove it afterwards."""
    binaries = programs()
    port = port or reserve(PORTS)
    folder = Path(tempfile.mkdtemp(prefix="estafeta-postgres-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        initdb: list[str | Path] = [
            *(binaries / "initdb", "-D", data, "-A", "trust", "-U", "estafeta"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ]
        subprocess.run(
            as_owner(initdb),
            check=True,
            capture_output=True,
            cwd=folder,
        )
        options = " ".join(
            [f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", *(f"-c {o}" for o in FAST)]
        )
        start: list[str | Path] = [
            *(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        ]
        subprocess.run(as_owner(start), check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield f"postgresql://estafeta@127.0.0.1:{port}/postgres"
        finally:
            _end(int((data / "postmaster.pid").read_text().split()[0]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end(pid: int) -> None:
    # SIGINT asks for a fast shutdown, SIGQUIT for an immediate one.
    for kind, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5)):
        with suppress(ProcessLookupError):
            os.kill(pid, kind)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not Path(f"/proc/{pid}").exists():
                return
            time.sleep(0.05)


def run(command: Sequence[str]) -> int:
    """Run a command against a cluster of its own and give its exit code."""
    try:
        with cluster() as url:
            environment = os.environ | {"ESTAFETA_DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except MissingError as missing:
        if os.environ.get("CI") == "true":
            print(f"FAILED: {missing}. In CI the tests must run on PostgreSQL too.")
            return 1
        print(f"NOT RUN on PostgreSQL: {missing}.")
        return 0


if __name__ == "__main__":
    # Ends the cluster when a caller ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(run(sys.argv[1:]))
