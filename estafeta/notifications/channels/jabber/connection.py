"""A connection to the XMPP server, kept for many messages, and what its errors mean.

Whether a message was taken, XMPP does not say by itself. Stanzas of one stream are handled in their
order, so a question to the own server after the message (an IQ) is answered when the message has
been handled, and a refusal of it has come before.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from estafeta.notifications.channels.channel import DeliveryError, Values

if TYPE_CHECKING:
    from estafeta.notifications.channels.jabber.client import Client

SECONDS = 15.0
_DEAD = frozenset({"item-not-found", "gone", "jid-malformed"})
_NEVER = frozenset(
    {"bad-request", "forbidden", "not-acceptable", "not-allowed", "policy-violation"}
)

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)  # what fails is said in the ledger


class JabberConnection:
    """Opened by the first message; opened again when the server has hung up."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Client | None = None

    def send(self, message: bytes, *, to: str) -> str:
        """Give the name that the stanza bears. Raises DeliveryError."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        work = asyncio.wait_for(self._send(json.loads(message), to), SECONDS)
        try:
            return self._loop.run_until_complete(work)
        except TimeoutError as error:
            self._forget()
            raise at_fault("The server did not answer in time.") from error
        except OSError as error:
            self._forget()
            raise at_fault(str(error) or type(error).__name__) from error
        except DeliveryError as error:
            if error.channel_is_at_fault:
                self._forget()
            raise

    def close(self) -> None:
        """Say goodbye."""
        self._forget()
        if self._loop is not None:
            self._loop.run_until_complete(_end_all())
            self._loop.close()
            self._loop = None

    async def _send(self, said: dict[str, Any], to: str) -> str:
        from estafeta.notifications.channels.jabber.client import Client

        if self._client is None or not self._client.is_usable():
            self._client = Client(self._values)
            await self._client.enter()
        refusal = await self._client.hand_over(said, to)
        if refusal is not None:
            raise meaning(*refusal)
        return str(said["id"])

    def _forget(self) -> None:
        client, self._client = self._client, None
        if client is None or self._loop is None:
            return
        with suppress(Exception):
            self._loop.run_until_complete(asyncio.wait_for(client.leave(), 3))


async def _end_all() -> None:
    """The library leaves tasks of its own behind."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def at_fault(words: str) -> DeliveryError:
    """It would have happened to any message."""
    return DeliveryError(words, permanent=False, channel_is_at_fault=True)


def meaning(condition: str, words: str) -> DeliveryError:
    """What a refused message says about the message and the address.

    `service-unavailable` is said of unknown accounts, and of known ones that are away where the
    server keeps nothing for later: that may change. So may `remote-server-not-found`, which servers say
    whenever a name cannot be looked up.
    """
    told = f"{condition}: {words}" if words else condition
    if condition in _DEAD:
        return DeliveryError(told, permanent=True, address_is_dead=True)
    if condition == "resource-constraint":
        return DeliveryError(told, permanent=False, retry_after=60)
    return DeliveryError(told, permanent=condition in _NEVER)
