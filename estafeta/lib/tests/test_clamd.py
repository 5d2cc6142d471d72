"""Asking about viruses: a daemon that says yes, no, something odd, or nothing."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from estafeta.lib import clamd

Daemon = Callable[[bytes], str]


class _Daemon:
    def __init__(self, folder: Path, answer: bytes, *, reads: bool) -> None:
        self.address, self.received = str(folder / "clamd"), b""
        self._answer, self._reads = answer, reads
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self.address)
        self._server.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        line, _address = self._server.accept()
        with closing(line), line.makefile("rb") as incoming:
            if self._reads:
                assert incoming.read(10) == b"zINSTREAM\0"
                while length := int.from_bytes(incoming.read(4), "big"):
                    self.received += incoming.read(length)
            line.sendall(self._answer)

    def end(self) -> None:
        self._thread.join(10)
        self._server.close()


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Callable[..., _Daemon]]:
    made: list[_Daemon] = []

    def start(answer: bytes, *, reads: bool = True) -> _Daemon:
        made.append(_Daemon(tmp_path, answer, reads=reads))
        return made[-1]

    yield start
    for one in made:
        one.end()


def test_a_clean_file_is_clean_and_was_sent_whole(daemon: Callable[..., _Daemon]) -> None:
    one = daemon(b"stream: OK\0")
    content = bytes(range(256)) * 4000
    assert clamd.scan(one.address, io.BytesIO(content)) is None
    one.end()
    assert one.received == content


def test_a_virus_is_named(daemon: Callable[..., _Daemon]) -> None:
    one = daemon(b"stream: Eicar-Test-Signature FOUND\0")
    assert clamd.scan(one.address, io.BytesIO(b"x")) == "Eicar-Test-Signature"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: \0"])
def test_any_other_answer_is_no_answer(daemon: Callable[..., _Daemon], answer: bytes) -> None:
    one = daemon(answer)
    with pytest.raises(clamd.Unreachable):
        clamd.scan(one.address, io.BytesIO(b"x"))


@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "localhost:1", "nonsense"])
def test_nobody_there_is_no_answer(address: str) -> None:
    with pytest.raises(clamd.Unreachable):
        clamd.scan(address, io.BytesIO(b"x"))
