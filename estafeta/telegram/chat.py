"""Whom an update came from, and what the bot can say there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from estafeta.accounts.models import Person, Site
from estafeta.lib.outside import Unreachable
from estafeta.notifications.channels.telegram import message
from estafeta.notifications.channels.telegram.bot import Bot, BotError
from estafeta.notifications.message import speaking_to
from estafeta.notifications.models import Address, Asked, AskedAs
from estafeta.tickets.models import Ticket
from estafeta.tickets.via import Via, coming_via

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chat:
    """One private chat; `address` is there once somebody has linked it."""

    bot: Bot
    id: int
    name: str
    language: str
    address: Address | None

    @property
    def key(self) -> str:
        """The chat as its address has it."""
        return str(self.id)

    @property
    def person(self) -> Person | None:
        """Who acts here; nobody, while the chat is not linked or its owner is switched off."""
        person = self.address.person if self.address else None
        return person if person and person.is_active else None

    def say(
        self, text: str, *, buttons: dict[str, Any] | None = None, answers: int | None = None
    ) -> int | None:
        """Write a message of HTML; give its number, or None where Telegram did not take it."""
        about = {"message_id": answers, "allow_sending_without_reply": True} if answers else None
        sent = self.tell("sendMessage", reply_parameters=about, **message(text, buttons))
        return int(sent["message_id"]) if sent else None

    def edit(self, number: int, text: str, *, buttons: dict[str, Any] | None = None) -> None:
        """Replace a message of ours."""
        self.tell("editMessageText", message_id=number, **message(text, buttons))

    def remember(self, number: int | None, ticket: Ticket, answer_is: AskedAs) -> None:
        """What an answer to this message of ours will be about."""
        if number is None or self.address is None:
            return
        Asked.objects.update_or_create(
            address=self.address, message=number,
            defaults={"ticket": ticket, "answer_is": answer_is, "at": timezone.now()},
        )  # fmt: skip

    def tell(self, method: str, **fields: Any) -> Any:
        """Ask for something that may fail without harm: the verb is done, and only words are lost."""
        try:
            return self.bot.ask(method, chat_id=self.id, **fields)
        except BotError as error:
            if "not modified" not in error.description:
                log.warning("Telegram refused %s: %s", method, error)
        except Unreachable as error:
            log.warning("Telegram could not be told (%s): %s", method, error)
        return None

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """In the language of the person, else of his Telegram; what is done came in this way."""
        with coming_via(Via.TELEGRAM):
            if self.person is not None:
                with speaking_to(self.person):
                    yield
                return
            known = {code for code, _name in settings.LANGUAGES}
            language = self.language if self.language in known else Site.current().language
            with translation.override(language):
                yield
