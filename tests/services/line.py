"""The line between a browser and a server: it can be cut, lose answers, or hold them back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.services.installation import free_port

CHUNK = 65_536


class Line:
    """Passes bytes on to the server's port while it is whole."""

    def __init__(self, to: int) -> None:
        self.port = free_port()
        self._to = to
        self._open: set[socket.socket] = set()
        self._is_whole = True
        self._loses, self._times = b"", 0
        self._holds = False
        self.lost = 0
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._wait, daemon=True).start()

    def cut(self) -> None:
        """Nothing comes through, and what was open is torn."""
        self._is_whole = False
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """It is there again."""
        self._is_whole = True
        self._times = 0

    def lose_the_answer_to(self, start: bytes, *, times: int) -> None:
        """The next requests that start so reach the server; their answers reach nobody."""
        self._loses, self._times = start, times

    def hold_streams(self) -> None:
        """Answers without an end are kept, as by a proxy that buffers: no byte and no error."""
        self._holds = True

    def close(self) -> None:
        """For good."""
        self._door.close()
        self.cut()

    def _wait(self) -> None:
        with suppress(OSError):
            while True:
                browser, _address = self._door.accept()
                if not self._is_whole:
                    browser.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self._to))
                deaf, held = threading.Event(), threading.Event()
                self._open |= {browser, server}
                for pair in (
                    (browser, server, deaf, held, True),
                    (server, browser, deaf, held, False),
                ):
                    threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(
        self,
        source: socket.socket,
        target: socket.socket,
        deaf: threading.Event,
        held: threading.Event,
        is_asking: bool,
    ) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if is_asking and self._times and data.startswith(self._loses):
                    self._times -= 1
                    deaf.set()
                is_stream = data.startswith(b"GET /events?") and b"&once=1 " not in data
                if is_asking and self._holds and is_stream:
                    held.set()
                if not is_asking and held.is_set():
                    continue
                if not is_asking and deaf.is_set():
                    self.lost += 1
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            self._open.discard(one)


@contextmanager
def line(to: int) -> Iterator[Line]:
    """One, until the test ends."""
    made = Line(to)
    try:
        yield made
    finally:
        made.close()
