"""The form of an absence: days, as people think of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Absence, Person
from estafeta.accounts.models.absence import LONGEST_REASON


class AbsenceForm(forms.Form):
    """From the morning of one day to the evening of another, or to the hour."""

    starts_on = forms.DateField(label=gettext_lazy("First day away"))
    ends_on = forms.DateField(
        label=gettext_lazy("Last day away"), required=False,
        help_text=gettext_lazy("Empty: until further notice."),
    )  # fmt: skip
    deputy = forms.ModelChoiceField(
        Person.objects.active(), label=gettext_lazy("Who stands in"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=LONGEST_REASON, required=False,
        help_text=gettext_lazy("Colleagues read it: leave, a trip. Leave it empty if you like."),
    )  # fmt: skip
    is_silent = forms.BooleanField(
        label=gettext_lazy("No messages while away"), required=False,
        help_text=gettext_lazy("The bell goes on; nothing is sent."),
    )  # fmt: skip

    PLACES = {"starts_at": "starts_on", "ends_at": "ends_on"}
    """Where to show what the action says of its own fields."""

    def values(self, absence: Absence | None = None) -> dict[str, Any]:
        """As the action takes them; an absence that has begun keeps its hour."""
        given = self.cleaned_data
        start, end = given["starts_on"], given["ends_on"]
        starts_at = _moment(start)
        if absence is not None and timezone.localdate(absence.starts_at) == start:
            starts_at = absence.starts_at
        return {
            "starts_at": starts_at, "ends_at": _moment(end, is_end=True) if end else None,
            "deputy": given["deputy"], "reason": given["reason"], "is_silent": given["is_silent"],
        }  # fmt: skip


def said_of(absence: Absence) -> dict[str, Any]:
    """What stands in the form of an absence that is there."""
    end = absence.last_moment
    return {
        "starts_on": timezone.localdate(absence.starts_at).isoformat(),
        "ends_on": timezone.localdate(end).isoformat() if end else "",
        "deputy": absence.deputy_id, "reason": absence.reason, "is_silent": absence.is_silent,
    }  # fmt: skip


def _moment(day: Any, *, is_end: bool = False) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1) if is_end else day, time.min)
    return timezone.make_aware(midnight)
