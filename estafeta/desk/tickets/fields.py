"""Fields of the desk's ticket forms: they keep what was typed, chips too, when something is refused.

`kind` tells the template which macro draws the field.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.models import Department, Person
from estafeta.desk.files import drafts
from estafeta.desk.tickets.sending import a_number
from estafeta.desk.tickets.topics import INDENT
from estafeta.lib import clock
from estafeta.lib.text import clean

MOST_PEOPLE = 50
MOST_LISTED = 500
NOT_THERE = _("Choose from the list.")
SEPARATE = _("Each finishes separately")
SEPARATELY = _("Each of several has a part of his own; it is done when all have finished.")


class Words(forms.CharField):
    """Text of any length: the verb says what is missing or too long. Control codes do not survive."""

    def __init__(
        self, label: Any, *, kind: str = "words", rows: int = 3, must: bool = False, **more: Any
    ) -> None:
        self.kind, self.rows, self.must = kind, rows, must
        super().__init__(label=label, required=False, **more)

    def to_python(self, value: Any) -> str:
        """As the domain keeps it."""
        return clean(str(value or ""))


class Choice(forms.ChoiceField):
    """One of a few, shown as cards or as a list."""

    def __init__(self, label: Any, choices: Any, *, kind: str = "cards", **more: Any) -> None:
        self.kind = kind
        super().__init__(label=label, choices=choices, **more)

    def cards(self) -> list[tuple[Any, Any, str]]:
        """As components/form.html wants them: (value, label, hint)."""
        choices: Any = self.choices
        return [(value, label, "") for value, label in choices]


class Several(forms.MultipleChoiceField):
    """Any of a few, each with a box to tick."""

    kind = "several"

    def __init__(self, label: Any, choices: Any, **more: Any) -> None:
        super().__init__(label=label, choices=choices, required=False, **more)


class Switch(forms.BooleanField):
    """Yes or no; perhaps only where several people are chosen in the field of that name."""

    kind = "switch"

    def __init__(self, label: Any, *, needs_several: str = "", **more: Any) -> None:
        self.needs_several = needs_several
        super().__init__(label=label, required=False, **more)


def offer(form: forms.Form, name: str, choices: Any) -> None:
    """Fill the choice of that name for this form alone."""
    field: Any = form.fields[name]
    field.choices = choices


class Moment(forms.DateTimeField):
    """A date with a time in the person's own zone."""

    default_error_messages = {"invalid": _("Give a date and a time.")}

    def __init__(self, label: Any, *, kind: str = "moment", **more: Any) -> None:
        self.kind = kind
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
        super().__init__(label=label, input_formats=formats, **more)

    def clean(self, value: Any) -> datetime | None:
        """Years that a clock cannot hold are no dates."""
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"]) from error

    def prepare_value(self, value: Any) -> Any:
        """As the browser's field wants it."""
        if isinstance(value, datetime):
            return localtime(value).strftime("%Y-%m-%dT%H:%M")
        return value

    def quick(self) -> list[tuple[str, str]]:
        """Moments that are chosen often, as (value, words): what is over already is left out."""
        now = localtime(clock.now())
        evening = now.replace(hour=18, minute=0, second=0, microsecond=0)
        moments = [
            (evening, _("Today 18:00")),
            (evening + timedelta(days=1), _("Tomorrow")),
            (evening + timedelta(days=3), _("In 3 days")),
            (evening + timedelta(days=7), _("In a week")),
        ]
        return [(self.prepare_value(at), str(words)) for at, words in moments if at > now]


class PeopleField(forms.Field):
    """Some people, in the order chosen; `source` is where their names are looked up."""

    kind = "people"
    widget: Any = forms.MultipleHiddenInput
    multiple = True

    def __init__(self, label: Any, source: Any, **more: Any) -> None:
        self.source = source
        self.suggested: Any = ()
        self.suggested_source = ""
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> list[Person]:
        """Active people with these ids."""
        texts = list(value or [])
        wanted = list(dict.fromkeys(a_number(text) for text in texts[:MOST_PEOPLE]))
        found = Person.objects.active().in_bulk([number for number in wanted if number])
        if len(texts) > MOST_PEOPLE or len(found) != len(wanted):
            raise forms.ValidationError(NOT_THERE)
        return [found[number] for number in wanted if number]

    def chosen(self, value: Any) -> list[tuple[int, str]]:
        """The chips."""
        return _chips(Person.objects.active(), value)

    def everything(self) -> list[tuple[int, str]]:
        """All agents, for a page without JavaScript."""
        return list(Person.objects.active().agents().values_list("pk", "name")[:MOST_LISTED])


class FilesField(forms.Field):
    """Drafts of files, by their ids; whoever fills in the form owns them (`owner`, set by the form)."""

    kind = "files"
    widget: Any = forms.MultipleHiddenInput

    def __init__(self, label: Any, *, must: bool = False, **more: Any) -> None:
        self.must = must
        self.owner: Person | None = None
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> list[int]:
        """The verb says whether they may be sent."""
        return drafts.numbers(value)

    def chosen(self, value: Any) -> list[drafts.Chosen]:
        """What is shown in the form again."""
        return drafts.chosen(value, owner=self.owner) if self.owner else []


class PersonField(PeopleField):
    """One person, or nobody."""

    multiple = False
    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """The person with this id."""
        people = super().clean([value] if value else [])
        return people[0] if people else None


class DepartmentField(forms.Field):
    """A department that takes tickets, or none."""

    kind = "people"
    widget = forms.HiddenInput
    multiple = False
    suggested: Any = ()
    suggested_source = ""

    def __init__(self, label: Any, source: Any, **more: Any) -> None:
        self.source = source
        super().__init__(label=label, required=False, **more)

    def clean(self, value: Any) -> Department | None:
        """The department with this id."""
        if not value:
            return None
        number = a_number(str(value))
        found = Department.objects.active().filter(pk=number).first() if number else None
        if found is None:
            raise forms.ValidationError(NOT_THERE)
        return found

    def chosen(self, value: Any) -> list[tuple[int, str]]:
        """The chip."""
        return _chips(Department.objects.active(), value)

    def everything(self) -> list[tuple[int, str]]:
        """All of them, for a page without JavaScript."""
        tree = Department.objects.active().in_tree_order()
        return [(row.pk, INDENT * row.depth + row.name) for row in tree]


def _chips(rows: Any, value: Any) -> list[tuple[int, str]]:
    texts: Iterable[Any] = value if isinstance(value, (list, tuple)) else [value]
    numbers = [n for text in list(texts)[:MOST_PEOPLE] if text and (n := a_number(str(text)))]
    names = {row.pk: row.name for row in rows.filter(pk__in=numbers)}
    return [(number, names[number]) for number in dict.fromkeys(numbers) if number in names]
