"""Fixtures of the whole suite. The database is the one in ESTAFETA_DATABASE_URL, else SQLite."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from tests.services import prepared


def pytest_configure() -> None:
    """Prepare the database engine for tests."""
    _let_flush_empty_protected_tables()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Say how workers share the tests."""
    from tests.distribution import Distribution

    return Distribution(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser waits for a busy machine only so long: its journeys get a second try.

    Long tests begin first, so that no worker is left with one at the end. pytest-django has put
    those last that empty the database, and there they stay.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: (_empties_the_database(item), not item.get_closest_marker("slow")))


def _empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked_for = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in asked_for


def pytest_unconfigure() -> None:
    """Remove this process's data folder, and what the last one of a run leaves on the server."""
    from django.conf import settings

    shutil.rmtree(settings.DATA, ignore_errors=True)
    if prepared.server() and "PYTEST_XDIST_WORKER" not in os.environ:
        prepared.drop_postgres_template()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Let the tests' database begin as a copy: migrating takes as long as hundreds of tests."""
    from django.db import connections

    database: Any = connections["default"]
    if database.vendor == "postgresql":
        database.settings_dict["TEST"]["TEMPLATE"] = prepared.postgres_template()
        yield
        return
    place = database.creation._get_test_db_name()
    # A database in memory lives as long as somebody has it open.
    with (
        closing(database.Database.connect(prepared.sqlite_file())) as source,
        closing(database.Database.connect(place, uri=True)) as copy,
    ):
        source.backup(copy)
        yield


@pytest.fixture(autouse=True)
def _no_leftover_language() -> None:
    """Give every test the default language, whatever the one before it activated."""
    from django.utils import timezone, translation

    translation.deactivate()
    timezone.deactivate()


@contextmanager
def _without_guards(connection: Any) -> Iterator[None]:
    """Set the triggers aside that refuse to change the journal; only emptying tests' tables may."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        guards = cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'"
        ).fetchall()
        for name, _ in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _, sql in guards:
                cursor.execute(sql)


@pytest.fixture
def behind_the_back() -> Callable[..., None]:
    """Run SQL with the journal's triggers set aside, as somebody with the database file could."""
    from django.db import connection

    def run(sql: str, *values: Any) -> None:
        with _without_guards(connection), connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run


def _let_flush_empty_protected_tables() -> None:
    """Tests with real transactions end with a flush, which the journal's triggers would refuse."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unguarded(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        with _without_guards(self.connection):
            flush(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = flush_unguarded  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Any:
    """The named cast (tests/cast.py), fresh for each test."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture(autouse=True)
def _site_read_anew() -> Iterator[None]:
    """No test sees the site row another has kept, nor the settings of channels."""
    from estafeta.accounts.models import Site
    from estafeta.lib import short_memory

    short_memory.forget_all()
    Site.forget()
    yield
    Site.forget()


@pytest.fixture(autouse=True)
def _nobody_has_asked_the_api_yet() -> None:
    """Tokens of the same number in earlier tests do not use up this test's rate."""
    from estafeta.lib import rate

    rate.forget()
