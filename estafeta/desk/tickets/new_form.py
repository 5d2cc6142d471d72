"""The form of a new ticket. Staff write to anybody and for anybody; clients to a department."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.accounts.models import Department, Organisation, Person
from estafeta.desk.tickets.fields import (
    SEPARATE,
    SEPARATELY,
    Choice,
    FilesField,
    Moment,
    PeopleField,
    PersonField,
    Several,
    Switch,
    Words,
    offer,
)
from estafeta.desk.tickets.sending import a_number
from estafeta.desk.tickets.topics import INDENT, topic_choices, topic_of
from estafeta.tickets.models import Acceptance, Evidence, Priority

ME, OTHER = "me", "other"


class NewTicketForm(forms.Form):
    """What everybody fills in."""

    department = Choice(gettext_lazy("To the department"), (), kind="select", required=False)
    topic = Choice(gettext_lazy("Topic"), (), kind="select", required=False)
    title = Words(gettext_lazy("Title"), kind="line", must=True)
    text = Words(gettext_lazy("Text"), kind="markdown", rows=7)
    files: Any = FilesField(gettext_lazy("Files"))

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.fields["files"].owner = by  # type: ignore[attr-defined]
        offer(self, "department", department_choices(by))
        offer(self, "topic", topic_choices(by))

    def clean_department(self) -> Department | None:
        """The department, if one was chosen."""
        number = a_number(self.cleaned_data["department"])
        return Department.objects.filter(pk=number).first() if number else None

    def clean_topic(self) -> Any:
        """The topic, if one was chosen."""
        return topic_of(self.cleaned_data["topic"])

    def arguments(self) -> dict[str, Any]:
        """For `open_ticket`."""
        return {
            name: self.cleaned_data[name]
            for name in ("department", "topic", "title", "text", "files")
        }


class StaffTicketForm(NewTicketForm):
    """What agents fill in besides: for whom, to whom, how urgent, until when, who accepts."""

    whose = Choice(
        gettext_lazy("Who asks"),
        [
            (ME, gettext_lazy("I do")),
            (OTHER, gettext_lazy("Somebody else, for example on the phone")),
        ],
        required=False,
    )
    requester = PersonField(gettext_lazy("Who is it"), reverse_lazy("suggest_people"))
    requester_new = Words(gettext_lazy("Name"), kind="line")
    client_phone = Words(gettext_lazy("Phone"), kind="line")
    client_room = Words(gettext_lazy("Room"), kind="line")
    client_email = Words(gettext_lazy("E-mail"), kind="line")
    client_organisation = Choice(gettext_lazy("Organisation"), (), kind="select", required=False)
    people = PeopleField(gettext_lazy("To people"), reverse_lazy("suggest_performers"))
    separate = Switch(SEPARATE, help_text=SEPARATELY, needs_several="people")
    priority = Choice(gettext_lazy("Priority"), Priority.choices, required=False)
    deadline = Moment(gettext_lazy("Deadline"), kind="deadline", required=False)
    acceptance = Choice(
        gettext_lazy("Who accepts the result"),
        [("", gettext_lazy("As the topic says")), *Acceptance.choices],
        kind="select", required=False,
    )  # fmt: skip
    evidence = Several(
        gettext_lazy("Completion must carry"), Evidence.choices,
        help_text=gettext_lazy("Nothing ticked: as the topic says."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        organisations = Organisation.objects.filter(is_active=True).values_list("pk", "name")
        offer(self, "client_organisation", [("", "—"), *organisations])

    def clean_client_organisation(self) -> Organisation | None:
        """The organisation, if one was chosen."""
        number = a_number(self.cleaned_data["client_organisation"])
        return Organisation.objects.filter(pk=number).first() if number else None

    def clean(self) -> dict[str, Any]:
        """Whoever writes for somebody else says for whom."""
        cleaned = super().clean() or self.cleaned_data
        told = cleaned.get("requester") or cleaned.get("requester_new")
        if self.is_for_other and not told and "requester" not in self.errors:
            self.add_error("requester", _("Choose who asks, or add a new client."))
        return cleaned

    @property
    def is_for_other(self) -> bool:
        """Somebody else asks."""
        return self.cleaned_data.get("whose") == OTHER

    def new_client(self) -> dict[str, Any] | None:
        """The card to be made, if the requester is new."""
        data = self.cleaned_data
        if not self.is_for_other or data["requester"] or not data["requester_new"]:
            return None
        return {
            "name": data["requester_new"], "phone": data["client_phone"],
            "room": data["client_room"], "email": data["client_email"],
            "organisation": data["client_organisation"],
        }  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """For `open_ticket`; a new client is put in by the view."""
        data = self.cleaned_data
        return super().arguments() | {
            "requester": data["requester"] if self.is_for_other else None,
            "people": data["people"],
            "priority": int(data["priority"] or Priority.NORMAL),
            "deadline": data["deadline"],
            "acceptance": data["acceptance"] or None,
            "evidence": data["evidence"] or None,
            "separate": data["separate"],
        }


def form_for(person: Person) -> type[NewTicketForm]:
    """The form this person gets."""
    return StaffTicketForm if person.is_agent else NewTicketForm


def department_choices(by: Person) -> list[tuple[int | str, str]]:
    """The tree of departments that take this person's tickets."""
    tree = Department.objects.offered_to(by).in_tree_order()
    return [("", "—"), *((row.pk, INDENT * row.depth + row.name) for row in tree)]
