"""A channel for tests: its other side does what a test says, at once and without a network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.channels.channel import Channel, DeliveryError, Values
from estafeta.notifications.content import Content
from estafeta.notifications.models import Delivery
from tests.cast import Cast


class MadeUp(Channel):
    """Keeps what it got, in order: (moment, address, text of the message)."""

    label = "Made up"
    icon = "bell"
    is_on_by_itself = True
    is_on_card = True
    lines = 2

    def __init__(self, name: str = "made_up") -> None:
        self.name = name  # type: ignore[misc]
        self.got: list[tuple[float, str, str]] = []
        self.tried: list[str] = []
        self.answer: Callable[[str], object] = lambda _to: "taken"
        self._lock = threading.Lock()

    def write(self, content: Content, bundle: Sequence[Delivery], values: Values) -> bytes:
        return f"{bundle[0].name}: {len(bundle)} {content.title}".encode()

    @contextmanager
    def open(self, values: Values) -> Iterator[MadeUp]:
        yield self

    def send(self, message: bytes, *, to: str) -> str:
        with self._lock:
            self.tried.append(to)
        answer = self.answer(to)
        if isinstance(answer, Exception):
            raise answer
        with self._lock:
            self.got.append((time.monotonic(), to, message.decode()))
        return str(answer)

    @property
    def receivers(self) -> list[str]:
        return [to for _at, to, _message in self.got]


def made_up(monkeypatch: pytest.MonkeyPatch, name: str = "made_up") -> MadeUp:
    channel = MadeUp(name)
    monkeypatch.setitem(CHANNELS, name, channel)
    return channel


def queued(cast: Cast, to: str, *, channel: str = "made_up", **fields: Any) -> Delivery:
    now = timezone.now()
    given = {
        "notice": {"name": "test"}, "person": cast.agent, "channel": channel, "address": to,
        "created_at": now, "next_attempt_at": now, "expires_at": now + timedelta(days=3),
    }  # fmt: skip
    return Delivery.objects.create(**{**given, **fields})


def later(reason: str = "not now", **more: Any) -> DeliveryError:
    return DeliveryError(reason, permanent=False, **more)
