"""A ready-made provider: one of the services that Apprise knows, by its address."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from estafeta.notifications.channels.channel import DeliveryError, Values
from estafeta.notifications.channels.sms.filling import filled, in_url, values_for

CHILD = Path(__file__).with_name("apprise_child.py")
SECONDS = 40.0
_SHORTEST_SECRET = 6


class Said(NamedTuple):
    """What Apprise made of it."""

    is_known: bool
    is_sent: bool
    told: str


class Provider:
    """Each message is a process of its own: providers are slow, and few messages are SMS."""

    def __init__(self, values: Values) -> None:
        self._address = str(values.get("apprise_url") or "")

    def send(self, message: bytes, *, to: str) -> str:
        """Apprise tells no name of the message. Raises DeliveryError."""
        said = json.loads(message)
        filling = values_for(to, said["text"], said["id"], "")
        try:
            result = ask(filled(self._address, filling, in_url), said["text"])
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            words = "Apprise did not answer in time."
            raise DeliveryError(words, permanent=False, channel_is_at_fault=True) from error
        if not result.is_known:
            words = "Apprise does not understand the provider's address."
            raise DeliveryError(words, permanent=False, channel_is_at_fault=True)
        if not result.is_sent:
            told = result.told or "The provider did not take the message."
            raise DeliveryError(without_secrets(told, self._address), permanent=False)
        return "Apprise"

    def close(self) -> None:
        """Nothing is kept."""


def ask(address: str, text: str = "") -> Said:
    """Let Apprise send, or only look at the address. Raises OSError, ValueError, SubprocessError."""
    done = subprocess.run(
        [sys.executable, "-I", str(CHILD)],
        input=json.dumps({"url": address, "text": text}).encode(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, timeout=SECONDS, check=True,
    )  # fmt: skip
    return Said(**json.loads(done.stdout))


def without_secrets(told: str, address: str) -> str:
    """Apprise may name parts of the address: none of them stays."""
    for part in re.split(r"[/:@?&=]", address):
        for form in {part, unquote(part)}:
            if len(form) >= _SHORTEST_SECRET:
                told = told.replace(form, "•••")
    return told[:300]
