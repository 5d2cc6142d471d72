"""What a connection of the engine is set to, and what it refuses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.utils import ConnectionHandler

from estafeta.lib.sqlite import base
from estafeta.lib.sqlite.bundled import complaint


@pytest.fixture
def wrapper(tmp_path: Path) -> Iterator[base.DatabaseWrapper]:
    """A connection to a database in a file."""
    made = open_database(tmp_path / "file.sqlite3")
    yield made
    made.close()


def open_database(path: Path, **options: object) -> base.DatabaseWrapper:
    """Open a database file with the engine, beside the one of the tests."""
    settings = {"ENGINE": "estafeta.lib.sqlite", "NAME": path, "OPTIONS": options}
    handler = ConnectionHandler({"default": settings})
    made = handler["default"]
    assert isinstance(made, base.DatabaseWrapper)
    made.inc_thread_sharing()
    return made


def pragma(wrapper: base.DatabaseWrapper, name: str) -> object:
    with wrapper.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.fixture(autouse=True)
def _allowed_to_touch_databases(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield


def test_a_connection_is_set_up_for_several_processes(wrapper: base.DatabaseWrapper) -> None:
    assert pragma(wrapper, "journal_mode") == "wal"
    assert pragma(wrapper, "synchronous") == 1
    assert pragma(wrapper, "foreign_keys") == 1
    assert pragma(wrapper, "mmap_size") == 128 * 1024 * 1024
    assert pragma(wrapper, "busy_timeout") == 20_000


def test_the_lock_is_held_in_a_transaction_and_dropped_after_it(
    wrapper: base.DatabaseWrapper,
) -> None:
    wrapper.ensure_connection()
    lock = wrapper.writer_lock
    assert lock is not None
    assert not lock.is_held
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert lock.is_held
    wrapper.commit()
    wrapper.set_autocommit(True)
    assert not lock.is_held
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    wrapper.rollback()
    wrapper.set_autocommit(True)
    assert not lock.is_held


def test_closing_in_a_transaction_drops_the_lock(wrapper: base.DatabaseWrapper) -> None:
    wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    lock = wrapper.writer_lock
    assert lock is not None
    assert lock.is_held
    wrapper.close()
    assert not lock.is_held


def test_a_second_writer_is_refused_in_time_and_reading_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "file.sqlite3"
    first, second = open_database(path), open_database(path, timeout=0.2)
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE thing (id integer)")
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with second.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM thing").fetchone() == (0,)
        with pytest.raises(OperationalError, match="did not finish in time"):
            cursor.execute("INSERT INTO thing VALUES (1)")
    with pytest.raises(OperationalError, match="did not finish in time"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.rollback()
    first.set_autocommit(True)
    with second.cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (1)")
    assert second.writer_lock is not None
    assert not second.writer_lock.is_held
    first.close()
    second.close()


def test_an_old_sqlite_is_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ESTAFETA_ALLOW_OLD_SQLITE", raising=False)
    monkeypatch.setattr(base.Database, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(ImproperlyConfigured, match=r"SQLite 3\.40\.1 can corrupt"):
        open_database(tmp_path / "file.sqlite3").ensure_connection()


def test_an_old_sqlite_is_accepted_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESTAFETA_ALLOW_OLD_SQLITE", "1")
    assert complaint((3, 40, 1)) is None


def test_the_installed_sqlite_is_current() -> None:
    assert complaint(base.Database.sqlite_version_info) is None


@pytest.mark.django_db
def test_a_database_in_memory_needs_no_lock() -> None:
    if connections["default"].vendor != "sqlite":
        pytest.skip("only asked on SQLite")
    connections["default"].ensure_connection()
    assert connections["default"].writer_lock is None  # type: ignore[attr-defined]
