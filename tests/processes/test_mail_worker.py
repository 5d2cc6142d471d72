"""Letters from a real worker to a real mail server."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest

from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.outbox.lines import MOST_UNWRITTEN
from tests.services.insider import Insider
from tests.services.installation import Installation, eventually
from tests.services.smtp import Mailbox

pytestmark = [pytest.mark.service, pytest.mark.slow]


def test_a_letter_leaves_within_a_second_of_the_commit(made: Installation, box: Mailbox) -> None:
    with Insider(made) as insider:
        insider.do("cast = make_cast(); first = order(cast)")
        made.start("worker")
        eventually(lambda: len(box.letters) == 3, what="the first letters")
        started = time.monotonic()
        insider.do("order(cast, title='Срочно')")
        eventually(lambda: len(box.letters) == 6, what="the letters")
        assert time.monotonic() - started < 2  # a second, on a machine with other work to do


PEOPLE, ENTRIES, KILLS = 100, 20, 50
START_SECONDS = 6.0
"""Both workers are to be there before there is anything to send."""
MANY = f"""
from datetime import timedelta
from django.utils import timezone
from estafeta.notifications import fan_out
cast = make_cast()
people = Person.objects.bulk_create(
    Person(login=f"p{{n}}", name=f"P {{n}}", email=f"p{{n}}@example.org", password="!")
    for n in range({PEOPLE})
)
Membership.objects.bulk_create(Membership(person=one, department=cast.it) for one in people)
entries = [order(cast, title=f"Заявка {{n}}").entries.get() for n in range({ENTRIES})]
fan_out.skip_history()
now = timezone.now()
told = Notification.objects.bulk_create(
    Notification(person=one, entry=entry, ticket=entry.ticket, created_at=now)
    for entry in entries for one in people
)
Delivery.objects.bulk_create(
    Delivery(
        notification=row, person=row.person, channel="mail", address=row.person.email,
        created_at=now, next_attempt_at=now, expires_at=now + timedelta(days=3),
    )
    for row in told
)
"""
FORK = """
import os
from django.db import connections
from estafeta.ops.worker import work
connections.close_all()
answer = os.fork()
if answer == 0:
    try:
        work()
    finally:
        os._exit(0)
"""
KILL = """
os.kill({pid}, 9)
os.waitpid({pid}, 0)
# As if the dead worker's lease had run out.
held = Delivery.objects.filter(state="queued", worker__endswith=":{pid}")
answer = held.update(next_attempt_at=timezone.now())
"""


def test_two_workers_share_a_queue_and_send_each_letter_once(
    made: Installation, box: Mailbox
) -> None:
    box.delay = 0.02
    seen: set[str] = set()

    def is_sent() -> bool:
        asked = "list(Delivery.objects.filter(state='queued').values_list('worker').distinct())"
        seen.update(worker for (worker,) in insider.ask(asked) if worker)
        return len(box.letters) >= PEOPLE * ENTRIES

    with Insider(made) as insider:
        insider.do(MANY + "Delivery.objects.update(next_attempt_at=now + timedelta(hours=1))")
        workers = [made.start("worker"), made.start("worker")]
        time.sleep(START_SECONDS)
        insider.do("Delivery.objects.update(next_attempt_at=timezone.now())")
        eventually(is_sent, seconds=90, what="all letters")
        eventually(
            lambda: not insider.ask("Delivery.objects.exclude(state='sent').count()"),
            what="the end of the queue",
        )
    names = Counter(letter["Message-ID"] for letter in box.letters)
    assert (len(names), sum(names.values())) == (PEOPLE * ENTRIES, PEOPLE * ENTRIES)
    hands = {int(worker.rpartition(":")[2]) for worker in seen}
    assert hands == {worker.pid for worker in workers}, "both had letters in their hands"


def test_workers_killed_fifty_times_while_letters_flow_lose_none(
    made: Installation, box: Mailbox
) -> None:
    """The worker is forked from a process that has loaded everything, as the server does it."""
    box.delay = 0.02
    held: list[int] = []
    with Insider(made) as insider:
        insider.do(MANY + "from estafeta.ops.preload import preload; preload()")
        chance = random.Random(3)
        for _ in range(KILLS):
            pid, before = insider.do(FORK), len(box.letters)
            eventually(lambda: len(box.letters) > before, what="letters")  # noqa: B023
            time.sleep(chance.random() / 5)
            held.append(insider.do(KILL.format(pid=pid)))
        flowed = len(box.letters)
        made.start("worker")
        eventually(
            lambda: not insider.ask("Delivery.objects.exclude(state='sent').count()"),
            seconds=60,
            what="the end of the queue",
        )
        assert insider.ask("Delivery.objects.filter(state='sent').count()") == PEOPLE * ENTRIES
    names = Counter(letter["Message-ID"] for letter in box.letters)
    repeats = sum(names.values()) - len(names)
    print(
        f"{repeats} of {len(names)} came again; {sum(held)} were in hand; {flowed} before the end"
    )
    assert len(names) == PEOPLE * ENTRIES, "none is lost, and a repeat bears the same name"
    assert flowed > PEOPLE * ENTRIES / 4, "they flowed while workers were killed"
    most_in_hand = CHANNELS["mail"].lines + MOST_UNWRITTEN
    assert repeats <= KILLS * most_in_hand
    assert repeats <= sum(held), "only what was in hand came again"
