"""Chats and push services as their documentation describes their incoming side.

Mattermost: `POST /hooks/TOKEN` with JSON `text`. ntfy: JSON with `topic` and `message` to the root.
Gotify: `POST /message` with `X-Gotify-Key`, JSON with `message`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.services.web import Reply, Request, web_server

HOOK, TOPIC, APP = "4dxtsx7gbbgmmxxsfd6xd5xiso", "alerts-of-it", "A5m8dkKfGotify1"


@dataclass
class Chats:
    """All three behind one port."""

    url: str = ""
    heard: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[Reply] = field(default_factory=list)

    def answer(self, request: Request) -> Reply:
        """As each documentation says."""
        if self.answers:
            return self.answers.pop(0)
        try:
            told = json.loads(request.body)
        except ValueError:
            return Reply(400, b"bad json")
        if request.path.startswith("/hooks/"):
            if request.path.rstrip("/") != f"/hooks/{HOOK}":
                return Reply(404, b'{"id":"web.incoming_webhook.invalid.app_error"}')
            return self._heard(
                "mattermost", told, bool(told.get("text") or told.get("attachments"))
            )
        if request.path.startswith("/message"):
            if request.headers.get("x-gotify-key") != APP:
                return Reply(401, b'{"error":"Unauthorized","errorCode":401}')
            return self._heard("gotify", told, bool(told.get("message")))
        if request.path == "/":
            return self._heard("ntfy", told, told.get("topic") == TOPIC)
        return Reply(404)

    def _heard(self, who: str, told: Any, is_right: bool) -> Reply:
        if not is_right:
            return Reply(400, b"missing field")
        self.heard.append((who, told))
        return Reply(200, b'{"id": 1}')


@contextmanager
def chats() -> Iterator[Chats]:
    """Run them until the block ends."""
    made = Chats()
    with web_server(made.answer) as url:
        made.url = url
        yield made
