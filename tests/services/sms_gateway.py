"""An SMS provider's HTTP interface that checks what it is asked and answers as providers do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.services.web import serving

KEY = "k3y/with=signs&all"


@dataclass
class Provider:
    """What came in, and what to answer next."""

    port: int = 0
    sent: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider: Provider

    def do_GET(self) -> None:
        self._take(
            parse_qs(urlsplit(self.path).query, strict_parsing=True), urlsplit(self.path).path
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.provider.bodies.append(body)
        kind = self.headers["Content-Type"].split(";")[0]
        if kind == "application/json":
            fields = {name: [str(value)] for name, value in json.loads(body).items()}
        elif kind == "application/x-www-form-urlencoded":
            fields = parse_qs(body, strict_parsing=True)
        else:
            fields = {"to": [self.headers["X-To"]], "text": [body], "key": [KEY]}
        if self.headers["Authorization"]:
            fields["key"] = [self.headers["Authorization"].removeprefix("Bearer ")]
        self._take(fields, urlsplit(self.path).path)

    def _take(self, fields: dict[str, list[str]], path: str) -> None:
        provider = self.provider
        if provider.answers:
            self._answer(*provider.answers.pop(0))
        elif path != "/send":
            self._answer(404, "no such method", {})
        elif fields.get("key") != [KEY]:
            self._answer(401, json.dumps({"error": f"wrong key {fields.get('key')}"}), {})
        elif not fields["to"][0].removeprefix("+").isdigit() or not fields["text"][0]:
            self._answer(400, json.dumps({"error": "bad request"}), {})
        else:
            provider.sent.append({name: value[0] for name, value in fields.items()})
            said = {"status": "accepted", "id": f"sms-{len(provider.sent)}"}
            self._answer(200, json.dumps(said), {})

    def _answer(self, status: int, text: str, headers: dict[str, str]) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        """Tests read what was sent, not a log."""


@contextmanager
def provider() -> Iterator[Provider]:
    """Run one on a private port of this machine."""
    made = Provider()
    handler = type("Handler", (_Handler,), {"provider": made})
    with serving(handler) as made.port:
        yield made
