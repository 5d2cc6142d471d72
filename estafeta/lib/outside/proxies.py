"""An HTTP proxy between us and the outside; judged like every address that people typed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from estafeta.lib.outside.addresses import Refused

USUAL_PORT = 3128


class Proxy(NamedTuple):
    """Where it listens, and what it wants to be told."""

    host: str
    port: int
    headers: Mapping[str, str]


def proxy_of(address: str) -> Proxy:
    """`http://name:password@host:port`. Raises Refused."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or USUAL_PORT
    except ValueError:
        raise Refused("This is no address of a proxy.") from None
    if parts.scheme != "http" or not host:
        raise Refused("The address of a proxy begins with http:// and names its host.")
    headers = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return Proxy(host, port, headers)
