"""One's own photo."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import File, Router
from ninja.files import UploadedFile

from estafeta.accounts import photos
from estafeta.accounts.actions import people
from estafeta.api.endpoints.me import shown
from estafeta.api.lookups import the_person
from estafeta.api.schemas.people import Me

router = Router(tags=["You"])


@router.post("", response=Me, operation_id="set_photo", summary="Show another photo of you")
def set_photo(request: HttpRequest, photo: File[UploadedFile]) -> Me:
    """A JPEG, PNG or WebP file, sent as `multipart/form-data`. It is cut square and drawn anew."""
    return _point_to(request, photos.keep(photo, photo.size or 0))


@router.post("/remove", response=Me, operation_id="remove_photo", summary="Show no photo of you")
def remove_photo(request: HttpRequest) -> Me:
    """Initials stand in its place."""
    return _point_to(request, "")


def _point_to(request: HttpRequest, name: str) -> Me:
    person = the_person(request)
    photos.remove(people.set_photo(person, by=person, name=name))
    return shown(request)
