"""`Idempotency-Key`: the same request sent twice acts once and gets the same answer."""

from __future__ import annotations

import hashlib
from typing import Annotated

from django.http import HttpRequest
from ninja import Header
from pydantic import StringConstraints

from estafeta.tickets.submissions import Key

IdempotencyKey = Annotated[
    Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[!-~]+$")] | None,
    Header(
        None,
        alias="Idempotency-Key",
        description="A key of your own, best a UUID: the request sent again with it acts once.",
    ),
]


def submission_of(request: HttpRequest, key: str | None) -> Key | None:
    """What the domain remembers of the request; keys of pages live in another space of names."""
    if key is None:
        return None
    content = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body)
    return Key(key=f"api:{key}", digest=content.hexdigest())
