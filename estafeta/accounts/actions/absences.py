"""Being away: entered, changed, ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Absence, Person
from estafeta.accounts.models.absence import LONGEST_REASON
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import clock
from estafeta.lib.text import one_line

FIELDS = ("starts_at", "ends_at", "deputy", "reason", "is_silent")


@action
def set_absence(
    person: Person,
    *,
    by: Person,
    starts_at: datetime,
    ends_at: datetime | None = None,
    deputy: Person | None = None,
    reason: str = "",
    is_silent: bool = False,
) -> Absence:
    """The person is away from then on, and somebody stands in. Raises Invalid, NotAllowed."""
    permissions.require(permissions.may_change_absence(by, person))
    row = Absence(
        person=person, starts_at=starts_at, ends_at=ends_at, deputy=deputy,
        reason=one_line(reason), is_silent=is_silent, made_by=by, made_at=clock.now(),
    )  # fmt: skip
    _check(row)
    row.save()
    security.record(Kind.ABSENCE_SET, by=by, about=person, **_facts(row))
    return row


@action
def change_absence(absence: Absence, *, by: Person, **values: Any) -> Absence:
    """Change what is given. Raises Invalid, NotAllowed."""
    row = Absence.objects.select_for_update().select_related("person").get(pk=absence.pk)
    permissions.require(permissions.may_change_absence(by, row.person))
    if row.is_over:
        raise Invalid.at("", _("This absence is over; it stays as it was."))
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"cannot be set here: {', '.join(sorted(unknown))}")
    if "reason" in values:
        values["reason"] = one_line(values["reason"])
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    row.save()
    security.record(Kind.ABSENCE_CHANGED, by=by, about=row.person, **_facts(row))
    return row


@action
def end_absence(absence: Absence, *, by: Person) -> None:
    """The person is back, or does not go away after all."""
    row = Absence.objects.select_for_update().select_related("person").get(pk=absence.pk)
    permissions.require(permissions.may_change_absence(by, row.person))
    if row.is_over:
        return
    facts = _facts(row)
    if row.is_now:
        row.ends_at = clock.now()
        row.save(update_fields=["ends_at"])
    else:
        row.delete()
    security.record(Kind.ABSENCE_REMOVED, by=by, about=row.person, **facts)


def _check(row: Absence) -> None:
    errors: dict[str, str] = {}
    if row.ends_at is not None and row.ends_at <= row.starts_at:
        errors["ends_at"] = _("This is before the absence begins.")
    elif row.ends_at is not None and row.ends_at <= clock.now():
        errors["ends_at"] = _("This is over already.")
    elif other := _overlapping(row):
        told = _("There is already an absence then, from %(start)s. Change that one.")
        errors["starts_at"] = told % {"start": _day(other.starts_at)}
    deputy = row.deputy
    if deputy is not None:
        if deputy.pk == row.person_id:
            errors["deputy"] = _("Choose somebody else.")
        elif not deputy.is_active or not deputy.is_agent:
            errors["deputy"] = _("%(name)s does not work here.") % {"name": deputy.name}
    if len(row.reason) > LONGEST_REASON:
        errors["reason"] = _("At most %(most)s characters.") % {"most": LONGEST_REASON}
    if errors:
        raise Invalid({field: [told] for field, told in errors.items()})


def _overlapping(row: Absence) -> Absence | None:
    others = Absence.objects.not_over(row.starts_at).filter(person=row.person)
    if row.ends_at is not None:
        others = others.filter(starts_at__lt=row.ends_at)
    return others.exclude(pk=row.pk).first()


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def _facts(row: Absence) -> dict[str, Any]:
    return {
        "absence": {
            "from": row.starts_at.isoformat(),
            "until": row.ends_at.isoformat() if row.ends_at else "",
            "deputy": row.deputy.name if row.deputy else "",
        }
    }
