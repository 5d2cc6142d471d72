"""A program that speaks to the API with a person's token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from estafeta.accounts.models import ApiToken, Person

ROOT = "/api/v1"


@dataclass
class Program:
    """Sends and reads JSON."""

    client: Client
    token: str

    @classmethod
    def of(cls, person: Person, scope: str = "write") -> Program:
        """With a fresh token of this person."""
        until = timezone.now() + timedelta(days=1)
        _row, secret = ApiToken.make(person, name="test", scope=scope, expires_at=until)
        return cls(Client(raise_request_exception=False), secret)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, path: str, **query: Any) -> Any:
        """GET."""
        return self.client.get(ROOT + path, query, headers=self._headers)

    def post(
        self,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
        **fields: Any,
    ) -> Any:
        """POST of `body`, or of the fields as an object."""
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        headers |= {"If-Match": if_match} if if_match else {}
        content = body if isinstance(body, bytes) else json.dumps(fields if body is None else body)
        return self.client.post(
            ROOT + path, content, content_type="application/json", headers=headers
        )


def pointers(response: Any) -> list[str]:
    """Where the faults of a 422 are."""
    return [fault.get("pointer") for fault in response.json()["errors"]]
