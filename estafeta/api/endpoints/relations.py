"""What belongs to a ticket."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from estafeta.api.lookups import the_person, ticket_or_404
from estafeta.api.paging import Number
from estafeta.api.schemas.relations import LinkOut, Neighbour, RelationsOut, TagsOut
from estafeta.api.schemas.tickets import a_name
from estafeta.tickets.errors import NotAllowed
from estafeta.tickets.models import Participant, Tag
from estafeta.tickets.relations.relating import related
from estafeta.tickets.verbs import Verb

router = Router(tags=["Tickets"])
tags_router = Router(tags=["Tickets"])
MOST_TAGS = 50
Begins = Annotated[str, Query(max_length=40)]
MOST_FOLLOWERS = 500


@router.get(
    "/{int:number}/relations", response=RelationsOut, operation_id="relations",
    summary="What belongs to it",
)  # fmt: skip
def relations(request: HttpRequest, number: Number) -> RelationsOut:
    """Tags, followers, links, sub-tickets and merges, as far as you see the other end of each.

    Tags, followers and links are for agents; to others these lists are empty.
    """
    ticket, reader = ticket_or_404(request, number), the_person(request)
    found = related(ticket, reader)
    rows = Participant.objects.filter(ticket=ticket, is_follower=True).select_related("person")
    followers = rows.order_by("pk")[:MOST_FOLLOWERS] if reader.is_agent else ()
    return RelationsOut(
        tags=[tag.name for tag in found.tags],
        followers=[a_name(row.person) for row in followers],
        links=[LinkOut(kind=word, ticket=Neighbour.of(other)) for word, other in found.links],
        part_of=Neighbour.of(found.whole) if found.whole else None,
        subtasks=[Neighbour.of(part) for part in found.parts],
        open_subtasks=found.open_parts,
        all_subtasks=found.all_parts,
        merged_into=Neighbour.of(found.merged_into) if found.merged_into else None,
        merged=[Neighbour.of(other) for other in found.merged],
    )


@tags_router.get("", response=TagsOut, operation_id="tags", summary="Tags")
def tags(request: HttpRequest, begins: Begins = "") -> TagsOut:
    """Those that begin like this, for completing what is typed; for agents."""
    if not the_person(request).is_agent:
        raise NotAllowed(Verb.TAG)
    return TagsOut(tags=[tag.name for tag in Tag.objects.beginning_with(begins)[:MOST_TAGS]])
