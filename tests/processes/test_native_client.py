"""The sample of the guide for native clients does what the guide says, against a real server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from tests import files
from tests.services.insider import Insider
from tests.services.installation import installation

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "samples" / "native_client.py"
LENGTH = b"content-length:"
pytestmark = [pytest.mark.service, pytest.mark.slow]

SET_UP = """
cast = make_cast()
numbers = [order(cast, title=title).number for title in ("Принтер", "Сканер", "Монитор")]
from datetime import timedelta
from django.utils import timezone
secret = ApiToken.make(cast.agent, name="phone", scope="write",
                       expires_at=timezone.now() + timedelta(days=1))[1]
answer = [secret, numbers]
"""


class Phone:
    """Somebody who uses the sample."""

    def __init__(self, folder: Path, port: int, token: str) -> None:
        self.folder, self.port, self.token = folder, port, token

    def __call__(self, *words: str) -> str:
        """Give one command; what it prints."""
        environment = {
            **os.environ, "ESTAFETA_URL": f"http://127.0.0.1:{self.port}",
            "ESTAFETA_TOKEN": self.token, "ESTAFETA_STORE": str(self.folder / "copy.sqlite3"),
            "PYTHONIOENCODING": "utf-8",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, str(SAMPLE), *words], env=environment, text=True, timeout=60,
            check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        return done.stdout

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """Nobody listens where it asks."""
        port, self.port = self.port, 1
        try:
            yield
        finally:
            self.port = port

    @contextmanager
    def losing_answers(self) -> Iterator[None]:
        """Requests arrive, their answers do not."""
        port = self.port
        with _deaf_gate(port) as self.port:
            yield
        self.port = port


def _whole_request(caller: socket.socket) -> bytes:
    """The client sends the body apart from the head; the server answers when it has both."""
    with caller.makefile("rb") as stream:
        head = list(takewhile(bytes.strip, stream))
        lengths = [line.partition(b":")[2] for line in head if line.lower().startswith(LENGTH)]
        return b"".join([*head, b"\r\n", stream.read(int(lengths[0]) if lengths else 0)])


@contextmanager
def _deaf_gate(port: int) -> Iterator[int]:
    gate = socket.create_server(("127.0.0.1", 0))

    def pass_on() -> None:
        while True:
            try:
                caller, _address = gate.accept()
            except OSError:
                return
            # An answer that comes late is lost as well; the next caller needs the line.
            with (
                suppress(OSError),
                closing(caller),
                socket.create_connection(("127.0.0.1", port)) as inner,
            ):
                request = _whole_request(caller)
                inner.sendall(request.replace(b"Connection: keep-alive", b"Connection: close"))
                inner.settimeout(10)
                inner.recv(1 << 20)

    thread = threading.Thread(target=pass_on, daemon=True)
    thread.start()
    try:
        yield gate.getsockname()[1]
    finally:
        gate.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server, somebody inside it, and the phone of Anna."""
    folder = tmp_path_factory.mktemp("native")
    with installation(folder) as made, Insider(made) as inside:
        secret, numbers = inside.do(SET_UP)
        made.serve("--workers", "1")
        yield Phone(folder, made.port, secret), inside, numbers


def test_a_day_of_the_sample(desk: Any, tmp_path: Path) -> None:
    phone, inside, (printer, scanner, monitor) = desk
    shown = phone("sync")
    assert [line.split("\t")[2] for line in shown.splitlines()] == ["Принтер", "Сканер", "Монитор"]
    assert f"{printer}\tin_progress\tПринтер" in phone("take", str(printer))

    photo = tmp_path / "фото.png"
    photo.write_bytes(files.png())
    with phone.without_network():
        shown = phone("reply", str(printer), "Готово", str(photo))
        assert "No network" in shown
        assert f"{printer}\tin_progress\tПринтер" in shown, "the list is there"
        assert f"waiting 1: reply {printer}\tnot sent yet" in shown
    assert "waiting" not in phone("list")
    comments = f"answer = [[c.text, c.attachments.count()] for c in Comment.objects.filter(ticket={printer})]"
    assert inside.do(comments) == [["Готово", 1]]

    with phone.losing_answers():
        assert "not sent yet" in phone("reply", str(printer), "Проверьте")
    phone("sync")
    assert inside.do(comments) == [["Готово", 1], ["Проверьте", 0]], "sent twice, done once"

    with phone.without_network():
        phone("reply", str(scanner), "Займусь")
    inside.do(
        f"actions.take(Ticket.objects.get(pk={scanner}), by=Person.objects.get(login='boris'))"
    )
    shown = phone("sync")
    assert "waiting" in shown
    assert "Boris Agent" in shown
    number = shown.split("waiting ")[1].split(":")[0]
    assert "waiting" not in phone("anyway", number)

    inside.do(
        f"actions.hand_over(Ticket.objects.get(pk={monitor}), by=Person.objects.get(login='hugo'),"
        " department=Department.objects.get(name='Accounting'), reason='Ваше')"
    )
    assert "Монитор" not in phone("sync")
