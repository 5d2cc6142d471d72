"""Which announcements stand above a person's pages now.

Every page asks. What is not over is kept with the row of the site, as old as that at most; a query
is made only for a person to whom something that can be closed is shown just now.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from estafeta.accounts.models import Announcement, Department, Dismissal, Site
from estafeta.accounts.models.announcement import Audience, Role
from estafeta.lib import clock
from estafeta.lib.prepared import Prepared

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.accounts.models.announcement import AnnouncementQuerySet


def shown_to(person: Person) -> list[Announcement]:
    """What the person has to know now and has not closed, the newest first."""
    now = clock.now()
    found = [
        row for row, paths in _kept()
        if row.starts_at <= now and (row.ends_at is None or row.ends_at > now)
        and concerns(person, row, paths)
    ]  # fmt: skip
    if any(row.is_dismissable for row in found):
        closed = set(_CLOSED(person=person.pk))
        found = [row for row in found if row.pk not in closed]
    return found


def concerns(person: Person, announcement: Announcement, paths: tuple[str, ...]) -> bool:
    """Whether the person is among those it is for; a department means all below it too.

    `announcement_readers.py` finds everybody it is for; a test holds the two together.
    """
    standing, audience = person.standing, announcement.audience
    is_staff = standing.is_agent or standing.is_administrator
    if audience == Audience.EVERYBODY:
        return True
    if audience == Audience.STAFF:
        return is_staff
    if audience == Audience.CLIENTS:
        return not is_staff
    if audience == Audience.ROLES:
        return not _roles_of(person).isdisjoint(announcement.roles.split())
    if standing.is_director:
        return True
    from estafeta.accounts import tree

    own = tree.by_id(standing.departments).values()
    return any(row.path.startswith(paths) for row in own) if paths else False


def addressed_to(person: Person) -> AnnouncementQuerySet:
    """Everything that was ever for him as he is now, over or not; never what is planned."""
    standing = person.standing
    is_staff = standing.is_agent or standing.is_administrator
    rule = Q(audience=Audience.EVERYBODY)
    rule |= Q(audience=Audience.STAFF if is_staff else Audience.CLIENTS)
    for role in _roles_of(person):  # none of these words is a part of another
        rule |= Q(audience=Audience.ROLES, roles__contains=role.value)
    if standing.is_director:
        rule |= Q(audience=Audience.DEPARTMENTS)
    elif standing.departments:
        above = Department.objects.filter(pk__in=standing.departments).values_list(
            "path", flat=True
        )
        numbers = {int(part) for path in above for part in path.strip("/").split("/")}
        rule |= Q(
            pk__in=Announcement.departments.through.objects.filter(
                department_id__in=numbers
            ).values("announcement")
        )
    return Announcement.objects.filter(rule, starts_at__lte=clock.now(), withdrawn_at=None)


def _roles_of(person: Person) -> set[Role]:
    standing = person.standing
    held = {
        Role.AGENTS: bool(standing.member_of),
        Role.HEADS: bool(standing.headed),
        Role.DIRECTORS: standing.is_director,
        Role.ADMINISTRATORS: standing.is_administrator,
        Role.LEADS: standing.led_organisation is not None,
    }
    return {role for role, holds in held.items() if holds}


def changed() -> None:
    """Tell open pages; call it in the transaction of the change."""
    Site.objects.filter(pk=1).update(announcements_version=F("announcements_version") + 1)
    Site.forget()


def tell_of_time() -> None:
    """Tell open pages when a planned announcement has begun or one has ended; once a minute."""
    now = clock.now()
    lately = (now - timedelta(seconds=90), now)
    rows = Announcement.objects.filter(withdrawn_at=None)
    if rows.filter(Q(starts_at__range=lately) | Q(ends_at__range=lately)).exists():
        changed()


def look_again() -> None:
    """Forget what is kept if something was announced meanwhile: an open page was told so."""
    if _VERSION.first() != Site.current().announcements_version:
        Site.forget()


def _kept() -> list[tuple[Announcement, tuple[str, ...]]]:
    site = Site.current()
    kept: list[Any] | None = site.__dict__.get("announcements")
    if kept is None:
        rows = Announcement.objects.not_over(clock.now()).prefetch_related("departments")
        kept = [(row, tuple(one.path for one in row.departments.all())) for row in rows]
        site.__dict__["announcements"] = kept
    return kept


_CLOSED = Prepared(
    lambda person: Dismissal.objects.filter(person=person).values_list("announcement", flat=True)
)
_VERSION = Prepared(
    lambda: Site.objects.filter(pk=1).values_list("announcements_version", flat=True)
)
