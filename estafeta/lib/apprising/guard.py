"""Connections of this whole process go outside only, whatever a library does."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from estafeta.lib.apprising.allowed import Refused
from estafeta.lib.outside import addresses

_allowed: Sequence[str] = ()


def stand(allowed: Sequence[str]) -> list[str]:
    """From now on every connection is judged; what was refused is told in the list."""
    global _allowed
    _allowed = allowed
    refusals: list[str] = []
    meant: set[str] = set()
    resolve, connect, connect_ex = (
        socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex,
    )  # fmt: skip

    def judged(host: str, ip: str) -> None:
        try:
            addresses.judge(host.lower(), ip_address(ip.partition("%")[0]), allowed)
        except addresses.Refused as refused:
            refusals.append(str(refused))
            raise OSError(str(refused)) from None
        meant.add(ip)

    def getaddrinfo(host: Any, *arguments: Any, **more: Any) -> Any:
        rows = resolve(host, *arguments, **more)
        name = host.decode() if isinstance(host, bytes) else str(host)
        for row in rows:
            judged(name, str(row[4][0]))
        return rows

    def check(sock: socket.socket, place: Any) -> None:
        if sock.family not in (socket.AF_INET, socket.AF_INET6):
            raise OSError("only the network is outside")
        # What was not resolved here was never judged: a bare number, or a name resolved elsewhere.
        if place[0] not in meant:
            judged(str(place[0]), str(place[0]))

    def guarded(sock: socket.socket, place: Any) -> None:
        check(sock, place)
        connect(sock, place)

    def guarded_ex(sock: socket.socket, place: Any) -> int:
        check(sock, place)
        return connect_ex(sock, place)

    socket.getaddrinfo = getaddrinfo
    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = guarded_ex  # type: ignore[method-assign, assignment]
    return refusals


def judge_literal(host: str) -> None:
    """Refuse a bare number that is inside at once, before anything is sent there. Raises Refused."""
    try:
        literal = ip_address(host.strip("[]"))
    except ValueError:
        return
    try:
        addresses.judge(host, literal, _allowed)
    except addresses.Refused as refused:
        raise Refused(str(refused)) from None
