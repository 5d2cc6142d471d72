"""The security trail."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from estafeta.accounts.models import SecurityEntry
from estafeta.accounts.models.security_entry import Group
from estafeta.api.administration import room
from estafeta.api.cursors import MOST_ID, page_of
from estafeta.api.paging import After, Limit, linked
from estafeta.api.schemas.administration.trail import Trail, TrailLine

router = room.router("Administration: records")
Id = Annotated[int, Field(ge=1, le=MOST_ID)]


@router.get("", response=Trail, operation_id="security_trail", summary="The security trail")
def trail(
    request: HttpRequest,
    kind: Annotated[Group | None, Query(None, description="A group of kinds")] = None,
    person: Annotated[
        Id | None, Query(None, description="What they did or what was done to them")
    ] = None,
    after: After = None,
    limit: Limit = 50,
) -> Trail:
    """Sign-ins, rights, people, settings, tokens: who did what, from where."""
    rows = SecurityEntry.objects.all()
    if kind is not None:
        rows = rows.of_group(kind)
    if person is not None:
        rows = rows.concerning(person)
    found, following = page_of(rows, after, limit, newest_first=True)
    return linked(request, Trail(entries=[TrailLine.of(row) for row in found], next=following))
