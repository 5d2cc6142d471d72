"""Letters from a real worker to a real mail server."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from estafeta.notifications import deliver
from tests.services.insider import Insider
from tests.services.installation import Installation, eventually, installation
from tests.services.smtp import Mailbox, mail_server

pytestmark = [pytest.mark.service, pytest.mark.slow, pytest.mark.xdist_group("processes")]

ORDERS = 60


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def made(tmp_path: Path, box: Mailbox) -> Iterator[Installation]:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": str(box.port), "smtp_security": "none"}
    with installation(tmp_path, **mail) as made:
        made.run("migrate")
        yield made


def test_a_letter_leaves_within_a_second_of_the_commit(made: Installation, box: Mailbox) -> None:
    with Insider(made) as insider:
        insider.do("cast = make_cast(); first = order(cast)")
        made.start("worker")
        eventually(lambda: len(box.letters) == 3, what="the first letters")
        started = time.monotonic()
        insider.do("order(cast, title='Срочно')")
        eventually(lambda: len(box.letters) == 6, what="the letters")
        assert time.monotonic() - started < 2  # a second, on a machine with other work to do


def test_workers_killed_while_letters_flow_lose_none_and_repeat_under_the_same_name(
    made: Installation, box: Mailbox
) -> None:
    with Insider(made) as insider:
        insider.do(f"cast = make_cast()\nfor _ in range({ORDERS}): order(cast)")
        chance = random.Random(3)
        for _ in range(4):
            worker = made.start("worker")
            before = len(box.letters)
            eventually(lambda: len(box.letters) > before, what="letters")  # noqa: B023
            time.sleep(chance.random() / 20)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            # As if the dead worker's lease had run out.
            insider.do(
                "from django.utils import timezone\n"
                "Delivery.objects.filter(state='queued').update(next_attempt_at=timezone.now())"
            )
        made.start("worker")
        eventually(
            lambda: insider.ask("Delivery.objects.filter(state='sent').count()") == 3 * ORDERS,
            what="the end of the queue",
        )
    names = Counter(letter["Message-ID"] for letter in box.letters)
    assert len(names) == 3 * ORDERS
    in_hand = deliver.LINES + 2
    assert sum(names.values()) <= 3 * ORDERS + 4 * in_hand
