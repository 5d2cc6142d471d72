"""Pushbullet's API as docs.pushbullet.com describes it: `POST /v2/pushes` with an access token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.services.web import Reply, Request, web_server

TOKEN = "o.abcdefghijklmnopqrstuvwxyz012345"


@dataclass
class PushbulletAccount:
    """One account; a push with a `guid` that it knows already is the same push."""

    url: str = ""
    pushes: dict[str, Any] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    answers: list[Reply] = field(default_factory=list)

    def answer(self, request: Request) -> Reply:
        """As the documentation says."""
        self.requests.append(request)
        if self.answers:
            return self.answers.pop(0)
        if (request.method, request.path) != ("POST", "/v2/pushes"):
            return _fault(404, "Not found.")
        if request.headers.get("access-token") != TOKEN:
            return _fault(401, "Access token is missing or invalid.")
        if request.headers.get("content-type") != "application/json":
            return _fault(400, "The request body is not JSON.")
        told = json.loads(request.body)
        if told.get("type") not in ("note", "link"):
            return _fault(400, "The param 'type' has an invalid value.")
        if told["type"] == "link" and not str(told.get("url", "")).startswith("http"):
            return _fault(400, "The param 'url' has an invalid value.")
        if not isinstance(told.get("title", ""), str) or not isinstance(told.get("body", ""), str):
            return _fault(400, "The param 'body' has an invalid value.")
        push = self.pushes.setdefault(told["guid"], {**told, "iden": f"ujx{len(self.pushes)}"})
        return Reply(200, json.dumps({**push, "active": True, "dismissed": False}).encode())


def _fault(status: int, words: str) -> Reply:
    error = {
        "code": "invalid_request",
        "type": "invalid_request",
        "message": words,
        "cat": "~(=^‥^)",
    }
    return Reply(status, json.dumps({"error": error}).encode())


@contextmanager
def pushbullet() -> Iterator[PushbulletAccount]:
    """Run it until the block ends."""
    account = PushbulletAccount()
    with web_server(account.answer) as url:
        account.url = url
        yield account
