"""Name and colour of the installation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from estafeta.accounts.actions import branding
from estafeta.accounts.models import Site
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, tagged
from estafeta.api.lookups import the_person
from estafeta.api.schemas.administration.look import LookChange, LookOut

router = room.router("Administration: settings")


@router.get("", response=LookOut, operation_id="look", summary="Name, logo, colour")
def look(request: HttpRequest, response: HttpResponse) -> LookOut:
    """How every page begins."""
    return tagged(response, LookOut.of(_site()))


@router.post("", response=LookOut, operation_id="change_look", summary="Change name or colour")
def change_look(
    request: HttpRequest, response: HttpResponse, body: LookChange, if_match: IfMatch = None
) -> LookOut:
    """What is left out stays."""
    with as_it_was(if_match, lambda: LookOut.of(_site())):
        site = _site()
        values = {"name": site.brand_name, "accent": site.accent, **body.given()}
        branding.change_brand(by=the_person(request), **values)
    return tagged(response, LookOut.of(_site()))


def _site() -> Site:
    return Site.objects.get_or_create(pk=1)[0]
