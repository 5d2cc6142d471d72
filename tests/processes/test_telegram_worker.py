"""Real workers, killed at random moments while people press and write: everything is done once."""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.installation import Installation, eventually, installation
from tests.services.telegram import TOKEN, Phone, Telegram, bot_api

pytestmark = [pytest.mark.service, pytest.mark.slow]

TICKETS = 30
PREPARE = """
import json
from django.utils import timezone
from estafeta.notifications.channels.telegram import buttons, linking
from estafeta.notifications.models import Address, Asked, AskedAs, ChannelSettings
from tests.cast import make_cast
from tests.orders import order
cast = make_cast()
row = ChannelSettings(channel="telegram", is_on=True, changed_at=timezone.now())
row.values = {{"token": "{token}", "api_url": "{url}", "bot": "house_bot"}}
row.save()
linking.link(linking.new_code(cast.agent).text, chat="42", name="@anna")
told = []
for number in range({tickets}):
    ticket = order(cast)
    Asked.objects.create(
        address=Address.objects.get(), message=number + 1, ticket=ticket,
        answer_is=AskedAs.REPLY, at=timezone.now(),
    )
    told.append(buttons.button("Take", "take", ticket, chat="42")["callback_data"])
print(json.dumps(told))
"""
LOOK = """
import json
from estafeta.notifications.models import Inbox
from estafeta.tickets.models import Comment, Entry
taken = list(Entry.objects.filter(verb="take", via="telegram").values_list("ticket", flat=True))
said = list(Comment.objects.order_by("pk").values_list("text", flat=True))
position = Inbox.objects.values_list("position", flat=True).first()
print(json.dumps([taken, said, position]))
"""


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    with bot_api() as server:
        yield server


@pytest.fixture
def made(tmp_path: Path, telegram: Telegram) -> Iterator[Installation]:
    with installation(tmp_path, inside_addresses='["127.0.0.1"]') as made:
        yield made


def look(made: Installation) -> tuple[list[int], list[str], Any]:
    taken, said, position = json.loads(made.python(LOOK).splitlines()[-1])
    return taken, said, position


def test_killed_workers_do_everything_once(made: Installation, telegram: Telegram) -> None:
    prepare = PREPARE.format(token=TOKEN, url=telegram.url, tickets=TICKETS)
    buttons = json.loads(made.python(prepare).splitlines()[-1])
    phone, chance, killed = Phone(telegram, 42), random.Random(11), 0
    for number, data in enumerate(buttons):
        phone.touch({"message_id": 1000 + number, "chat": {"id": 42, "type": "private"}}, data)
        phone.write(f"Answer {number}", answers={"message_id": number + 1})
    while telegram.updates and killed < 40:
        worker = made.start("worker")
        time.sleep(2.0 + chance.random())
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        killed += 1
    assert killed >= 2, "it was too quick to be killed in between"
    made.start("worker")
    eventually(lambda: not telegram.updates, seconds=30, what="the last update")
    taken, said, _position = look(made)
    assert len(taken) == len(set(taken)) == TICKETS
    assert sorted(said) == sorted(f"Answer {number}" for number in range(TICKETS))
