"""A message centre that speaks SMPP 3.4, written from the specification and not from the client.

It checks what the specification demands, keeps what was submitted, puts parts together again as a
handset does, and refuses with the statuses that it is told.
"""

from __future__ import annotations

import socketserver
import struct
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

BIND_TRANSMITTER, SUBMIT, UNBIND, ENQUIRE = 0x02, 0x04, 0x06, 0x15
RESPONSE = 0x80000000
OK, NOT_BOUND, WRONG_PASSWORD, BAD_LENGTH, BAD_NUMBER = 0x00, 0x04, 0x0E, 0x01, 0x0B
SAR_NUMBER, SAR_TOTAL, SAR_AT, PAYLOAD = 0x020C, 0x020E, 0x020F, 0x0424
GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVW"
    "XYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPED = {0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|",
           0x65: "€"}  # fmt: skip


@dataclass
class Submitted:
    """One submit_sm as it came."""

    source: tuple[int, int, str]
    receiver: tuple[int, int, str]
    esm_class: int
    coding: int
    content: bytes
    options: dict[int, bytes]


@dataclass
class Centre:
    """What came in, and how to behave."""

    port: int = 0
    password: str = "secret"
    submitted: list[Submitted] = field(default_factory=list)
    binds: int = 0
    enquiries: int = 0
    statuses: list[int] = field(default_factory=list)
    """Of the next messages."""
    hang_up_after: int | None = None
    """So many messages later the connection breaks, before they are answered."""
    chats_first: bool = False
    """Asks whether we listen before it answers, as centres do."""

    def texts(self) -> list[str]:
        """What handsets show."""
        whole: list[str] = []
        parts: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
        for one in self.submitted:
            number, total, at, content = _part_of(one)
            text = _decoded(content, one.coding)
            if total == 1:
                whole.append(text)
                continue
            known = parts[(one.receiver[2], number)]
            known[at] = text
            if len(known) == total:
                whole.append("".join(known[at] for at in sorted(known)))
        return whole


def _part_of(one: Submitted) -> tuple[int, int, int, bytes]:
    if PAYLOAD in one.options:
        assert one.content == b"", "short_message and message_payload exclude each other (5.3.2.32)"
        return 0, 1, 1, one.options[PAYLOAD]
    if SAR_NUMBER in one.options:
        (number,) = struct.unpack(">H", one.options[SAR_NUMBER])
        return number, one.options[SAR_TOTAL][0], one.options[SAR_AT][0], one.content
    if one.esm_class & 0x40:
        length, element, size, number, total, at = one.content[:6]
        assert (length, element, size) == (5, 0, 3)
        return number, total, at, one.content[6:]
    return 0, 1, 1, one.content


def _decoded(content: bytes, coding: int) -> str:
    if coding == 8:
        return content.decode("utf-16-be")  # fails on half of a character
    assert coding == 0
    found, octets = "", iter(content)
    for octet in octets:
        found += ESCAPED[next(octets)] if octet == 0x1B else GSM[octet]
    return found


class _Connection(socketserver.StreamRequestHandler):
    centre: Centre

    def handle(self) -> None:
        is_bound = False
        while head := self.rfile.read(16):
            length, command, status, sequence = struct.unpack(">IIII", head)
            body = self.rfile.read(length - 16)
            assert status == 0
            if command == BIND_TRANSMITTER:
                status = self._bind(body)
                is_bound = status == OK
                self._say(command | RESPONSE, status, sequence, b"centre\0" if is_bound else b"")
            elif command == SUBMIT:
                if not self._submit(body, sequence, is_bound):
                    return
            elif command == ENQUIRE:
                self.centre.enquiries += 1
                self._say(command | RESPONSE, OK, sequence)
            elif command == UNBIND:
                self._say(command | RESPONSE, OK, sequence)
                return
            else:
                assert command & RESPONSE, f"unexpected command {command:#x}"

    def _bind(self, body: bytes) -> int:
        system, password, _kind = body.split(b"\0")[:3]
        assert 0 < len(system) < 16
        assert len(password) < 9
        version = body.split(b"\0", 3)[3][0]
        assert version == 0x34, f"interface version {version:#x}"
        self.centre.binds += 1
        return OK if password.decode() == self.centre.password else WRONG_PASSWORD

    def _submit(self, body: bytes, sequence: int, is_bound: bool) -> bool:
        centre = self.centre
        if centre.hang_up_after is not None:
            centre.hang_up_after -= 1
            if centre.hang_up_after < 0:
                centre.hang_up_after = None
                return False
        if centre.chats_first:
            self._say(ENQUIRE, OK, 7001)
        message = _read_submit(body)
        status = centre.statuses.pop(0) if centre.statuses else _judge(message)
        if not is_bound:
            status = NOT_BOUND
        if status == OK:
            centre.submitted.append(message)
        name = f"{len(centre.submitted):08X}\0".encode() if status == OK else b""
        self._say(SUBMIT | RESPONSE, status, sequence, name)
        return True

    def _say(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        self.wfile.write(struct.pack(">IIII", 16 + len(body), command, status, sequence) + body)


def _judge(message: Submitted) -> int:
    if not message.receiver[2].isdigit():
        return BAD_NUMBER
    # 140 octets hold 160 septets that are packed on the air.
    longest = 160 if message.coding == 0 else 140
    return BAD_LENGTH if len(message.content) > longest else OK


def _read_submit(body: bytes) -> Submitted:
    _service, body = body.split(b"\0", 1)
    source, body = (
        (body[0], body[1], body[2:].split(b"\0", 1)[0].decode()),
        body[2:].split(b"\0", 1)[1],
    )
    receiver = (body[0], body[1], body[2:].split(b"\0", 1)[0].decode())
    body = body[2:].split(b"\0", 1)[1]
    esm_class, _protocol, _priority = body[:3]
    _schedule, _validity, body = body[3:].split(b"\0", 2)
    _registered, _replace, coding, _default, length = body[:5]
    content, rest = body[5 : 5 + length], body[5 + length :]
    options: dict[int, bytes] = {}
    while rest:
        tag, size = struct.unpack(">HH", rest[:4])
        options[tag], rest = rest[4 : 4 + size], rest[4 + size :]
    return Submitted(source, receiver, esm_class, coding, content, options)


@contextmanager
def message_centre() -> Iterator[Centre]:
    """Run one on a private port of this machine."""
    centre = Centre()
    handler: Any = type("Connection", (_Connection,), {"centre": centre})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    centre.port = int(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield centre
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
