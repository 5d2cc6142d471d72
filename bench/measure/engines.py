"""The two engines: SQLite in a folder for each data set, PostgreSQL as one kept cluster."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure.environment import DATA, Installation
from tests.services.postgres import as_owner, programs

POSTGRESQL_PORT = 15441
SETTINGS = ("shared_buffers=1GB", "max_connections=100", "jit=off", "max_wal_size=8GB")


@contextmanager
def sqlite() -> Iterator[type[SqliteSets]]:
    """Nothing to start."""
    yield SqliteSets


class SqliteSets:
    """Data sets in files."""

    @staticmethod
    def installation(size: str) -> Installation:
        """The data set of this size."""
        return Installation(size, DATA / "sqlite" / size)


class PostgresqlSets:
    """Data sets in databases of one cluster."""

    def __init__(self, folder: Path, pid: int) -> None:
        self.folder, self.pid = folder, pid

    def installation(self, size: str) -> Installation:
        """The data set of this size; makes an empty database for a new one."""
        name = f"bench_{size.lower()}"
        found = Installation(
            size, DATA / "postgresql" / size,
            f"postgresql://estafeta@127.0.0.1:{POSTGRESQL_PORT}/{name}", [self.pid],
        )  # fmt: skip
        if not found.is_made:
            for word in (f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"):
                self._sql(word)
        return found

    def _sql(self, command: str) -> None:
        psql = [
            programs() / "psql", "-q", "-h", self.folder, "-p", str(POSTGRESQL_PORT),
            "-U", "estafeta", "-d", "postgres", "-c", command,
        ]  # fmt: skip
        subprocess.run(as_owner(psql), check=True, cwd=self.folder, stderr=subprocess.DEVNULL)


@contextmanager
def postgresql() -> Iterator[PostgresqlSets]:
    """A cluster with the durability of production, kept in the data folder of the bench."""
    folder = DATA / "postgresql" / "cluster"
    binaries, data = programs(), folder / "data"
    if not data.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        initdb: list[str | Path] = [
            *(binaries / "initdb", "-D", data, "-A", "trust", "-U", "estafeta"),
            *("-E", "UTF8", "--locale=C.UTF-8"),
        ]
        subprocess.run(as_owner(initdb), check=True, capture_output=True, cwd=folder)
    options = " ".join(
        [
            f"-p {POSTGRESQL_PORT} -k {folder} -c listen_addresses=127.0.0.1",
            *(f"-c {setting}" for setting in SETTINGS),
        ]
    )
    control: list[str | Path] = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run(
        as_owner([*control, "-o", options, "start"]), check=True, stdout=subprocess.DEVNULL,
        cwd=folder,
    )  # fmt: skip
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        yield PostgresqlSets(folder, pid)
    finally:
        stop = as_owner([*control, "-m", "fast", "stop"])
        subprocess.run(stop, check=True, stdout=subprocess.DEVNULL, cwd=folder)
