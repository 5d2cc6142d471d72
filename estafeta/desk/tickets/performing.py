"""What verbs of performers ask: completing with evidence, returning, deadlines, reminding."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from estafeta.desk.tickets.fields import Choice, FilesField, Moment, Several, Switch, Words, offer
from estafeta.desk.tickets.verb_form import (
    DESPITE_SUBTASKS,
    ReasonNeeded,
    VerbForm,
    ask_about_subtasks,
)
from estafeta.tickets.actions.nudging import whom
from estafeta.tickets.models import Evidence
from estafeta.tickets.performers import separately
from estafeta.tickets.performers.separately import Stage

MOST_NAMED = 6
STAGES = (
    (Stage.DONE, gettext_lazy("Who has not finished")),
    (Stage.TAKEN, gettext_lazy("Who has not begun")),
    (Stage.SEEN, gettext_lazy("Who has not even looked at it")),
)
AGREED, DECLINED = "yes", "no"


class Complete(VerbForm):
    """complete: what was done, and what the ticket asks as evidence."""

    reason = Words(
        gettext_lazy("What was done"),
        help_text=gettext_lazy("The requester reads it with the message that it is done."),
    )
    number = Words(
        gettext_lazy("Number"), kind="line",
        help_text=gettext_lazy("Of an act, a bill, a meter: whatever proves the work."),
    )  # fmt: skip
    files: Any = FilesField(gettext_lazy("Photos and files"))
    despite_subtasks = Switch(DESPITE_SUBTASKS)

    def prepare(self) -> None:
        ask_about_subtasks(self)
        asked = self.ticket.evidence
        fields: Any = self.fields
        fields["reason"].must = Evidence.TEXT in asked
        if Evidence.NUMBER in asked:
            fields["number"].must = True
        else:
            del fields["number"]
        if Evidence.PHOTO in asked or Evidence.FILE in asked:
            fields["files"].must = True
            fields["files"].help_text = _files_asked(asked)
        if self.ticket.is_separate:
            self._say_whose()

    def _say_whose(self) -> None:
        part = separately.own_part(self.ticket, self.by)
        others = separately.missing(self.ticket)
        left = others.exclude(pk=part.pk).count() if part else others.count()
        if part is None:
            self.submit = _("Complete for everybody")
            self.consequence = ngettext(
                "%(count)s performer has not finished. The ticket is then completed for all.",
                "%(count)s performers have not finished. The ticket is then completed for all.",
                left,
            ) % {"count": left}
            return
        self.submit = _("Complete my part")
        if left:
            self.consequence = ngettext(
                "This is your part. %(count)s more performer has to finish.",
                "This is your part. %(count)s more performers have to finish.",
                left,
            ) % {"count": left}
        else:
            self.consequence = _("Yours is the last part: the ticket is then completed.")


def _files_asked(asked: list[str]) -> str:
    if Evidence.PHOTO in asked and Evidence.FILE in asked:
        return _("This ticket asks for a photo and for one more file.")
    if Evidence.PHOTO in asked:
        return _("This ticket asks for a photo.")
    return _("This ticket asks for a file.")


class Return(ReasonNeeded):
    """return_to_work: why, and where each finishes separately, whose parts."""

    people = Several(gettext_lazy("Whose part is to be done again"), ())

    def prepare(self) -> None:
        if self.ticket.returns:
            self.consequence = ngettext(
                "It was returned %(count)s time before.",
                "It was returned %(count)s times before.",
                self.ticket.returns,
            ) % {"count": self.ticket.returns}
        if not self.ticket.is_separate:
            del self.fields["people"]
            return
        rows = separately.parts(self.ticket).filter(is_performer=True).select_related("person")
        self._performers = {str(row.person_id): row.person for row in rows}
        offer(self, "people", [(pk, person.name) for pk, person in self._performers.items()])
        self.fields["people"].help_text = _("Nobody chosen: everybody's.")

    def arguments(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("people", [])
        people = [self._performers[pk] for pk in chosen]
        return {"reason": self.cleaned_data["reason"], "people": people}


class Propose(VerbForm):
    """propose_deadline: until when, and why."""

    deadline = Moment(gettext_lazy("New deadline"), kind="deadline", required=False)
    reason = Words(gettext_lazy("Why"), must=True)
    submit = gettext_lazy("Propose")

    def prepare(self) -> None:
        self.initial = {"deadline": self.ticket.proposed_due or self.ticket.deadline}
        self.consequence = _("Nothing changes until it is agreed to.")


class Answer(VerbForm):
    """answer_deadline: yes or no."""

    agree = Choice(
        gettext_lazy("Your answer"),
        [(AGREED, gettext_lazy("I agree")), (DECLINED, gettext_lazy("I do not agree"))],
    )
    reason = Words(gettext_lazy("Why (if you want to say)"))
    submit = gettext_lazy("Answer")

    def arguments(self) -> dict[str, Any]:
        return self.cleaned_data | {"agree": self.cleaned_data["agree"] == AGREED}


class Nudge(VerbForm):
    """nudge: whom, and a word with it."""

    stage = Choice(gettext_lazy("Whom"), STAGES)
    reason = Words(gettext_lazy("A word with it (if you want)"))

    def prepare(self) -> None:
        waited_for = whom(self.ticket)
        people = [one.name for one in waited_for.people if one.pk != self.by.pk]
        if waited_for.are_heads:
            self.consequence = _("The head of the department is told again that it waits.")
        elif people:
            self.consequence = _("They are told again that it waits: %(names)s.") % {
                "names": ", ".join(people[:MOST_NAMED]) + ("…" if people[MOST_NAMED:] else "")
            }
        self.initial = {"stage": Stage.DONE}
        if not self.ticket.is_separate:
            del self.fields["stage"]
