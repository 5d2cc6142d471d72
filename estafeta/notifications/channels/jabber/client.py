"""One stream to the server; loaded only when something is sent."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any
from xml.etree import ElementTree

from slixmpp import JID, ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.jid import InvalidJID

from estafeta.notifications.channels.channel import Values
from estafeta.notifications.channels.jabber.connection import at_fault

ANSWER_SECONDS = 10
RESOURCE = "estafeta"


class Client(ClientXMPP):
    """Never available, so that nobody's answers end here; refusals of its messages do."""

    def __init__(self, values: Values) -> None:
        loop = asyncio.get_running_loop()
        self._security = str(values.get("security") or "starttls")
        is_open = self._security == "none"
        super().__init__(
            f"{values['jid']}/{RESOURCE}",
            str(values.get("password") or ""),
            plugin_config={
                "feature_mechanisms": {"unencrypted_plain": is_open, "unencrypted_scram": is_open}
            },
            loop=loop,
            ssl_context=_trust(str(values.get("authority") or "")),
        )
        default = 5223 if self._security == "tls" else 5222
        self._place = (
            str(values.get("host") or self.boundjid.host),
            int(values.get("port") or default),
        )
        self.enable_starttls = self._security == "starttls"
        self.enable_direct_tls = self._security == "tls"
        self.enable_plaintext = self._security == "none"
        self._entered: asyncio.Future[None] = loop.create_future()
        self._refusals: dict[str, tuple[str, str]] = {}
        self.add_event_handler("session_start", self._on_start)
        self.add_event_handler("failed_all_auth", self._on_failure("The password is not accepted."))
        self.add_event_handler(
            "ssl_invalid_chain", self._on_failure("The server's certificate is not trusted.")
        )
        self.add_event_handler(
            "connection_failed", self._on_failure("The server cannot be reached.")
        )
        self.add_event_handler("disconnected", self._on_failure("The server has hung up."))
        self.add_event_handler("message_error", self._on_refusal)

    async def enter(self) -> None:
        """Connect and sign in. Raises DeliveryError."""
        self.connect(*self._place)
        await self._entered

    def is_usable(self) -> bool:
        """Whether the stream is open still."""
        return bool(self.is_connected()) and self._entered.done() and not self._entered.exception()

    async def hand_over(self, said: dict[str, Any], to: str) -> tuple[str, str] | None:
        """Send a message and wait until it was handled; why it was refused, if it was."""
        try:
            receiver = JID(to)
        except InvalidJID:
            return "jid-malformed", ""
        name = str(said["id"])
        stanza = self.make_message(mto=receiver, mbody=said["text"], mtype="chat")
        stanza["id"] = name
        if said["thread"]:
            stanza["thread"] = said["thread"]
        origin = ElementTree.SubElement(stanza.xml, "{urn:xmpp:sid:0}origin-id")
        origin.set("id", name)
        ElementTree.SubElement(stanza.xml, "{urn:xmpp:hints}store")
        self.send(stanza)
        await self._until_handled()
        return self._refusals.pop(name, None)

    async def leave(self) -> None:
        """Close the stream."""
        await self.disconnect(wait=1)

    async def _until_handled(self) -> None:
        ping: Any = self.make_iq_get(ito=self.boundjid.host)
        ElementTree.SubElement(ping.xml, "{urn:xmpp:ping}ping")
        try:
            await ping.send(timeout=ANSWER_SECONDS)
        except IqError:
            pass  # it knows no pings, but it has answered
        except IqTimeout:
            raise at_fault("The server did not answer in time.") from None
        if not self.is_connected():
            raise at_fault("The server has hung up.")

    async def _handle_stream_features(self, features: Any) -> bool | None:
        """Sign in only where the stream is encrypted as it was asked to be."""
        offered, is_safe = features["features"], "starttls" in self.features
        if self._security == "starttls" and not is_safe and "starttls" not in offered:
            self._fail("The server offers no encryption.")
            self.disconnect()
            return True
        answer: bool | None = await super()._handle_stream_features(features)
        return answer

    def _on_start(self, _event: Any) -> None:
        if not self._entered.done():
            self._entered.set_result(None)

    def _on_failure(self, words: str) -> Any:
        def tell(event: Any) -> None:
            reason = f" {event}" if isinstance(event, OSError) and str(event) else ""
            self._fail(words + reason)

        return tell

    def _fail(self, words: str) -> None:
        self.cancel_connection_attempt()
        if not self._entered.done():
            self._entered.set_exception(at_fault(words))

    def _on_refusal(self, message: Any) -> None:
        error = message["error"]
        self._refusals[message["id"]] = (str(error["condition"]), str(error["text"] or ""))


def _trust(authority: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authority:
        context.load_verify_locations(cadata=authority)
    return context
