"""What an announcement asks of whoever sends it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from estafeta.accounts.actions.announcements import Ways
from estafeta.accounts.models import Announcement, Department
from estafeta.accounts.models.announcement import Audience, Level, Role
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
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role, required=False)
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
    asks_for_word = forms.BooleanField(
        label=_("Readers confirm that they have read it"), required=False,
        help_text=_("It stands there until the reader says so; you see who has."),
    )  # fmt: skip
    pops_up = forms.BooleanField(label=_("Also as a pop-up on open pages"), required=False)
    is_sent = forms.BooleanField(
        label=_("Also as a message, by e-mail and the like"), required=False,
        help_text=_("By e-mail, and over the channels each reader has chosen for announcements."),
    )  # fmt: skip

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
                "roles": announcement.roles.split(),
                "asks_for_word": announcement.asks_for_word,
                "pops_up": announcement.pops_up, "is_sent": announcement.is_sent,
            }
        )  # fmt: skip

    def chosen(self) -> list[tuple[int, str]]:
        """The departments as chips, whatever else was refused."""
        wanted = {str(value) for value in self["departments"].value() or ()}
        numbers = {int(value) for value in wanted if value.isdecimal() and len(value) < 19}
        return list(Department.objects.filter(pk__in=numbers).values_list("pk", "name"))


def ways_of(values: dict[str, Any]) -> Ways:
    """Take out of the cleaned values how it reaches people."""
    return Ways(**{name: values.pop(name) for name in ("asks_for_word", "pops_up", "is_sent")})


def _typed(at: Any) -> str:
    return localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""
