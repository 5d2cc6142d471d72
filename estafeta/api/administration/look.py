"""Name, colour and logo of the installation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import File
from ninja.files import UploadedFile

from estafeta.accounts import logos
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


@router.post("/logo", response=LookOut, operation_id="set_logo", summary="Show another logo")
def set_logo(request: HttpRequest, response: HttpResponse, logo: File[UploadedFile]) -> LookOut:
    """A PNG, JPEG or WebP file, sent as `multipart/form-data`. It is drawn anew."""
    return _point_to(request, response, logos.keep(logo, logo.size or 0))


@router.post("/logo/remove", response=LookOut, operation_id="remove_logo", summary="Show no logo")
def remove_logo(request: HttpRequest, response: HttpResponse) -> LookOut:
    """The name stands alone."""
    return _point_to(request, response, "")


def _point_to(request: HttpRequest, response: HttpResponse, name: str) -> LookOut:
    logos.remove(branding.set_logo(by=the_person(request), name=name))
    return tagged(response, LookOut.of(_site()))


def _site() -> Site:
    return Site.objects.get_or_create(pk=1)[0]
