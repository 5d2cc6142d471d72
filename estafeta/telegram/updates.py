"""What Telegram reports, one thing at a time, given to whom it belongs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from estafeta.notifications import addresses
from estafeta.notifications.channels.telegram import linking
from estafeta.notifications.channels.telegram.bot import Bot
from estafeta.notifications.models import Address
from estafeta.telegram import answers, commands, presses
from estafeta.telegram.chat import Chat

WANTED = ("message", "callback_query", "my_chat_member")
"""Kinds of updates; Telegram keeps the others to itself."""


def handle(bot: Bot, update: dict[str, Any]) -> None:
    """Do what one update asks for; the same update once more does nothing more."""
    if "callback_query" in update:
        query = update["callback_query"]
        # A message too old to be shown has no chat of its own left.
        place = (query.get("message") or {}).get("chat") or {}
        if chat := _chat(bot, place, query["from"]):
            with chat.speaking():
                presses.press(chat, query, key=f"telegram:{update['update_id']}")
    elif "message" in update:
        message = update["message"]
        if chat := _chat(bot, message["chat"], message.get("from") or {}):
            with chat.speaking():
                if not commands.run(chat, message):
                    answers.take(chat, message)
    elif "my_chat_member" in update:
        change = update["my_chat_member"]
        if chat := _chat(bot, change["chat"], change["from"]):
            _blocked_or_not(chat, change["new_chat_member"]["status"])


def _chat(bot: Bot, place: dict[str, Any], sender: dict[str, Any]) -> Chat | None:
    """A private chat has the number of the person in it; in groups the bot only tells."""
    if place.get("type") != "private" or place.get("id") != sender.get("id"):
        return None
    number = int(place["id"])
    name = f"@{sender['username']}" if sender.get("username") else sender.get("first_name", "")
    language = str(sender.get("language_code") or "").split("-")[0]
    return Chat(bot, number, name or str(number), language, linking.owner_of(str(number)))


def _blocked_or_not(chat: Chat, status: str) -> None:
    address = chat.address
    if address is None:
        return
    if status == "kicked":
        Address.objects.filter(pk=address.pk, stopped_at=None).update(
            stopped_at=timezone.now(), stopped_reason="The bot was blocked in Telegram."
        )
    elif chat.person is not None and address.stopped_at is not None:
        addresses.resume(address, by=chat.person)
