"""Another system that takes webhooks: it verifies them as its library (standardwebhooks) does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.services.web import serving


@dataclass
class Receiver:
    """What came in and was genuine; `answers` are statuses for the next requests instead of 204."""

    port: int
    secret: str = ""
    taken: list[Any] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    raw: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hooks/estafeta?key=s3cret"

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """The sample of docs/en/webhooks.md: verify, then act once for each id."""
        try:
            told = Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError as error:
            self.refused.append(str(error))
            return 401
        if headers["webhook-id"] not in self.ids:
            self.ids.append(headers["webhook-id"])
            self.taken.append(told)
        return 204


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Run one until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            made.raw.append((headers, body))
            if made.answers:
                status, more = made.answers.pop(0)
            else:
                status, more = made.take(headers, body), {}
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    with serving(Handler) as port:
        made = Receiver(port)
        yield made
