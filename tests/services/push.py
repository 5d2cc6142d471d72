"""A push service as RFC 8030 and the makers of browsers describe it, and a browser behind it.

It checks each request: method, headers and their limits, the signature of RFC 8292 with its audience
and time; it decrypts the body with the browser's own keys, as RFC 8291 says.
"""

from __future__ import annotations

import base64
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.services.web import serving

LARGEST = 4096
URGENCIES = {"very-low", "low", "normal", "high"}


def text_of(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The bytes again."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """The keys that a browser makes when it subscribes; the private one never leaves it."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        point = self._private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.keys = {"p256dh": text_of(point), "auth": text_of(self._auth)}

    def read(self, body: bytes) -> Any:
        """Decrypt; fails for whatever was not encrypted for this browser."""
        content = http_ece.decrypt(
            body, private_key=self._private, auth_secret=self._auth, version="aes128gcm"
        )
        return json.loads(content)


@dataclass
class Push:
    """One message that the service took."""

    path: str
    headers: dict[str, str]
    told: Any
    claims: dict[str, Any]


@dataclass
class PushService:
    """Listens on a port; `answers` are statuses for the next requests instead of 201."""

    port: int
    browser: Browser = field(default_factory=Browser)
    pushes: list[Push] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Whom messages have to be signed for."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> str:
        """What the browser tells the page."""
        return f"{self.origin}/wpush/v2/abcdef"

    def judge(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        """As the documentation says."""
        if len(body) > LARGEST:
            return 413, "payload too large"
        if not re.fullmatch(r"\d{1,10}", headers.get("ttl", "")):
            return 400, "TTL is missing"
        if headers.get("urgency", "normal") not in URGENCIES:
            return 400, "unknown urgency"
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("topic", "a")):
            return 400, "bad topic"
        if headers.get("content-encoding") != "aes128gcm":
            return 400, "unknown encoding"
        try:
            claims = self._claims(headers.get("authorization", ""))
        except Exception as error:
            return 401, f"bad signature: {error}"
        if claims.get("aud") != self.origin:
            return 401, "wrong audience"
        if not time.time() < claims.get("exp", 0) <= time.time() + 86400:
            return 401, "expired, or for more than a day"
        if not re.fullmatch(r"(mailto:.+@.+|https://.+)", claims.get("sub", "")):
            return 401, "nobody to write to"
        try:
            told = self.browser.read(body)
        except Exception as error:
            return 400, f"cannot be decrypted: {error}"
        self.pushes.append(Push(path, headers, told, claims))
        return 201, ""

    @staticmethod
    def _claims(authorization: str) -> dict[str, Any]:
        found = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w-]+)", authorization)
        assert found, "not vapid t=…,k=…"
        signed, _dot, signature = found[1].rpartition(".")
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(found[2]))
        raw = bytes_of(signature)
        pair = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        key.verify(encode_dss_signature(*pair), signed.encode(), ec.ECDSA(SHA256()))
        head, claims = (json.loads(bytes_of(part)) for part in signed.split("."))
        assert head["alg"] == "ES256"
        return {**claims, "key": found[2]}


@contextmanager
def push_service() -> Iterator[PushService]:
    """Run one until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            more: dict[str, str] = {}
            status, reason = made.judge(self.path, headers, body)
            if status != 201:
                made.faults.append(reason)
            if made.answers:
                status, more = made.answers.pop(0)
                if status != 201:
                    made.pushes.clear()
            self.send_response(status)
            if status == 201:
                more = {"Location": f"{made.origin}/m/{len(made.pushes)}", **more}
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reason)))
            self.end_headers()
            self.wfile.write(reason.encode())

        def log_message(self, *_: Any) -> None: ...

    with serving(Handler) as port:
        made = PushService(port)
        yield made
