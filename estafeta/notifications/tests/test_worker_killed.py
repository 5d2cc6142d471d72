"""Real workers, killed at random moments while tickets flow: each entry is told exactly once."""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.installation import Installation, eventually, installation

pytestmark = [pytest.mark.service, pytest.mark.slow]

ORDERS = 150
WRITE = f"""
import time
from tests.cast import make_cast
from tests.orders import order
from estafeta.tickets import actions
cast = make_cast()
for _ in range({ORDERS}):
    actions.take(order(cast), by=cast.agent)
    time.sleep(0.04)
"""
LOOK = """
import json
from estafeta.notifications.models import Notification, Progress
from estafeta.tickets.models import Entry
told = list(Notification.objects.order_by("pk").values_list("person__login", "entry_id"))
position = Progress.objects.values_list("entry", flat=True).first() or 0
print(json.dumps([told, position, Entry.objects.latest("pk").pk]))
"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path) as made:
        # One writer does the same all the time, which would be summed up.
        made.environment["ESTAFETA_ALIKE_TOLD_SINGLY"] = "0"
        made.run("migrate")
        yield made


def look(made: Installation) -> tuple[list[list[object]], int, int]:
    told, position, last = json.loads(made.python(LOOK).splitlines()[-1])
    return told, position, last


def test_killed_workers_tell_everything_once(made: Installation) -> None:
    writer = made.start("shell", "-c", WRITE)
    chance = random.Random(7)
    killed = 0
    while writer.poll() is None:
        workers = [made.start("worker"), made.start("worker")]
        time.sleep(1.2 + chance.random())
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        killed += 1
    assert writer.returncode == 0, made.log.read_text()
    assert killed >= 2
    made.start("worker")
    eventually(lambda: look(made)[1] == look(made)[2], what="the end of the journal")
    told, _position, _last = look(made)
    assert len(told) == ORDERS * 3 + ORDERS
    assert len({(person, entry) for person, entry in told}) == len(told)
    entries = [entry for _, entry in told]
    assert entries == sorted(entries)  # type: ignore[type-var]
