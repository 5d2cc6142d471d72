"""What is set for the whole installation: settings, look, names and colours of priorities."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from estafeta.accounts.actions import branding
from estafeta.accounts.actions.site import change_site
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Site
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, tagged
from estafeta.api.lookups import the_person
from estafeta.api.schemas.administration.settings import (
    LookChange,
    LookOut,
    Priorities,
    PrioritiesChange,
    PriorityOut,
    SettingsChange,
    SettingsOut,
    settings_of,
)
from estafeta.api.schemas.tickets import PriorityName
from estafeta.tickets.models import Priority

router = room.router("Administration: settings")
look_router = room.router("Administration: settings")
priorities_router = room.router("Administration: settings")


@router.get("", response=SettingsOut, operation_id="settings", summary="The settings")
def settings(request: HttpRequest, response: HttpResponse) -> Any:
    """What administrators set on the page of the same name."""
    return tagged(response, _settings())


@router.post("", response=SettingsOut, operation_id="change_settings", summary="Change settings")
def change(
    request: HttpRequest,
    response: HttpResponse,
    body: SettingsChange,
    if_match: IfMatch = None,
) -> Any:
    """What is left out stays."""
    values = body.given()
    if "refused_file_kinds" in values:
        values["refused_file_kinds"] = " ".join(dict.fromkeys(values["refused_file_kinds"]))
    with as_it_was(if_match, _settings):
        change_site(by=the_person(request), **values)
    return tagged(response, _settings())


@look_router.get("", response=LookOut, operation_id="look", summary="Name, logo, colour")
def look(request: HttpRequest, response: HttpResponse) -> LookOut:
    """How every page begins."""
    return tagged(response, LookOut.of(_site()))


@look_router.post("", response=LookOut, operation_id="change_look", summary="Change name or colour")
def change_look(
    request: HttpRequest, response: HttpResponse, body: LookChange, if_match: IfMatch = None
) -> LookOut:
    """What is left out stays."""
    with as_it_was(if_match, lambda: LookOut.of(_site())):
        site = _site()
        values = {"name": site.brand_name, "accent": site.accent, **body.given()}
        branding.change_brand(by=the_person(request), **values)
    return tagged(response, LookOut.of(_site()))


@priorities_router.get(
    "", response=Priorities, operation_id="priorities", summary="Names and colours of priorities"
)
def priorities(request: HttpRequest, response: HttpResponse) -> Priorities:
    """The four values themselves stay."""
    return tagged(response, _priorities())


@priorities_router.post(
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


def _settings() -> Any:
    return SettingsOut(**settings_of(_site()))


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
