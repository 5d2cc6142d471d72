"""Messages on their way to chats: no chat more than once a second, and what refusals mean."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from estafeta.lib.outside import Unreachable
from estafeta.notifications.channels.channel import DeliveryError, Values
from estafeta.notifications.channels.telegram.bot import Bot, BotError

A_CHAT_SECONDS = 1.0
"""Telegram asks for no more than one message a second to the same chat."""
_MOST_REMEMBERED = 2000
_NO_CHAT = ("chat not found", "user not found", "group chat was upgraded", "peer_id_invalid")


class Pace:
    """When something may next be sent to a chat; shared by all lines of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}

    def wait(self, chat: str) -> None:
        """Sleep until it is this chat's turn."""
        now = time.monotonic()
        with self._lock:
            if len(self._free) > _MOST_REMEMBERED:
                self._free = {one: at for one, at in self._free.items() if at > now}
            turn = max(now, self._free.get(chat, 0.0))
            self._free[chat] = turn + A_CHAT_SECONDS
        if turn > now:
            time.sleep(turn - now)


pace = Pace()


class ChatSender:
    """One kept connection to the Bot API."""

    def __init__(self, values: Values) -> None:
        self._bot = Bot(values)

    def send(self, message: bytes, *, to: str) -> str:
        """Give the number of the message in its chat. Raises DeliveryError."""
        fields: dict[str, Any] = json.loads(message)
        pace.wait(to)
        try:
            return self._send(fields, to)
        except BotError as error:
            raise meaning(error) from error
        except Unreachable as error:
            raise DeliveryError(str(error), permanent=False, channel_is_at_fault=True) from error

    def _send(self, fields: dict[str, Any], to: str) -> str:
        try:
            sent = self._bot.ask("sendMessage", chat_id=chat_id(to), **fields)
        except BotError as error:
            words = error.description.lower()
            if error.code != 400 or "button" not in words or "url" not in words:
                raise
            sent = self._bot.ask("sendMessage", chat_id=chat_id(to), **_without_links(fields))
        return str(sent["message_id"])

    def close(self) -> None:
        """Hang up."""
        self._bot.close()


def chat_id(chat: str) -> int | str:
    """Numbers as numbers; a public channel has a name."""
    return int(chat) if chat.removeprefix("-").isdecimal() else chat


def meaning(error: BotError) -> DeliveryError:
    """What a refusal says about the message, the chat and the bot."""
    reason, words = str(error), error.description.lower()
    if error.code == 429:
        return DeliveryError(reason, permanent=False, retry_after=error.retry_after or 1.0)
    if error.code in (401, 404) or error.code == 409:
        return DeliveryError(reason, permanent=False, channel_is_at_fault=True)
    if error.code == 403 or (error.code == 400 and any(one in words for one in _NO_CHAT)):
        return DeliveryError(reason, permanent=True, address_is_dead=True)
    if error.code >= 500:
        return DeliveryError(reason, permanent=False, channel_is_at_fault=True)
    return DeliveryError(reason, permanent=True)


def _without_links(fields: dict[str, Any]) -> dict[str, Any]:
    rows = fields.get("reply_markup", {}).get("inline_keyboard", [])
    kept = [[one for one in row if "url" not in one] for row in rows]
    return {**fields, "reply_markup": {"inline_keyboard": [row for row in kept if row]}}
