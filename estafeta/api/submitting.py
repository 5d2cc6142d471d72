"""`Idempotency-Key`: the same request sent twice acts once and gets the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated

from django.db import models
from django.http import HttpRequest, HttpResponse
from ninja import Header
from pydantic import StringConstraints

from estafeta.accounts.actions.once import make_once
from estafeta.accounts.models import Person
from estafeta.lib.request_keys import Key

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


def made(
    request: HttpRequest,
    response: HttpResponse,
    key: str | None,
    make: Callable[[], models.Model],
    *,
    by: Person,
) -> int:
    """The id of what is added; the same request sent again with its key adds nothing more."""
    number, is_repeated = make_once(make, by=by, key=submission_of(request, key))
    if is_repeated:
        response["Idempotent-Replayed"] = "true"
    response["Location"] = f"{request.path}/{number}"
    return number
