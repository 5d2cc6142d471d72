"""The form of one topic: its name, and what follows from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.models import Department, Person
from estafeta.accounts.models.department import AssignmentMode
from estafeta.desk.chosen_rows import ChosenRows
from estafeta.desk.people.forms import INDENT
from estafeta.tickets.models import Topic
from estafeta.tickets.models.topic import Evidence
from estafeta.tickets.topics.tree import in_tree_order


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    """A topic and what it fills into a new ticket."""

    evidence = forms.MultipleChoiceField(
        label=_("Completion must carry"), choices=Evidence.choices, required=False
    )
    performers = ChosenRows(
        Person.objects.active(), label=_("Performers"), required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )  # fmt: skip

    class Meta:
        model = Topic
        fields = (
            "name", "parent", "department", "performers", "priority", "assignment_mode",
            "acceptance", "evidence", "is_active", "is_hidden",
        )  # fmt: skip
        labels = {"is_active": _("In use")}
        help_texts = {
            "department": _("Filled into a new ticket; the person may change it."),
            "is_active": _("Otherwise it is no longer offered for new tickets."),
            "is_hidden": _("Clients are not offered it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mode: Any = self.fields["assignment_mode"]
        mode.choices = [("", _("As the department does")), *AssignmentMode.choices]

    def clean(self) -> dict[str, Any]:
        """The action checks the whole."""
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The action fills and checks the row, so that what is refused is never on it."""

    def chosen_performers(self) -> list[tuple[int, str]]:
        """The chips."""
        texts = self["performers"].value() or []
        numbers = [int(text) for text in map(str, texts) if text.isdecimal() and len(text) < 19]
        return list(Person.objects.filter(pk__in=numbers).values_list("pk", "name"))


def parents_for(topic: Topic | None) -> list[tuple[int | str, str]]:
    """Where the topic can stand."""
    rows = in_tree_order(Topic.objects.all())
    return [
        ("", str(_("Nothing: at the top"))),
        *(
            (t.pk, INDENT * depth + t.name)
            for t, depth in rows
            if topic is None or t.pk != topic.pk
        ),
    ]


def departments() -> list[tuple[int | str, str]]:
    """Who gets its tickets."""
    rows = Department.objects.active().in_tree_order()
    return [("", str(_("The person chooses"))), *((d.pk, INDENT * d.depth + d.name) for d in rows)]
