"""Lanes of channels with a real database and real threads: one that hangs, a database that is locked."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.processes.test_mail_worker import MANY
from tests.services.insider import Insider
from tests.services.installation import Installation, eventually
from tests.services.smtp import Mailbox

pytestmark = [pytest.mark.service, pytest.mark.slow]

TWO_CHANNELS = """
import threading, time
from estafeta.notifications import deliver
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.outbox.tests.made_up import MadeUp, queued
deliver.KEPT_SECONDS = 1.0
cast = make_cast()
hangs, quick, released = MadeUp("hangs"), MadeUp("quick"), threading.Event()
CHANNELS.update(hangs=hangs, quick=quick)
hangs.answer = lambda to: released.wait(60)
for n in range(20):
    queued(cast, f"a{n}", channel="hangs")
    queued(cast, f"b{n}", channel="quick")
lanes = deliver.Lanes()

def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        lanes.look()
        time.sleep(0.05)

def lanes_alive():
    return sorted(one.name for one in threading.enumerate() if one.name.endswith("lane"))

until(lambda: len(quick.got) == 20, 20)
answer = [len(quick.got), len(hangs.got)]
"""
LOCK = """
import time
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("LOCK TABLE notifications_delivery IN EXCLUSIVE MODE")
    else:
        Delivery.objects.filter(pk=0).update(error="")
    before = len(Delivery.objects.filter(state="sent").values_list("pk"))
    time.sleep(4)
answer = before
"""


def test_a_channel_that_hangs_delays_no_other_and_lanes_end_without_work(
    made: Installation,
) -> None:
    with Insider(made) as insider:
        assert insider.do(TWO_CHANNELS) == [20, 0]
        insider.do("until(lambda: 'quick lane' not in lanes_alive(), 15)")
        assert insider.ask("lanes_alive()") == ["hangs lane"]
        insider.do("released.set(); until(lambda: len(hangs.got) == 20, 20); lanes.stop()")
        assert insider.ask("len(hangs.got), lanes_alive()") == [20, []]
        assert insider.ask("Delivery.objects.exclude(state='sent').count()") == 0
        assert insider.ask("set(Delivery.objects.values_list('attempts')) == {(1,)}") is True


def test_a_database_that_is_locked_for_seconds_costs_nothing_but_time(
    made: Installation, box: Mailbox
) -> None:
    box.delay = 0.05
    with Insider(made) as insider:
        insider.do(MANY.replace("range(20)", "range(4)"))
        made.start("worker")
        eventually(lambda: len(box.letters) > 40, what="letters")
        written = insider.do(LOCK)
        assert written < 400
        eventually(
            lambda: not insider.ask("Delivery.objects.exclude(state='sent').count()"),
            seconds=60,
            what="the end of the queue",
        )
    names = Counter(letter["Message-ID"] for letter in box.letters)
    assert (len(names), max(names.values())) == (400, 1)
