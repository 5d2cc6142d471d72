"""What happened."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime

from estafeta.api.cursors import MOST_ID, cursor_of, number_in
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, linked
from estafeta.api.schemas.happened import EventOut, Feed
from estafeta.tickets import feed as journal

router = Router(tags=["Journal"])
Kind = Literal["opened", "moved", "finished", "said", "other"]
Id = Annotated[int | None, Query(None, ge=1, le=MOST_ID)]
Moment = Annotated[AwareDatetime | None, Query(None, description="RFC 3339, with an offset")]


@router.get("", response=Feed, operation_id="feed", summary="What happened")
def feed(
    request: HttpRequest,
    kind: Kind | None = None,
    department: Id = None,
    person: Id = None,
    since: Moment = None,
    until: Moment = None,
    everywhere: bool = False,
    after: After = None,
    limit: Limit = 50,
) -> Feed:
    """Entries of tickets that you see, of your departments or `everywhere`; the newest first.

    A page looks through a stretch of the journal that is bounded, so it may be shorter than
    `limit` or empty; only a null `next` is the end.
    """
    wanted = journal.Wanted(
        kind=kind or "", department=department, actor=person, since=_known(since),
        until=_known(until), everywhere=everywhere,
    )  # fmt: skip
    before = number_in(after) if after else 0
    found = journal.page(the_person(request), wanted, before=before, size=limit)
    events = [EventOut.of(entry) for entry in found.entries]
    following = cursor_of(found.older) if found.older else None
    return linked(request, Feed(events=events, next=following))


def _known(at: datetime | None) -> datetime | None:
    """Within what both databases can compare."""
    if at is None:
        return None
    return at if 1970 <= at.year <= 2900 else at.replace(year=min(max(at.year, 1970), 2900), day=1)
