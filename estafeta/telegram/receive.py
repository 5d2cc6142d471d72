"""The worker asks Telegram what people did: one worker at a time, each update once.

The position is written after each update; a worker that dies in between does the last one again,
which its key makes harmless. It is forgotten when Telegram has confirmed it, for after a quiet week
the numbers begin elsewhere.
"""

from __future__ import annotations

import logging
import os
import time
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from estafeta.lib.jobs.runner import worker_name
from estafeta.lib.outside import Unreachable
from estafeta.notifications import channel_settings
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.telegram.bot import Bot, BotError
from estafeta.notifications.models import Inbox
from estafeta.telegram import registration, updates

log = logging.getLogger(__name__)

NAME = "telegram"
LEASE = timedelta(seconds=30)
POLL_SECONDS = 4
"""Telegram answers at once when there is something; a worker that is told to stop waits no longer."""
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
LONGEST_PEACE = 3600.0
MOST_AT_ONCE = 50


class Receiver:
    """Keeps one connection, and peace after failures."""

    def __init__(self) -> None:
        self._bot: Bot | None = None
        self._token: tuple[Any, ...] = ()
        self._leased_until = 0.0
        self._not_before = 0.0
        self._wait = FIRST_WAIT

    def run_once(self) -> int:
        """Deal with what has come in; 0 where nobody can be asked now."""
        if not _is_on():
            return 0
        values = channel_settings.values_of(NAME)
        if time.monotonic() < self._not_before and _way_of(values) == self._token:
            return 0
        try:
            bot = self._bot_of(values)
            registration.register(bot, values)
            if values.get("receiving") == "webhook" or not self._lease():
                return 0
            count = self._work_off(bot)
        except (BotError, Unreachable) as error:
            self._rest(error)
            return 0
        self._wait = FIRST_WAIT
        # At once again: the waiting is done by Telegram.
        return max(count, 1)

    def _bot_of(self, values: Any) -> Bot:
        token = _way_of(values)
        if self._bot is None or token != self._token:
            self._bot, self._token = Bot(values), token
        return self._bot

    def _lease(self) -> bool:
        """Whether this worker is the one that reads; renewed when half of it is over."""
        if time.monotonic() < self._leased_until - LEASE.total_seconds() / 2:
            return True
        now, me = timezone.now(), worker_name()
        row, _made = Inbox.objects.get_or_create(channel=NAME)
        # One of a clock that ran far ahead holds nobody up.
        is_held = row.leased_until is not None and now < row.leased_until <= now + LEASE * 2
        if row.worker != me and is_held and not _is_gone(row.worker):
            return False
        as_it_was = Inbox.objects.filter(
            channel=NAME, worker=row.worker, leased_until=row.leased_until
        )
        if not as_it_was.update(worker=me, leased_until=now + LEASE):
            return False
        self._leased_until = time.monotonic() + LEASE.total_seconds()
        return True

    def _work_off(self, bot: Bot) -> int:
        row = Inbox.objects.get(channel=NAME)
        found = bot.ask(
            "getUpdates", offset=row.position or None, limit=MOST_AT_ONCE, timeout=POLL_SECONDS,
            allowed_updates=list(updates.WANTED), seconds=POLL_SECONDS + 10,
        )  # fmt: skip
        if not found and row.position:
            _mine().update(position=0)
        for update in found:
            handle(bot, update)
            done = int(update["update_id"]) + 1
            if not _mine().update(position=done, leased_until=timezone.now() + LEASE):
                self._leased_until = 0.0  # it took too long, and another worker reads by now
                break
        return len(found)

    def _rest(self, error: BotError | Unreachable) -> None:
        asked = error.retry_after if isinstance(error, BotError) else None
        if self._wait == FIRST_WAIT:  # said once, not every minute
            log.warning("Telegram cannot be asked for updates: %s", error)
        self._not_before = time.monotonic() + min(max(asked or self._wait, 0), LONGEST_PEACE)
        self._wait = min(self._wait * 2, LONGEST_WAIT)


def _way_of(values: Any) -> tuple[Any, ...]:
    """Whoever has just mended these must not wait for the end of the peace after failures."""
    return (values.get("token"), values.get("api_url"), values.get("proxy"))


def _is_gone(worker: str) -> bool:
    """A process of this machine that has died: nobody need wait for the end of its lease."""
    host, _colon, number = worker.rpartition(":")
    if host != worker_name().rpartition(":")[0] or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def _is_on() -> bool:
    channel = CHANNELS.get(NAME)
    return channel is not None and channel_settings.is_ready(channel)


def handle(bot: Bot, update: dict[str, Any]) -> None:
    """One update that cannot be understood must not stop all that follow."""
    try:
        updates.handle(bot, update)
    except DatabaseError:
        raise
    except Exception:
        log.exception("Update %s of Telegram was not understood", update.get("update_id"))


def _mine() -> Any:
    return Inbox.objects.filter(channel=NAME, worker=worker_name())


receiver = Receiver()


def run_once() -> int:
    """For the worker's lane."""
    return receiver.run_once()
