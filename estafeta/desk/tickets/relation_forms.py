"""What verbs ask that tie people and tickets to a ticket, or make parts of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.desk.tickets.fields import (
    Choice,
    DepartmentField,
    Moment,
    PeopleField,
    PersonField,
    Words,
)
from estafeta.desk.tickets.relation_fields import TagsField, TicketField
from estafeta.desk.tickets.verb_form import ReasonNeeded, VerbForm
from estafeta.lib.ids import LARGEST
from estafeta.lib.text import excerpt, fold
from estafeta.tickets.models import LinkWord

LONGEST_TITLE = 120


class Follow(VerbForm):
    """follow: oneself, or others."""

    submit: Any = gettext_lazy("Add followers")

    people = PeopleField(
        gettext_lazy("Who follows it"), reverse_lazy("suggest_people"),
        help_text=gettext_lazy(
            "They see the ticket and hear of everything that happens to it. Nobody chosen: you."
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        if not self.by.is_agent:
            del self.fields["people"]
            self.submit = ""
            self.consequence = _("You hear of everything that happens to this ticket.")


class Unfollow(VerbForm):
    """unfollow: oneself, or the person whom the address names."""

    person = PersonField(gettext_lazy("Who follows it"), reverse_lazy("suggest_people"))

    def prepare(self) -> None:
        names: list[tuple[int, str]] = []
        if self.by.is_agent:
            field: Any = self.fields["person"]
            field.kind = "hidden"
            names = field.chosen(self.data.get("person") or self.initial.get("person"))
        else:
            del self.fields["person"]
        if names and names[0][0] != self.by.pk:
            self.submit = _("Remove the follower")
            self.consequence = _(
                "%(name)s hears no more of this ticket, and sees it only where something else "
                "than following gives sight of it."
            ) % {"name": names[0][1]}
        else:
            self.consequence = _(
                "You hear no more of this ticket. If nothing but following ties you to it, "
                "you do not see it any more."
            )


class Tags(VerbForm):
    """tag: the whole set; what is different is hung on or taken off."""

    submit = gettext_lazy("Save")

    tags = TagsField(
        gettext_lazy("Tags"),
        help_text=gettext_lazy("Only staff sees them. At most 20 on a ticket."),
    )
    were = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        hidden: Any = self.fields["were"]
        hidden.kind = "hidden"
        if not self.is_bound:
            names = list(self.ticket.taggings.values_list("tag__name", flat=True))
            self.initial = {"tags": names, "were": ",".join(names)}

    def arguments(self) -> dict[str, Any]:
        """Only what this person changed: what others hang on meanwhile stays."""
        were = {fold(name): name for name in self.cleaned_data["were"].split(",") if name}
        wanted = {fold(name): name for name in self.cleaned_data["tags"]}
        return {
            "add": [name for key, name in wanted.items() if key not in were],
            "remove": [name for key, name in were.items() if key not in wanted],
        }


class WithOther(VerbForm):
    """About another ticket that the person sees."""

    def prepare(self) -> None:
        field: Any = self.fields["other"]
        field.reader, field.but = self.by, self.ticket.pk


class Link(WithOther):
    """link: to which ticket, and how."""

    kind = "primary"
    submit = gettext_lazy("Link the tickets")

    word: Any = Choice(gettext_lazy("This ticket"), LinkWord.choices, initial=LinkWord.RELATES)
    other = TicketField(
        gettext_lazy("The other ticket"),
        help_text=gettext_lazy("Whoever sees both is shown the link on both."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"other": self.cleaned_data["other"], "kind": self.cleaned_data["word"]}


class Unlink(Link):
    """unlink: the link that the address names."""

    kind = "danger-primary"
    submit = gettext_lazy("Remove the link")

    word = forms.CharField(widget=forms.HiddenInput)

    def prepare(self) -> None:
        super().prepare()
        for name in ("word", "other"):
            field: Any = self.fields[name]
            field.kind = "hidden"
        other: Any = self.fields["other"]
        chosen = other.chosen(self.data.get("other") or self.initial.get("other"))
        if chosen:
            self.consequence = _("The link to %(ticket)s goes from both tickets.") % {
                "ticket": chosen[0][1]
            }


class Merge(WithOther):
    """merge: into which ticket."""

    kind = "danger-primary"
    submit = gettext_lazy("Merge")

    other = TicketField(gettext_lazy("Into which ticket"), goes_on=True)
    reason = Words(gettext_lazy("Why (if you want to say)"), rows=2)

    def prepare(self) -> None:
        super().prepare()
        self.consequence = _(
            "Work goes on in the other ticket. This one is closed and leads there; both stories are "
            "kept and shown there. Staff of this ticket follows the other one. For a day you can undo it."
        )
        requester = self.ticket.requester
        if not requester.is_agent:
            self.fields["other"].help_text = _(
                "%(name)s sees the other ticket only if somebody of the same organisation asks there."
            ) % {"name": requester.name}


class Unmerge(VerbForm):
    """unmerge: nothing is asked."""

    submit = gettext_lazy("Undo the merge")
    consequence = gettext_lazy(
        "The ticket stands for itself again, open, with those who had it. What was written in the "
        "other ticket meanwhile stays there."
    )


class Split(VerbForm):
    """split: the comment that the address names."""

    submit = gettext_lazy("Make the ticket")

    comment = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    title = Words(gettext_lazy("Title"), kind="line", must=True)
    department = DepartmentField(
        gettext_lazy("To the department"), reverse_lazy("suggest_departments"),
        help_text=gettext_lazy("Nothing chosen: where this ticket is."),
    )  # fmt: skip
    people = PeopleField(gettext_lazy("To people"), reverse_lazy("suggest_performers"))
    requester = PersonField(
        gettext_lazy("Who asks"), reverse_lazy("suggest_people"),
        help_text=gettext_lazy("Nobody chosen: whoever wrote the comment."),
    )  # fmt: skip

    def prepare(self) -> None:
        field: Any = self.fields["comment"]
        field.kind = "hidden"
        number = self.data.get("comment") or self.initial.get("comment") or ""
        rows = self.ticket.comments.readable_by(self.by).filter(deleted_at=None)
        known = str(number).isascii() and str(number).isdigit() and len(str(number)) < 19
        row = rows.filter(pk=int(number)).select_related("author").first() if known else None
        if row is None:
            return
        words = _("A new ticket with this text and its files: “%(text)s” The comment stays here.")
        self.consequence = words % {"text": excerpt(row.text, 200)}
        if row.is_note:
            self.consequence += " " + _("It is a note: whoever asks has to be of the staff.")
        if not self.is_bound:
            self.initial = {
                **self.initial,
                "title": excerpt(row.text.partition("\n")[0], LONGEST_TITLE),
            }


class Subtask(VerbForm):
    """add_subtask: a new ticket below this one."""

    submit = gettext_lazy("Add the sub-ticket")

    title = Words(gettext_lazy("Title"), kind="line", must=True)
    department = DepartmentField(
        gettext_lazy("To the department"), reverse_lazy("suggest_departments"),
        help_text=gettext_lazy("Nothing chosen: where this ticket is."),
    )  # fmt: skip
    people = PeopleField(gettext_lazy("To people"), reverse_lazy("suggest_performers"))
    text = Words(gettext_lazy("Text"), kind="markdown", rows=5)
    deadline = Moment(gettext_lazy("Deadline"), kind="deadline", required=False)


class Delete(ReasonNeeded):
    """delete: administrators only."""

    kind = "danger-primary"
    consequence = gettext_lazy(
        "Nobody sees the ticket any more, in no list and by no search. An administrator can restore it."
    )
