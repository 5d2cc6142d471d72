"""When messages may come."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
            "quotes_talks": gettext_lazy("Otherwise they only say who has written to you."),
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
