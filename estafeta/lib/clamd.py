"""Ask a ClamAV daemon whether a file carries a virus."""

from __future__ import annotations

import socket
from typing import IO

PIECE = 256 * 1024
SECONDS = 60.0


class Unreachable(Exception):
    """Nobody could say whether the file is clean."""


def scan(address: str, file: IO[bytes]) -> str | None:
    """The name of the virus, or nothing. `address` is a path, or `host:port`. Raises Unreachable."""
    try:
        with _connected(address) as line:
            answer = _ask(line, file)
    except OSError as error:
        raise Unreachable(str(error)) from error
    if answer == "stream: OK":
        return None
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unreachable(answer or "no answer")


def _connected(address: str) -> socket.socket:
    if "/" in address:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    try:
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    except ValueError as error:
        raise Unreachable(f"not an address: {address}") from error


def _ask(line: socket.socket, file: IO[bytes]) -> str:
    line.sendall(b"zINSTREAM\0")
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it says why before it closes: the file is larger than it reads
    finally:
        file.seek(0)
    answer = b""
    while not answer.endswith(b"\0") and (piece := line.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
