"""What the priorities are called, and their colours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from estafeta.accounts.actions import branding
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Site
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, tagged
from estafeta.api.lookups import the_person
from estafeta.api.schemas.administration.look import Priorities, PrioritiesChange, PriorityOut
from estafeta.api.schemas.tickets import PriorityName
from estafeta.tickets.models import Priority

router = room.router("Administration: settings")


@router.get(
    "", response=Priorities, operation_id="priorities", summary="Names and colours of priorities"
)
def priorities(request: HttpRequest, response: HttpResponse) -> Priorities:
    """The four values themselves stay."""
    return tagged(response, _priorities())


@router.post(
    "", response=Priorities, operation_id="change_priorities", summary="Change names and colours"
)
def change_priorities(
    request: HttpRequest, response: HttpResponse, body: PrioritiesChange, if_match: IfMatch = None
) -> Priorities:
    """Of those that are named; an empty name is the product's own."""
    with as_it_was(if_match, _priorities):
        looks = dict(_site().priority_looks)
        for one in body.priorities:
            looks[str(one.priority.number)] = {"names": one.names, "colour": one.colour or ""}
        try:
            branding.change_priorities(by=the_person(request), looks=looks)
        except Invalid as wrong:
            raise Invalid(_pointed(wrong, body)) from None
    return tagged(response, _priorities())


def _pointed(wrong: Invalid, body: PrioritiesChange) -> dict[str, list[str]]:
    """The messages beside the places of the body."""
    places = {str(one.priority.number): place for place, one in enumerate(body.priorities)}
    found = {}
    for field, messages in wrong.errors.items():
        value, _dash, part = field.partition("-")
        place = f"priorities/{places[value]}" if value in places else "priorities"
        found[place if value not in places else f"{place}/names/{part}"] = messages
    return found


def _site() -> Site:
    return Site.objects.get_or_create(pk=1)[0]


def _priorities() -> Priorities:
    looks = _site().priority_looks
    return Priorities(
        priorities=[
            PriorityOut(
                priority=PriorityName[value.name],
                names=looks.get(str(value.value), {}).get("names", {}),
                colour=looks.get(str(value.value), {}).get("colour", ""),
            )
            for value in reversed(Priority)
        ]
    )
