"""People say what they want to hear of; heads and administrators what is right for who never said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.security_entry import Kind as Trail
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.kinds import Kind
from estafeta.notifications.models import DefaultWishes, Rhythm, Wishes
from estafeta.notifications.wishes import POPUP

Cells = Mapping[str, Mapping[str, bool | None]]
"""Kind of event -> channel -> yes, no, or None: leave it to whoever decides otherwise."""
TIMES = (
    "quiet_from", "quiet_until", "is_quiet_at_weekends", "urgent_breaks_quiet", "rhythm", "daily_at",
    "quotes_talks",
)  # fmt: skip


def may_set_defaults(by: Person, department: Department | None) -> bool:
    """Administrators everywhere, heads for their departments."""
    if permissions.administers(by):
        return True
    return department is not None and by.is_active and department.pk in by.standing.headed


def wish(person: Person, *, by: Person, cells: Cells | None = None, **times: Any) -> Wishes:
    """Change some cells of one's own matrix, and one's quiet hours. Raises Invalid, NotAllowed."""
    permissions.require(by.pk == person.pk and by.is_active)
    if unknown := set(times) - set(TIMES):
        raise TypeError(f"cannot be set here: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        Wishes.objects.get_or_create(person=person)
        row = Wishes.objects.select_for_update().get(person=person)
        row.matrix = _with(row.matrix, cells or {})
        for name, value in times.items():
            setattr(row, name, value)
        _check_times(row)
        row.save()
    return row


@action
def wish_for(
    department: Department | None, *, by: Person, cells: Cells | None = None, rhythm: str = ""
) -> DefaultWishes:
    """Say what holds in a department, or everywhere; `rhythm` as it shall be, empty: undecided."""
    permissions.require(may_set_defaults(by, department))
    if rhythm not in ("", *Rhythm.values):
        raise Invalid.at("rhythm", _("Choose one of the rhythms."))
    row = DefaultWishes.objects.filter(department=department).first()
    row = row or DefaultWishes(department=department)
    before = (row.matrix, row.rhythm)
    row.matrix, row.rhythm = _with(row.matrix, cells or {}), rhythm
    if before != (row.matrix, row.rhythm):
        row.save()
        facts: dict[str, Any] = {}
        if department is not None:
            facts = {"name": department.name, "department": department.pk}
        security.record(Trail.SETTINGS_CHANGED, by=by, fields=["default_wishes"], **facts)
    return row


def columns() -> dict[str, Any]:
    """What one decides about for each kind of event: the pop-up, then every channel of people."""
    personal = {name: channel.label for name, channel in CHANNELS.items() if channel.is_personal}
    return {POPUP: _("Pop-up"), **personal}


def _with(matrix: Mapping[str, Mapping[str, bool]], cells: Cells) -> dict[str, dict[str, bool]]:
    known = set(columns())
    changed = {kind: dict(row) for kind, row in matrix.items()}
    for kind, row in cells.items():
        if kind not in set(Kind):
            raise Invalid.at(
                "matrix", _("There is no such kind of event: %(name)s") % {"name": kind}
            )
        for channel, wanted in row.items():
            if channel not in known:
                told = _("There is no such channel: %(name)s") % {"name": channel}
                raise Invalid.at("matrix", told)
            own = changed.setdefault(kind, {})
            own.pop(channel, None)
            if wanted is not None:
                own[channel] = wanted
    return {kind: row for kind, row in changed.items() if row}


def _check_times(row: Wishes) -> None:
    start, end = row.quiet_from, row.quiet_until
    if (start is None) != (end is None):
        field = "quiet_from" if start is None else "quiet_until"
        raise Invalid.at(field, _("Give both times, or neither."))
    if start is not None and start == end:
        raise Invalid.at(
            "quiet_until", _("The quiet would last the whole day. Choose another time.")
        )
    if row.rhythm not in ("", *Rhythm.values):
        raise Invalid.at("rhythm", _("Choose one of the rhythms."))
