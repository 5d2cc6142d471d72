"""The rungs of the ladder: read by whoever climbs, written by administrators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from estafeta.accounts import permissions, security
from estafeta.accounts.actions.action import action
from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person
from estafeta.accounts.models.security_entry import Kind
from estafeta.notifications.channels import CHANNELS
from estafeta.notifications.models import Rung, Whom

MOST = 10
LONGEST_MINUTES = 24 * 60


class Step(NamedTuple):
    """A rung as administrators give it."""

    after_minutes: int
    whom: str
    channels: Sequence[str] = ()


def above(step: int) -> list[Rung]:
    """The rungs that are left, the lowest first."""
    return list(Rung.objects.filter(place__gt=step))


def first() -> Rung | None:
    """The lowest; None: there is no ladder."""
    return Rung.objects.first()


def next_after(rung: Rung) -> Rung | None:
    """The one above it; None: it was the last."""
    return Rung.objects.filter(place__gt=rung.place).first()


@action
def change(*, by: Person, steps: Sequence[Step]) -> None:
    """Put these rungs in place of those there are. None: urgent tickets call once, like others.

    Raises Invalid at "<place from 0>-<field>".
    """
    permissions.require(permissions.administers(by))
    errors = {key: why for place, step in enumerate(steps) for key, why in _faults(place, step)}
    if len(steps) > MOST:
        errors[""] = _("There are at most %(most)s steps.") % {"most": MOST}
    if errors:
        raise Invalid({key: [why] for key, why in errors.items()})
    before = [_said(row) for row in Rung.objects.all()]
    Rung.objects.all().delete()
    rows = Rung.objects.bulk_create(
        Rung(
            place=place, after_minutes=step.after_minutes, whom=step.whom,
            channels=[*step.channels],
        )
        for place, step in enumerate(steps, 1)
    )  # fmt: skip
    after = [_said(row) for row in rows]
    if after != before:
        changes = {"ladder": ["; ".join(before), "; ".join(after)]}
        security.record(Kind.SETTINGS_CHANGED, by=by, changes=changes)


def _faults(place: int, step: Step) -> list[tuple[str, str]]:
    found = []
    if not 1 <= step.after_minutes <= LONGEST_MINUTES:
        words = _("From 1 to %(most)s minutes.") % {"most": LONGEST_MINUTES}
        found.append((f"{place}-minutes", words))
    if step.whom not in set(Whom):
        found.append((f"{place}-whom", _("Choose whom to call.")))
    if not set(step.channels) <= set(CHANNELS):
        found.append((f"{place}-channels", _("There is no such channel.")))
    return found


def _said(rung: Rung) -> str:
    over = ", ".join(rung.channels) or "*"
    return f"{rung.after_minutes} min {rung.whom} ({over})"
