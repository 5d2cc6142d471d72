"""The bell, with commits of other connections; on both engines."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

from estafeta.lib.nudge import AsyncBell, Bell, ring

pytestmark = pytest.mark.django_db(transaction=True)


def commit(*, delay: float = 0.0, roll_back: bool = False) -> None:
    """Change a row and ring, as another process would: over another connection."""
    time.sleep(delay)
    try:
        with transaction.atomic():
            ContentType.objects.create(app_label="nudge", model=f"m{time.monotonic_ns()}")
            ring("tickets")
            if roll_back:
                raise RuntimeError
    except RuntimeError:
        pass
    finally:
        connections.close_all()


@pytest.fixture
def bell() -> Iterator[Bell]:
    with Bell() as made:
        yield made


def elsewhere(**options: object) -> threading.Thread:
    thread = threading.Thread(target=commit, kwargs=options)
    thread.start()
    return thread


def test_a_commit_wakes_who_waits(bell: Bell) -> None:
    thread = elsewhere(delay=0.1)
    started = time.monotonic()
    assert bell.wait(5)
    assert time.monotonic() - started < 2
    thread.join()


def test_nothing_happened_means_false_in_time(bell: Bell) -> None:
    started = time.monotonic()
    assert not bell.wait(0.3)
    assert 0.2 < time.monotonic() - started < 1.5


def test_a_rolled_back_transaction_is_not_heard(bell: Bell) -> None:
    elsewhere(roll_back=True).join()
    assert not bell.wait(0.3)


def test_a_commit_between_two_waits_is_not_missed(bell: Bell) -> None:
    bell.wait(0.01)
    elsewhere().join()
    assert bell.wait(0.5)


def test_the_event_loop_is_woken_too_and_goes_on_meanwhile() -> None:
    async def scenario() -> tuple[bool, bool, int]:
        bell, ticks = AsyncBell(), 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.02)
                ticks += 1

        ticking = asyncio.create_task(tick())
        await bell.wait(0.01)
        quiet = await bell.wait(0.3)
        thread = elsewhere(delay=0.1)
        heard = await bell.wait(5)
        ticking.cancel()
        await bell.close()
        thread.join()
        return quiet, heard, ticks

    quiet, heard, ticks = asyncio.run(scenario())
    assert heard
    assert not quiet
    assert ticks > 5


def test_a_lost_listener_connects_again(bell: Bell) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND query LIKE 'LISTEN%%' "
            "AND datname = current_database()"
        )
    bell.wait(0.2)
    assert bell.wait(5)  # reconnected: says that something may have happened
    elsewhere().join()
    assert bell.wait(5)
