"""Announcements."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from estafeta.accounts import announcement_readers, announcing, permissions
from estafeta.accounts.actions import announcements as actions
from estafeta.accounts.actions.announcements import Ways
from estafeta.accounts.errors import NotAllowed
from estafeta.accounts.models import Announcement, Department
from estafeta.api.cursors import page_of
from estafeta.api.lookups import the_person
from estafeta.api.paging import After, Limit, Number, linked
from estafeta.api.schemas.happened import (
    AllAnnouncements,
    AnnouncementBody,
    AnnouncementOut,
    AnnouncementReaderOut,
    AnnouncementReaders,
    Announcements,
    Gone,
)
from estafeta.api.schemas.tickets import a_name
from estafeta.api.submitting import IdempotencyKey, made
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
def announce(
    request: HttpRequest,
    response: HttpResponse,
    body: AnnouncementBody,
    idempotency_key: IdempotencyKey = None,
) -> AnnouncementOut:
    """For those who may send announcements. With an `Idempotency-Key` it is sent once."""
    by = the_person(request)
    if not permissions.may_announce(by):
        raise NotAllowed
    number = made(
        request, response, idempotency_key, lambda: actions.announce(by=by, **_values(body)), by=by
    )
    mass.tell_soon()
    return _shown(number)


@router.get(
    "/all", response=AllAnnouncements, operation_id="all_announcements",
    summary="Earlier announcements too",
)  # fmt: skip
def everything(request: HttpRequest, after: After = None, limit: Limit = 50) -> AllAnnouncements:
    """What was announced to you, closed or over; for those who may send, everything. Newest first."""
    by = the_person(request)
    may_send = permissions.may_announce(by)
    rows = Announcement.objects.all() if may_send else announcing.addressed_to(by)
    rows = rows.select_related("author").prefetch_related("departments")
    found, following = page_of(rows, after, limit, newest_first=True)
    shown = [AnnouncementOut.of(row) for row in found]
    return linked(request, AllAnnouncements(announcements=shown, next=following))


@router.post(
    "/{int:announcement}", response=AnnouncementOut, operation_id="change_announcement",
    summary="Say an announcement otherwise",
)  # fmt: skip
def change(request: HttpRequest, announcement: Number, body: AnnouncementBody) -> AnnouncementOut:
    """One of your own; administrators and directors change every one. All of it is replaced.

    With another text those who closed it see it again; messages that have left stay as they are.
    """
    row = _changeable(request, announcement)
    actions.change_announcement(row, by=the_person(request), **_values(body))
    mass.tell_soon()
    return _shown(row.pk)


@router.post(
    "/{int:announcement}/close", response=Gone, operation_id="close_announcement",
    summary="Close an announcement",
)  # fmt: skip
def close(request: HttpRequest, announcement: Number) -> Gone:
    """It no longer stands above your pages; for others it stays."""
    by = the_person(request)
    if announcement not in [row.pk for row in announcing.addressed_to(by).filter(pk=announcement)]:
        raise Http404
    actions.dismiss(Announcement.objects.get(pk=announcement), by=by)
    return Gone()


@router.get(
    "/{int:announcement}/readers", response=AnnouncementReaders, operation_id="announcement_readers",
    summary="Who has read it",
)  # fmt: skip
def readers(
    request: HttpRequest, announcement: Number, after: After = None, limit: Limit = 50
) -> AnnouncementReaders:
    """Everybody it is for now; for its sender, directors and administrators."""
    row = _loaded().filter(pk=announcement).first()
    if row is None or not permissions.may_change_announcement(the_person(request), row):
        raise Http404
    everybody = announcement_readers.readers_of(row)
    found, following = page_of(everybody, after, limit)
    shown = [AnnouncementReaderOut(person=a_name(one), read_at=one.read_at) for one in found]
    read = everybody.filter(read_at__isnull=False).count()
    return linked(
        request,
        AnnouncementReaders(readers=shown, read=read, all=everybody.count(), next=following),
    )


@router.post(
    "/{int:announcement}/withdraw", response=Gone, operation_id="withdraw_announcement",
    summary="Withdraw an announcement",
)  # fmt: skip
def withdraw(request: HttpRequest, announcement: Number) -> Gone:
    """Nobody sees it any more."""
    actions.withdraw_announcement(_changeable(request, announcement), by=the_person(request))
    return Gone()


def _changeable(request: HttpRequest, number: int) -> Announcement:
    row = Announcement.objects.filter(pk=number).first()
    if row is None or not permissions.may_change_announcement(the_person(request), row):
        raise Http404
    return row


def _values(body: AnnouncementBody) -> dict[str, Any]:
    departments = list(Department.objects.active().filter(pk__in=body.departments))
    if len(departments) != len(set(body.departments)):
        raise Invalid("departments", _("One of these departments does not exist."))
    values = {**body.model_dump(), "departments": departments}
    ways = Ways(**{name: values.pop(name) for name in ("asks_for_word", "pops_up", "is_sent")})
    return {**values, "ways": ways}


def _shown(number: int) -> AnnouncementOut:
    row = _loaded().filter(pk=number).first()
    if row is None:
        raise Http404
    return AnnouncementOut.of(row)


def _loaded() -> Any:
    return Announcement.objects.select_related("author").prefetch_related("departments")
