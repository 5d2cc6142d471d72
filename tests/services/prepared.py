"""A database that has its shape already: made once for all installations of a test process."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent


def server() -> str:
    """Give the address of the PostgreSQL that the suite runs on, or nothing on SQLite."""
    return os.environ.get("ESTAFETA_DATABASE_URL", "")


def outside() -> dict[str, str]:
    """Give the environment without the settings of the tests: what is started here is real."""
    ours = ("ESTAFETA_", "DJANGO_")
    return {key: value for key, value in os.environ.items() if not key.startswith(ours)}


@cache
def _sqlite_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="estafeta-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate({"ESTAFETA_DATA": str(folder)})
    return folder


@cache
def _postgres_template() -> str:
    name = f"prepared_{os.getpid()}"
    _execute(f"CREATE DATABASE {name}")
    atexit.register(_execute, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    folder = tempfile.mkdtemp(prefix="estafeta-prepared-")
    _migrate({"ESTAFETA_DATA": folder, "ESTAFETA_DATABASE_URL": _address(name)})
    shutil.rmtree(folder, ignore_errors=True)
    return name


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


@contextmanager
def database(data: Path, *, fresh: bool) -> Iterator[str]:
    """Give the address of a database of its own; SQLite's lies in the data folder and has none."""
    if not server():
        if not fresh:
            data.mkdir(mode=0o700, parents=True)
            for file in _sqlite_folder().glob("estafeta.sqlite3*"):
                shutil.copy(file, data)
        yield ""
        return
    name = f"installation_{os.getpid()}_{time.monotonic_ns()}"
    _execute(f"CREATE DATABASE {name}" + ("" if fresh else f" TEMPLATE {_postgres_template()}"))
    try:
        yield _address(name)
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")
