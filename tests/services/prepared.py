"""A database that has its shape already: migrated once, copied for all tests and installations.

On SQLite it is a file that outlives the run and is named after the migrations it was made from; on
PostgreSQL a template in the cluster of the run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT_SECONDS = 24 * 3600
"""A file of other migrations, of another branch perhaps, is kept so long after its last use."""


def server() -> str:
    """Give the address of the PostgreSQL that the suite runs on, or nothing on SQLite."""
    return os.environ.get("ESTAFETA_DATABASE_URL", "")


def outside() -> dict[str, str]:
    """Give the environment without the settings of the tests: what is started here is real."""
    ours = ("ESTAFETA_", "DJANGO_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


@cache
def sqlite_file() -> Path:
    """Give the migrated file, made by the first who asks; never write to it."""
    path = _file(f"{_shape()}.sqlite3")
    with _alone():
        if not path.exists():
            _forget_old_files()
            with tempfile.TemporaryDirectory(prefix="estafeta-prepared-") as folder:
                _migrate({"ESTAFETA_DATA": folder})
                half_made = path.with_suffix(".new")
                half_made.unlink(missing_ok=True)
                with (
                    closing(sqlite3.connect(Path(folder) / "estafeta.sqlite3")) as source,
                    closing(sqlite3.connect(half_made)) as copy,
                ):
                    source.backup(copy)
                    # One file, that a database in memory can be filled from too.
                    copy.execute("PRAGMA journal_mode = DELETE")
                half_made.rename(path)
        os.utime(path)
    return path


@cache
def postgres_template() -> str:
    """Give the name of the migrated database of the server, made by the first who asks."""
    name = f"prepared_{_shape()}"
    with _alone():
        if not _rows("SELECT 1 FROM pg_database WHERE datname = %s", name):
            half_made = f"{name}_new"
            _execute(f"DROP DATABASE IF EXISTS {half_made}")
            _execute(f"CREATE DATABASE {half_made}")
            with tempfile.TemporaryDirectory(prefix="estafeta-prepared-") as folder:
                address = _address(half_made)
                _migrate({"ESTAFETA_DATA": folder, "ESTAFETA_DATABASE_URL": address})
            _execute(f"ALTER DATABASE {half_made} RENAME TO {name}")
    return name


def drop_postgres_template() -> None:
    """Leave nothing on a server that goes on living."""
    _execute(f"DROP DATABASE IF EXISTS prepared_{_shape()} WITH (FORCE)")


@contextmanager
def database(data: Path, *, fresh: bool) -> Iterator[str]:
    """Give the address of a database of its own; SQLite's lies in the data folder and has none."""
    if not server():
        if not fresh:
            data.mkdir(mode=0o700, parents=True)
            shutil.copy(sqlite_file(), data / "estafeta.sqlite3")
        yield ""
        return
    name = f"installation_{os.getpid()}_{time.monotonic_ns()}"
    _execute(f"CREATE DATABASE {name}" + ("" if fresh else f" TEMPLATE {postgres_template()}"))
    try:
        yield _address(name)
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _shape() -> str:
    """Name what the shape is made from: our migrations, and the libraries that bring theirs."""
    made_from = hashlib.sha256((ROOT / "requirements/dev.txt").read_bytes())
    for file in sorted((ROOT / "estafeta").glob("*/migrations/*.py")):
        made_from.update(file.name.encode() + file.read_bytes())
    made_from.update((ROOT / "estafeta/settings.py").read_bytes())
    return made_from.hexdigest()[:16]


def _file(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"estafeta-prepared-{os.geteuid()}-{name}"


@contextmanager
def _alone() -> Iterator[None]:
    with _file("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_old_files() -> None:
    for file in Path(tempfile.gettempdir()).glob(_file("*.sqlite3").name):
        if file.stat().st_mtime < time.time() - KEPT_SECONDS:
            file.unlink(missing_ok=True)


def _migrate(settings: dict[str, str]) -> None:
    command = [sys.executable, "-m", "estafeta", "migrate"]
    subprocess.run(
        command, env=outside() | settings, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def _address(name: str) -> str:
    return urlsplit(server())._replace(path=f"/{name}").geturl()


def _execute(statement: str) -> None:
    import psycopg

    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(statement.encode())


def _rows(question: str, *values: object) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(server(), autocommit=True) as connection:
        return connection.execute(question.encode(), values).fetchall()
