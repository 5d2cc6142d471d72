"""Mail addresses, as far as they can be judged without asking anybody."""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from functools import lru_cache

_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
LONGEST = 254


def is_address(text: str) -> bool:
    """Whether a server could know it: `name@host`, letters of any language on both sides."""
    local, at, host = text.rpartition("@")
    if not at or len(text) > LONGEST or not _LOCAL.fullmatch(local):
        return False
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return False
    return is_host(host)


def is_host(text: str) -> bool:
    """Whether it is a name as the network knows them."""
    host = ascii_host(text)
    return bool(host) and all(_LABEL.fullmatch(label) for label in host.split("."))


@lru_cache(maxsize=1024)
def ascii_host(host: str) -> str:
    """`пошта.укр` as `xn--…`; empty where that cannot be."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def on_the_wire(address: str) -> str:
    """The address with its host as servers write it; the part before the @ stays as it is."""
    local, _at, host = address.rpartition("@")
    return f"{local}@{ascii_host(host)}"


@lru_cache(maxsize=64)
def sender_of(text: str) -> tuple[str, str] | None:
    """Name and address of `Name <address>` or of an address alone; None if it is neither."""
    name, address = parseaddr(text)
    return (name, address) if is_address(address) and "\n" not in text else None


@lru_cache(maxsize=64)
def written(name: str, address: str) -> str:
    """`Name <address>`, as Django wants it."""
    return (
        formataddr((name, address), charset="utf-8")
        if name.isascii()
        else f'"{_quoted(name)}" <{address}>'
    )


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
