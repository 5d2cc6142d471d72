"""What is set for the whole installation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from estafeta.accounts.actions.site import change_site
from estafeta.accounts.models import Site
from estafeta.api.administration import room
from estafeta.api.administration.room import IfMatch, as_it_was, tagged
from estafeta.api.lookups import the_person
from estafeta.api.schemas.administration.settings import SettingsChange, SettingsOut, settings_of

router = room.router("Administration: settings")


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


def _site() -> Site:
    return Site.objects.get_or_create(pk=1)[0]


def _settings() -> Any:
    return SettingsOut(**settings_of(_site()))
