"""Which addresses are outside, and which are inside but allowed."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import urlsplit

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
_NAT64 = ip_network("64:ff9b::/96")
_UNICAST = ip_network("2000::/3")
"""What the registries hand out of IPv6; the rest is local, obsolete, or an IPv4 in disguise."""

Ip = IPv4Address | IPv6Address


class Refused(Exception):
    """Nothing is sent there; `str()` says why, in English, for the ledger."""


class Place(NamedTuple):
    """Where a request goes."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """As RFC 6454 writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def check(url: str, allowed: Sequence[str] = ()) -> Place:
    """Read an address without asking anybody. Raises Refused.

    HTTPS only, but to what is allowed inside.
    """
    if len(url) > LONGEST or any(sign <= " " or sign == "\x7f" for sign in url):
        raise Refused("This is no web address.")
    try:
        parts = urlsplit(url)
        host = _plain(parts.hostname or "")
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError, UnicodeError):
        raise Refused("The address has to begin with https://") from None
    if not host:
        raise Refused("The address names no host.")
    if parts.username or parts.password:
        raise Refused("The address must not carry a name and a password.")
    literal = _literal(host)
    if literal is not None:
        judge(host, literal, allowed)
    if parts.scheme == "http" and not is_allowed(host, literal, allowed):
        raise Refused("The address has to begin with https://")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, port, path.encode("ascii", "ignore").decode())


def resolve(host: str, port: int, allowed: Sequence[str]) -> list[str]:
    """Addresses of the host, every one judged. Raises Refused, OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = list(dict.fromkeys(str(row[4][0]) for row in found))
    for ip in ips:
        judge(host, ip_address(ip.partition("%")[0]), allowed)
    return ips


def judge(host: str, ip: Ip, allowed: Sequence[str]) -> None:
    """Raise Refused for what is inside and not allowed."""
    if not is_outside(ip) and not is_allowed(host, ip, allowed):
        raise Refused(f"{host} is inside, and nobody has allowed it.")


def is_outside(ip: Ip) -> bool:
    """On the public internet, in whatever disguise it is written."""
    if isinstance(ip, IPv6Address):
        inner = list(_inside_of(ip))
        if not all(map(is_outside, inner)) or not (inner or ip in _UNICAST):
            return False
    return ip.is_global and not ip.is_multicast


def is_allowed(host: str, ip: Ip | None, allowed: Sequence[str]) -> bool:
    """Whether a host (`mattermost.example`, `*.example`) or network (`10.1.0.0/16`) is listed."""
    for one in allowed:
        pattern = one.strip().lower()
        if pattern == host or (pattern.startswith("*.") and host.endswith(pattern[1:])):
            return True
        if ip is not None and _contains(pattern, ip):
            return True
    return False


def _contains(pattern: str, ip: Ip) -> bool:
    try:
        return ip in ip_network(pattern, strict=False)
    except ValueError:
        return False


def _inside_of(ip: IPv6Address) -> Iterable[IPv4Address]:
    """Old addresses that travel inside new ones."""
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)


def _plain(host: str) -> str:
    host = host.rstrip(".").lower()
    return host if ":" in host else host.encode("idna").decode() if host else ""


def _literal(host: str) -> Ip | None:
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        # 127.1 and 0x7f000001 are names of the same machine.
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
