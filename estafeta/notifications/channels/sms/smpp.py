"""SMPP 3.4 to an operator or a modem's gateway: one bound connection, kept for many messages."""

from __future__ import annotations

import json
import logging
import socket
import ssl
import time
from contextlib import suppress
from typing import Any

from estafeta.notifications.channels.channel import DeliveryError, Values
from estafeta.notifications.channels.sms.coding import Coded, coded

SECONDS = 10.0
IDLE_SECONDS = 25.0
"""After so long the other side is asked whether it still listens."""
_MULTIPART = 0x40
_UCS2 = 8
_THROTTLED = {0x58: 5.0, 0x14: 30.0}
"""ESME_RTHROTTLED and ESME_RMSGQFUL -> how long to leave it alone."""
_NO_SUCH_NUMBER = {0x0B}
_NEVER = {0x01, 0x0C, 0x62, 0x103, 0x104}
"""The message itself is wrong, or not one of those that may be sent."""
_AT_FAULT = {0x04, 0x05, 0x08, 0x0A, 0x0D, 0x0E, 0x0F, 0x66}
"""Not bound, bound already, a system error, our source address, our name, our password."""

logging.getLogger("estafeta.smpp").setLevel(logging.ERROR)  # lower levels would show the password


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class SmppConnection:
    """Opened by the first message; opened again when the other side has gone."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._client: Any = None
        self._used_at = 0.0

    def send(self, message: bytes, *, to: str) -> str:
        """Give the names of all parts. Raises DeliveryError."""
        from smpplib import exceptions

        said = json.loads(message)
        try:
            self._be_bound()
            return ",".join(self._submit(coded(said["text"]), int(said["reference"]), to))
        except _Refused as refused:
            raise _meaning(refused.status) from refused
        except (
            OSError, exceptions.ConnectionError, exceptions.PDUError, exceptions.UnknownCommandError,
        ) as error:  # fmt: skip
            self.close()
            status = (
                error.args[1] if isinstance(error, exceptions.PDUError) and error.args[1:] else 0
            )
            if status:
                raise _meaning(int(status), while_binding=True) from error
            words = str(error) or "The connection was lost."
            raise DeliveryError(words, permanent=False, channel_is_at_fault=True) from error

    def close(self) -> None:
        """Unbind and hang up."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(Exception):
            client.unbind()
        with suppress(Exception):
            client.disconnect()

    def _be_bound(self) -> None:
        if self._client is not None and time.monotonic() - self._used_at > IDLE_SECONDS:
            self._ask_whether_it_listens()
        if self._client is None:
            self._bind()
        self._used_at = time.monotonic()

    def _bind(self) -> None:
        from smpplib import consts
        from smpplib.client import Client

        values = self._values
        host, port = str(values["smpp_host"]), int(values.get("smpp_port") or 2775)
        client: Any = Client(
            host, port, timeout=SECONDS, logger_name="estafeta.smpp", allow_unknown_opt_params=True
        )
        # Connected by ourselves: the library knows neither IPv6 nor the name in a certificate.
        wire: socket.socket = socket.create_connection((host, port), timeout=SECONDS)
        if values.get("smpp_tls"):
            wire = ssl.create_default_context().wrap_socket(wire, server_hostname=host)
        client._socket, client.state = wire, consts.SMPP_CLIENT_STATE_OPEN
        self._client = client
        client.bind_transmitter(
            system_id=str(values.get("smpp_system_id") or ""),
            password=str(values.get("smpp_password") or ""),
            system_type=str(values.get("smpp_system_type") or ""),
        )

    def _ask_whether_it_listens(self) -> None:
        from smpplib import exceptions, smpp

        try:
            asked = smpp.make_pdu("enquire_link", client=self._client)
            self._client.send_pdu(asked)
            self._answer_to(asked, "enquire_link_resp")
        except (OSError, exceptions.ConnectionError, exceptions.PDUError, _Refused):
            self.close()

    def _submit(self, text: Coded, reference: int, to: str) -> list[str]:
        names = []
        for fields in _pieces(text, reference, str(self._values.get("smpp_long") or "udh")):
            sent = self._client.send_message(
                source_addr_ton=int(self._values.get("smpp_source_ton") or 0),
                source_addr_npi=int(self._values.get("smpp_source_npi") or 0),
                source_addr=str(self._values.get("smpp_source") or ""),
                dest_addr_ton=int(self._values.get("smpp_dest_ton") or 1),
                dest_addr_npi=int(self._values.get("smpp_dest_npi") or 1),
                destination_addr=to.removeprefix("+"),
                data_coding=_UCS2 if text.is_ucs2 else 0,
                **fields,
            )
            name = self._answer_to(sent, "submit_sm_resp").message_id or b""
            names.append(name.decode(errors="replace") if isinstance(name, bytes) else str(name))
        return names

    def _answer_to(self, asked: Any, command: str) -> Any:
        """Read until it comes, and answer what the other side asks meanwhile."""
        from smpplib import exceptions, smpp

        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            said = self._client.read_pdu()
            if said.sequence == asked.sequence and said.command in (command, "generic_nack"):
                if said.status:
                    raise _Refused(int(said.status))
                return said
            if said.command in ("enquire_link", "unbind"):
                answer = smpp.make_pdu(f"{said.command}_resp", client=self._client)
                answer.sequence = said.sequence
                self._client.send_pdu(answer)
            if said.command == "unbind":
                raise exceptions.ConnectionError("The other side has unbound.")
        raise TimeoutError("The other side did not answer in time.")


def _pieces(text: Coded, reference: int, way: str) -> list[dict[str, Any]]:
    """The fields of each submit_sm; the same message has the same reference, so handsets fold it."""
    total = len(text.parts)
    if total == 1:
        return [{"short_message": text.parts[0]}]
    if way == "payload":
        return [{"short_message": b"", "message_payload": b"".join(text.parts)}]
    if way == "sar":
        return [
            {
                "short_message": part, "sar_msg_ref_num": reference % 65536,
                "sar_total_segments": total, "sar_segment_seqnum": at,
            }
            for at, part in enumerate(text.parts, 1)
        ]  # fmt: skip
    return [
        {
            "short_message": bytes([5, 0, 3, reference % 256, total, at]) + part,
            "esm_class": _MULTIPART,
        }
        for at, part in enumerate(text.parts, 1)
    ]


def _meaning(status: int, *, while_binding: bool = False) -> DeliveryError:
    from smpplib import consts

    words = f"0x{status:02X} {consts.DESCRIPTIONS.get(status, 'Unknown status')}"
    if status in _THROTTLED:
        return DeliveryError(words, permanent=False, retry_after=_THROTTLED[status])
    if while_binding or status in _AT_FAULT:
        return DeliveryError(words, permanent=False, channel_is_at_fault=True)
    if status in _NO_SUCH_NUMBER:
        return DeliveryError(words, permanent=True, address_is_dead=True)
    return DeliveryError(words, permanent=status in _NEVER)
