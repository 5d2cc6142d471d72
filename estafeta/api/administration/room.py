"""What all addresses of administration share: who enters, and that nobody undoes what others did."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Router
from pydantic import StringConstraints

from estafeta.accounts import security
from estafeta.api.bearer import AdministratorsBearer
from estafeta.api.lookups import the_person
from estafeta.api.problems import Refusal
from estafeta.api.schemas.administration.base import Versioned
from estafeta.api.submitting import made

V = TypeVar("V", bound=Versioned)

IfMatch = Annotated[
    Annotated[str, StringConstraints(max_length=500)] | None,
    Header(
        None,
        alias="If-Match",
        description="The `ETag` that you have read: with another one meanwhile nothing is changed "
        "and the answer is 412.",
    ),
]


def router(tag: str) -> Router:
    """For administrators and their programs only."""
    return Router(tags=[tag], auth=AdministratorsBearer())


def tag_of(shown: Versioned) -> str:
    """The version of a row as it is shown."""
    return f'"{hashlib.sha256(shown.version().encode()).hexdigest()[:20]}"'


def tagged(response: HttpResponse, shown: V) -> V:
    """Send it with its version."""
    response["ETag"] = tag_of(shown)
    return shown


@contextmanager
def as_it_was(if_match: str | None, show: Callable[[], Versioned]) -> Iterator[None]:
    """Change it inside, all or nothing, while nobody else does. Raises Refusal (412), what `show` raises.

    The row has to be fetched inside: what was read before the lock may be old.
    """
    with transaction.atomic():
        security.lock()
        if if_match is not None and if_match.strip() != "*":
            known = {one.strip() for one in if_match.split(",")}
            if tag_of(show()) not in known:
                raise Refusal(412, _("It has changed since you read it. Read it again."))
        yield


def created(
    request: HttpRequest,
    response: HttpResponse,
    key: str | None,
    make: Callable[[], models.Model],
    show: Callable[[int], V],
) -> V:
    """Add it, once for each key; the answer says where it is and shows it as it is now."""
    number = made(request, response, key, make, by=the_person(request))
    return tagged(response, show(number))
