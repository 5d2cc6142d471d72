"""`If-Match` on a ticket: act only if nobody else has done anything since it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Header
from pydantic import StringConstraints

from estafeta.api.problems import Refusal, changes_of
from estafeta.tickets.errors import Changed
from estafeta.tickets.models import Ticket

IfMatch = Annotated[
    Annotated[str, StringConstraints(max_length=100)] | None,
    Header(
        None,
        alias="If-Match",
        description="The `ETag` that you have read, or `journal_length` in quotes: whatever somebody "
        "else has done since, though it stands in nobody's way, makes it a 412 with `changes`.",
    ),
]
TAG = re.compile(r'"(\d{1,18})"')


def tag_of(ticket: Ticket) -> str:
    """Another one after every entry of the journal."""
    return f'"{ticket.journal_length}"'


def length_in(if_match: str | None) -> int | None:
    """How long the journal was then; None, where anything will do. Raises Refusal."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = TAG.fullmatch(if_match.strip())
    if found is None:
        detail = _("This is not the ETag of a ticket.")
        raise Refusal(422, detail, body={"errors": [{"header": "If-Match", "detail": detail}]})
    return int(found[1])


@contextmanager
def a_precondition(expected: int | None) -> Iterator[None]:
    """What has changed is 412 where the header asked for it, and 409 where `seen` did."""
    try:
        yield
    except Changed as error:
        if expected is None:
            raise
        raise Refusal(412, str(error), body={"changes": changes_of(error)}) from error
