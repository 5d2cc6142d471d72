"""Announcements: sent, changed, withdrawn; closed by those who have read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from estafeta.accounts import announcing, permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Announcement, Department, Dismissal, Person
from estafeta.accounts.models.announcement import LONGEST, Audience, Level, Role
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import clock, markdown
from estafeta.lib.text import clean, excerpt

MOST_DEPARTMENTS = 100


@dataclass(frozen=True)
class Ways:
    """How it reaches people besides standing above their pages, and whether they answer."""

    asks_for_word: bool = False
    pops_up: bool = False
    is_sent: bool = False


BANNER = Ways()


@action
def announce(
    *,
    by: Person,
    text: str,
    level: str = Level.INFO,
    audience: str = Audience.EVERYBODY,
    departments: Sequence[Department] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    is_dismissable: bool = True,
    roles: Sequence[str] = (),
    ways: Ways = BANNER,
) -> Announcement:
    """Show a text above the pages of those it is for. Raises NotAllowed, Invalid."""
    permissions.require(permissions.may_announce(by))
    now = clock.now()
    row = Announcement(author=by, created_at=now, **asdict(ways))
    _fill(row, text, level, audience, departments, starts_at or now, ends_at, is_dismissable, roles)
    if row.ends_at is not None and row.ends_at <= now:
        raise Invalid.at("ends_at", _("This time is over already."))
    row.save()
    row.departments.set(departments if audience == Audience.DEPARTMENTS else ())
    announcing.changed()
    security.record(Kind.ANNOUNCED, by=by, **_facts(row, departments))
    return row


@action
def change_announcement(
    announcement: Announcement,
    *,
    by: Person,
    text: str,
    level: str,
    audience: str,
    departments: Sequence[Department] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    is_dismissable: bool = True,
    roles: Sequence[str] = (),
    ways: Ways = BANNER,
) -> None:
    """Say it otherwise or for another time. With another text those who closed it see it again.

    Messages that have left stay as they are.
    """
    row = _locked(announcement, by)
    before = row.text
    for name, value in asdict(ways).items():
        setattr(row, name, value)
    _fill(
        row, text, level, audience, departments, starts_at or row.starts_at, ends_at,
        is_dismissable, roles,
    )  # fmt: skip
    row.save()
    row.departments.set(departments if audience == Audience.DEPARTMENTS else ())
    if row.text != before:
        row.dismissals.all().delete()
    announcing.changed()
    security.record(Kind.ANNOUNCEMENT_CHANGED, by=by, **_facts(row, departments))


@action
def withdraw_announcement(announcement: Announcement, *, by: Person) -> None:
    """Nobody sees it any more."""
    row = _locked(announcement, by)
    row.withdrawn_at = row.changed_at = clock.now()
    row.save(update_fields=["withdrawn_at", "changed_at"])
    announcing.changed()
    security.record(Kind.ANNOUNCEMENT_WITHDRAWN, by=by, announcement=row.pk, text=excerpt(row.text))


def dismiss(announcement: Announcement, *, by: Person) -> None:
    """Close it for oneself; once is enough."""
    if not announcement.is_dismissable:
        raise Invalid.at("", _("This announcement stays until its time is over."))
    Dismissal.objects.get_or_create(
        announcement=announcement, person=by, defaults={"at": clock.now()}
    )


def _locked(announcement: Announcement, by: Person) -> Announcement:
    permissions.require(permissions.may_change_announcement(by, announcement))
    row = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if row.state in ("withdrawn", "over"):
        raise Invalid.at("", _("This announcement is over."))
    return row


def _fill(
    row: Announcement,
    text: str,
    level: str,
    audience: str,
    departments: Sequence[Department],
    starts_at: datetime,
    ends_at: datetime | None,
    is_dismissable: bool,
    roles: Sequence[str],
) -> None:
    row.text, row.level, row.audience = clean(text), level, audience
    row.starts_at, row.ends_at = starts_at, ends_at
    # Whoever is to say that he has read it has to have a way to say so.
    row.is_dismissable = is_dismissable or row.asks_for_word
    row.roles = " ".join(dict.fromkeys(roles)) if audience == Audience.ROLES else ""
    row.changed_at = clock.now()
    errors: dict[str, list[str]] = {}
    if not row.text:
        errors["text"] = [_("Write something first.")]
    elif len(row.text) > LONGEST:
        errors["text"] = [_("At most %(count)s characters.") % {"count": LONGEST}]
    if level not in Level.values:
        errors["level"] = [_("There is no such level.")]
    if audience not in Audience.values:
        errors["audience"] = [_("Choose who reads it.")]
    if audience == Audience.DEPARTMENTS and not departments:
        errors["departments"] = [_("Choose at least one department.")]
    elif len(departments) > MOST_DEPARTMENTS:
        errors["departments"] = [_("These are too many: write to all staff.")]
    if audience == Audience.ROLES and not (roles and set(roles) <= set(Role)):
        errors["roles"] = [_("Choose at least one role.")]
    if ends_at is not None and ends_at <= starts_at:
        errors["ends_at"] = [_("The end comes after the beginning.")]
    if errors:
        raise Invalid(errors)
    row.text_html = markdown.render(row.text)


def _facts(row: Announcement, departments: Sequence[Department]) -> dict[str, Any]:
    return {
        "announcement": row.pk, "text": excerpt(row.text), "level": row.level,
        "audience": row.audience, "departments": [department.name for department in departments],
        "until": row.ends_at.isoformat() if row.ends_at else None, "roles": row.roles,
        "sent": row.is_sent,
    }  # fmt: skip
