"""What an announcement asks of whoever sends it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.models import Announcement, Department
from estafeta.accounts.models.announcement import Audience, Level
from estafeta.desk.chosen_rows import ChosenRows

TYPED = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class Moment(forms.DateTimeField):
    """A date with a time in the sender's own zone."""

    default_error_messages = {"invalid": _("Give a date and a time.")}

    def clean(self, value: Any) -> Any:
        """Years that a clock cannot hold are no dates."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"]) from error


class AnnouncementForm(forms.Form):
    """The action checks the whole."""

    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea,
        help_text=_("Markdown works: **bold**, lists, links."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("How urgent"), choices=Level)
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Audience)
    departments = ChosenRows(
        Department.objects.active(), label=_("Departments"), required=False,
        help_text=_("Each with everything below it."),
    )  # fmt: skip
    starts_at = Moment(
        label=pgettext_lazy("time", "From"),
        required=False,
        input_formats=TYPED,
        help_text=_("Empty: at once."),
    )
    ends_at = Moment(
        label=pgettext_lazy("time", "Until"), required=False, input_formats=TYPED,
        help_text=_("Empty: until you withdraw it."),
    )  # fmt: skip
    is_dismissable = forms.BooleanField(label=_("Readers may close it"), required=False)

    @classmethod
    def of(cls, announcement: Announcement | None) -> AnnouncementForm:
        """Filled with what is there."""
        if announcement is None:
            return cls(initial={"level": Level.INFO, "audience": Audience.EVERYBODY,
                                "is_dismissable": True})  # fmt: skip
        return cls(
            initial={
                "text": announcement.text, "level": announcement.level,
                "audience": announcement.audience,
                "departments": [row.pk for row in announcement.departments.all()],
                "starts_at": _typed(announcement.starts_at),
                "ends_at": _typed(announcement.ends_at),
                "is_dismissable": announcement.is_dismissable,
            }
        )  # fmt: skip

    def chosen(self) -> list[tuple[int, str]]:
        """The departments as chips, whatever else was refused."""
        wanted = {str(value) for value in self["departments"].value() or ()}
        numbers = {int(value) for value in wanted if value.isdecimal() and len(value) < 19}
        return list(Department.objects.filter(pk__in=numbers).values_list("pk", "name"))


def _typed(at: Any) -> str:
    return localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""
