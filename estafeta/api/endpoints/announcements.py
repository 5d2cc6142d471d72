"""Announcements."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from estafeta.accounts import announcing, permissions
from estafeta.accounts.actions import announcements as actions
from estafeta.accounts.actions.announcements import Ways
from estafeta.accounts.errors import NotAllowed
from estafeta.accounts.models import Announcement, Department
from estafeta.api.lookups import the_person
from estafeta.api.paging import Number
from estafeta.api.schemas.happened import (
    AnnouncementBody,
    AnnouncementOut,
    Announcements,
    Gone,
)
from estafeta.notifications import mass
from estafeta.tickets.errors import Invalid

router = Router(tags=["You"])


@router.get("", response=Announcements, operation_id="announcements", summary="Announcements")
def announcements(request: HttpRequest) -> Announcements:
    """What you have to know now and have not closed."""
    shown = [row.pk for row in announcing.shown_to(the_person(request))]
    rows = _loaded().filter(pk__in=shown)
    return Announcements(announcements=[AnnouncementOut.of(row) for row in rows])


@router.post(
    "", response={201: AnnouncementOut}, operation_id="announce", summary="Announce something"
)
def announce(request: HttpRequest, body: AnnouncementBody) -> AnnouncementOut:
    """For those who may send announcements."""
    by = the_person(request)
    if not permissions.may_announce(by):
        raise NotAllowed
    departments = list(Department.objects.active().filter(pk__in=body.departments))
    if len(departments) != len(set(body.departments)):
        raise Invalid("departments", _("One of these departments does not exist."))
    values = {**body.model_dump(), "departments": departments}
    ways = Ways(**{name: values.pop(name) for name in ("asks_for_word", "pops_up", "is_sent")})
    row = actions.announce(by=by, ways=ways, **values)
    mass.tell_soon()
    return AnnouncementOut.of(_loaded().get(pk=row.pk))


@router.post(
    "/{int:announcement}/close", response=Gone, operation_id="close_announcement",
    summary="Close one",
)  # fmt: skip
def close(request: HttpRequest, announcement: Number) -> Gone:
    """It no longer stands above your pages; for others it stays."""
    by = the_person(request)
    if announcement not in [row.pk for row in announcing.addressed_to(by).filter(pk=announcement)]:
        raise Http404
    actions.dismiss(Announcement.objects.get(pk=announcement), by=by)
    return Gone()


@router.post(
    "/{int:announcement}/withdraw", response=Gone, operation_id="withdraw_announcement",
    summary="Withdraw one",
)  # fmt: skip
def withdraw(request: HttpRequest, announcement: Number) -> Gone:
    """Nobody sees it any more."""
    by = the_person(request)
    row = Announcement.objects.filter(pk=announcement).first()
    if row is None or not permissions.may_change_announcement(by, row):
        raise Http404
    actions.withdraw_announcement(row, by=by)
    return Gone()


def _loaded() -> Any:
    return Announcement.objects.select_related("author").prefetch_related("departments")
