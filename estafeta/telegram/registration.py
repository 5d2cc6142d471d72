"""Tell Telegram once where we want to hear of updates, and which commands there are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac

from estafeta.accounts.models import Site
from estafeta.notifications.channels.telegram.bot import Bot
from estafeta.telegram import commands, updates

PATH = "/telegram/updates"
_registered: tuple[Any, ...] = ()


def register(bot: Bot, values: Any) -> None:
    """Again only when something has changed. Raises BotError, Unreachable."""
    global _registered
    site = Site.current()
    now = (values.get("token"), values.get("receiving"), site.address, site.language)
    if now == _registered:
        return
    if values.get("receiving") == "webhook":
        bot.ask(
            "setWebhook", url=f"{site.address}{PATH}", secret_token=secret(values),
            allowed_updates=list(updates.WANTED), max_connections=4,
        )  # fmt: skip
    else:
        bot.ask("deleteWebhook")
    with translation.override(site.language):
        bot.ask("setMyCommands", commands=commands.listed())
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            bot.ask("setMyCommands", commands=commands.listed(), language_code=language)
    _registered = now


def secret(values: Any) -> str:
    """What Telegram says with each call, so that nobody else can call in its name."""
    return salted_hmac(
        "estafeta.telegram.webhook", str(values.get("token")), algorithm="sha256"
    ).hexdigest()
