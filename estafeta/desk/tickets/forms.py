"""What each verb asks for. `arguments` are the keywords of its action; the action judges them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Person
from estafeta.desk.tickets.fields import Choice, DepartmentField, Moment, PeopleField, Words, offer
from estafeta.desk.tickets.topics import topic_choices, topic_of
from estafeta.tickets.models import Acceptance, Priority, Ticket, WaitFor
from estafeta.tickets.verbs import Verb


class VerbForm(forms.Form):
    """The form of a verb; `submit` is its button where that is not the verb, `kind` its look."""

    submit: Any = ""
    kind = "primary"
    consequence: Any = ""

    def __init__(self, *args: Any, ticket: Ticket, by: Person, **kwargs: Any) -> None:
        self.ticket, self.by = ticket, by
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """What depends on the ticket."""

    def arguments(self) -> dict[str, Any]:
        """For the action."""
        return dict(self.cleaned_data)


class Nothing(VerbForm):
    """take, resume, acknowledge, archive, unarchive: nothing is asked."""


class ReasonAllowed(VerbForm):
    """release: one may say why."""

    reason = Words(gettext_lazy("Why (if you want to say)"))


class Result(VerbForm):
    """complete: what was done."""

    reason = Words(
        gettext_lazy("What was done"),
        help_text=gettext_lazy("The requester reads it with the message that it is done."),
    )


class Thanks(VerbForm):
    """accept."""

    reason = Words(gettext_lazy("A word to the performer (if you want)"))


class ReasonNeeded(VerbForm):
    """return_to_work, reopen: nothing without a reason."""

    reason = Words(gettext_lazy("Why"), must=True)


class Cancel(ReasonNeeded):
    """cancel."""

    kind = "danger-primary"
    consequence = gettext_lazy("Nobody will work on it any more. The requester is told why.")


class Assign(VerbForm):
    """assign: to people of the department."""

    people = PeopleField(gettext_lazy("To whom"), "")
    reason = Words(gettext_lazy("What to look at (if you want to say)"))

    def prepare(self) -> None:
        field: Any = self.fields["people"]
        source = reverse_lazy("suggest_performers")
        field.source = f"{source}?department={self.ticket.department_id}"
        field.help_text = _("The first one holds the ticket, the others help.")


class HandOver(VerbForm):
    """hand_over: where to, and why."""

    department = DepartmentField(
        gettext_lazy("To the department"), reverse_lazy("suggest_departments")
    )
    people = PeopleField(gettext_lazy("To people"), reverse_lazy("suggest_performers"))
    reason = Words(gettext_lazy("Why"), must=True)

    def prepare(self) -> None:
        self.fields["department"].help_text = _(
            "Enough by itself: the ticket is then free for whoever takes it there."
        )


class Wait(VerbForm):
    """wait: for what, and until when."""

    wait_for = Choice(gettext_lazy("What it waits for"), WaitFor.choices)
    until = Moment(
        gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("On this day the ticket goes on by itself."),
    )  # fmt: skip
    reason = Words(gettext_lazy("More about it"))


class Edit(VerbForm):
    """edit: title, text, topic, acceptance."""

    submit = gettext_lazy("Save")

    title = Words(gettext_lazy("Title"), kind="line", must=True)
    text = Words(gettext_lazy("Text"), kind="markdown", rows=8)
    topic = Choice(gettext_lazy("Topic"), (), kind="select", required=False)
    acceptance = Choice(gettext_lazy("Who accepts the result"), Acceptance.choices, kind="select")

    def prepare(self) -> None:
        offer(self, "topic", topic_choices(keep=self.ticket.topic))
        self.initial = {
            "title": self.ticket.title,
            "text": self.ticket.text,
            "topic": self.ticket.topic_id or "",
            "acceptance": self.ticket.acceptance,
        }

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data | {"topic": topic_of(self.cleaned_data["topic"])}


class SetPriority(VerbForm):
    """set_priority."""

    priority = Choice(gettext_lazy("Priority"), Priority.choices)
    reason = Words(gettext_lazy("Why (if you want to say)"))

    def prepare(self) -> None:
        self.initial = {"priority": self.ticket.priority}

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data | {"priority": int(self.cleaned_data["priority"])}


class SetDeadline(VerbForm):
    """set_deadline: another moment, or none."""

    deadline = Moment(
        gettext_lazy("Deadline"), kind="deadline", required=False,
        help_text=gettext_lazy("Leave it empty to take the deadline away."),
    )  # fmt: skip
    reason = Words(gettext_lazy("Why (if you want to say)"))

    def prepare(self) -> None:
        self.initial = {"deadline": self.ticket.deadline}


FORMS: dict[Verb, type[VerbForm]] = {
    Verb.TAKE: Nothing,
    Verb.RELEASE: ReasonAllowed,
    Verb.ASSIGN: Assign,
    Verb.HAND_OVER: HandOver,
    Verb.ACKNOWLEDGE: Nothing,
    Verb.WAIT: Wait,
    Verb.RESUME: Nothing,
    Verb.COMPLETE: Result,
    Verb.ACCEPT: Thanks,
    Verb.RETURN_TO_WORK: ReasonNeeded,
    Verb.REOPEN: ReasonNeeded,
    Verb.CANCEL: Cancel,
    Verb.ARCHIVE: Nothing,
    Verb.UNARCHIVE: Nothing,
    Verb.EDIT: Edit,
    Verb.SET_PRIORITY: SetPriority,
    Verb.SET_DEADLINE: SetDeadline,
}
