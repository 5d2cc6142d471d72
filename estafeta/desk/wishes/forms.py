"""When messages may come, and being away."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Absence, Person
from estafeta.accounts.models.absence import LONGEST_REASON
from estafeta.notifications.hours import MORNING
from estafeta.notifications.models import Rhythm, Wishes
from estafeta.notifications.wishes import Chosen
from estafeta.notifications.wishing import TIMES


class TimesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Quiet hours and how often messages leave; the action checks them."""

    class Meta:
        model = Wishes
        fields = TIMES
        help_texts = {
            "quiet_from": gettext_lazy(
                "By the clock of your time zone; it may last over midnight."
            ),
            "urgent_breaks_quiet": gettext_lazy("They then do not wait to be gathered either."),
            "daily_at": gettext_lazy("Where messages are gathered once a day."),
        }

    def __init__(self, data: Any, *, chosen: Chosen) -> None:
        super().__init__(data, instance=chosen.wishes or Wishes())
        for name, value in self.initial.items():
            if isinstance(value, time):  # nobody lives by seconds
                self.initial[name] = value.strftime("%H:%M")
        rhythm: Any = self.fields["rhythm"]
        rhythm.choices = rhythms(chosen.inherited)
        rhythm.required = self.fields["daily_at"].required = False

    def clean_daily_at(self) -> time:
        """Nobody has to know the hour who gathers nothing."""
        return self.cleaned_data["daily_at"] or MORNING

    def _post_clean(self) -> None:
        """The action fills and checks the row."""


def rhythms(inherited: Chosen) -> list[tuple[str, Any]]:
    """What can be chosen, and what holds if nothing is."""
    usual = _("As others have it: %(rhythm)s") % {"rhythm": inherited.rhythm.label}
    return [("", usual), *Rhythm.choices]


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
