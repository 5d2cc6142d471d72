"""What each verb asks for. `arguments` are the keywords of its action; the action judges them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.desk.tickets import part_forms, relation_forms
from estafeta.desk.tickets.comment_forms import DeleteComment, EditComment
from estafeta.desk.tickets.fields import (
    SEPARATE,
    SEPARATELY,
    Choice,
    DepartmentField,
    Moment,
    PeopleField,
    Several,
    Switch,
    Words,
    offer,
)
from estafeta.desk.tickets.file_forms import Attach, RemoveFile
from estafeta.desk.tickets.performing import Answer, Complete, Nudge, Propose, Return
from estafeta.desk.tickets.suggested import suggested_for
from estafeta.desk.tickets.topics import topic_choices, topic_of
from estafeta.desk.tickets.verb_form import (
    DESPITE_SUBTASKS,
    Nothing,
    ReasonAllowed,
    ReasonNeeded,
    VerbForm,
    ask_about_subtasks,
)
from estafeta.tickets.models import Acceptance, Evidence, Priority, WaitFor
from estafeta.tickets.verbs import Verb


class Decline(ReasonNeeded):
    """decline_hand_over."""

    consequence = gettext_lazy("The ticket goes back to those who had it. They read why.")


class Thanks(VerbForm):
    """accept."""

    reason = Words(gettext_lazy("A word to the performer (if you want)"))


class Cancel(ReasonNeeded):
    """cancel."""

    kind = "danger-primary"
    consequence = gettext_lazy("Nobody will work on it any more. The requester is told why.")

    despite_subtasks = Switch(DESPITE_SUBTASKS)

    def prepare(self) -> None:
        ask_about_subtasks(self)


class Assign(VerbForm):
    """assign: to people of the department."""

    people = PeopleField(gettext_lazy("To whom"), "")
    separate = Switch(SEPARATE, help_text=SEPARATELY, needs_several="people")
    reason = Words(gettext_lazy("What to look at (if you want to say)"))

    def prepare(self) -> None:
        field: Any = self.fields["people"]
        source = reverse_lazy("suggest_performers")
        field.source = f"{source}?department={self.ticket.department_id}"
        field.help_text = _("The first one holds the ticket, the others help.")
        field.suggested = suggested_for(self.ticket)
        self.initial = {"separate": self.ticket.is_separate}


class HandOver(VerbForm):
    """hand_over: where to, and why."""

    department = DepartmentField(
        gettext_lazy("To the department"), reverse_lazy("suggest_departments")
    )
    people = PeopleField(gettext_lazy("To people"), reverse_lazy("suggest_performers"))
    separate = Switch(SEPARATE, help_text=SEPARATELY, needs_several="people")
    reason = Words(gettext_lazy("Why"), must=True)

    def prepare(self) -> None:
        field: Any = self.fields["people"]
        field.suggested = suggested_for(self.ticket)
        field.suggested_source = reverse("ticket_suggested", args=[self.ticket.pk])
        self.initial = {"separate": self.ticket.is_separate}
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
    topic = Choice(
        gettext_lazy("Topic"), (), kind="select", required=False,
        help_text=gettext_lazy("Another topic adds what it asks of the completion."),
    )  # fmt: skip
    acceptance = Choice(gettext_lazy("Who accepts the result"), Acceptance.choices, kind="select")
    evidence = Several(gettext_lazy("Completion must carry"), Evidence.choices)

    def prepare(self) -> None:
        offer(self, "topic", topic_choices(self.by, keep=self.ticket.topic))
        self.initial = {
            "title": self.ticket.title,
            "text": self.ticket.text,
            "topic": self.ticket.topic_id or "",
            "acceptance": self.ticket.acceptance,
            "evidence": self.ticket.evidence,
        }
        if not self.by.is_agent:
            del self.fields["evidence"]

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
    Verb.ACCEPT_HAND_OVER: ReasonAllowed,
    Verb.DECLINE_HAND_OVER: Decline,
    Verb.ACKNOWLEDGE: Nothing,
    Verb.WAIT: Wait,
    Verb.RESUME: Nothing,
    Verb.COMPLETE: Complete,
    Verb.ACCEPT: Thanks,
    Verb.RETURN_TO_WORK: Return,
    Verb.REOPEN: ReasonNeeded,
    Verb.CANCEL: Cancel,
    Verb.ARCHIVE: Nothing,
    Verb.UNARCHIVE: Nothing,
    Verb.ATTACH: Attach,
    Verb.REMOVE_FILE: RemoveFile,
    Verb.EDIT: Edit,
    Verb.EDIT_COMMENT: EditComment,
    Verb.DELETE_COMMENT: DeleteComment,
    Verb.SET_PRIORITY: SetPriority,
    Verb.SET_DEADLINE: SetDeadline,
    Verb.PROPOSE_DEADLINE: Propose,
    Verb.ANSWER_DEADLINE: Answer,
    Verb.NUDGE: Nudge,
    Verb.FOLLOW: relation_forms.Follow,
    Verb.UNFOLLOW: relation_forms.Unfollow,
    Verb.TAG: relation_forms.Tags,
    Verb.LINK: relation_forms.Link,
    Verb.UNLINK: relation_forms.Unlink,
    Verb.MERGE: relation_forms.Merge,
    Verb.UNMERGE: relation_forms.Unmerge,
    Verb.SPLIT: relation_forms.Split,
    Verb.ADD_SUBTASK: relation_forms.Subtask,
    Verb.MAKE_SUBTASK: part_forms.MakeSubtask,
    Verb.DETACH_SUBTASK: part_forms.DetachSubtask,
    Verb.DELETE: relation_forms.Delete,
}
