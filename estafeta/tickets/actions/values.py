"""Values that verbs take, checked; refused with the field they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.lib.text import clean, one_line
from estafeta.tickets.errors import Invalid

if TYPE_CHECKING:
    from estafeta.accounts.models import Department, Person
    from estafeta.tickets.models import Ticket

LONGEST_TITLE = 250
LONGEST_TEXT = 200_000
LONGEST_REASON = 500
FARTHEST = timedelta(days=36525)


def a_title(value: str) -> str:
    """One line, 1 to 250 characters."""
    title = one_line(value)
    if not title:
        raise Invalid("title", _("Write in a few words what it is about."))
    return _not_longer("title", title, LONGEST_TITLE)


def a_text(value: str, *, field: str = "text", required: bool = False) -> str:
    """Any text of at most 200,000 characters."""
    text = clean(value)
    if required and not text:
        raise Invalid(field, _("Write something first."))
    return _not_longer(field, text, LONGEST_TEXT)


def a_reason(value: str, *, required: bool = False) -> str:
    """At most 500 characters."""
    reason = clean(value)
    if required and not reason:
        raise Invalid("reason", _("Say why."))
    return _not_longer("reason", reason, LONGEST_REASON)


def _not_longer(field: str, text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid(
            field,
            _("Too long: %(length)s characters, at most %(most)s fit.")
            % {"length": len(text), "most": most},
        )
    return text


def in_future(field: str, moment: datetime | None) -> datetime | None:
    """A moment still to come, or nothing."""
    if moment is not None and moment <= clock.now():
        raise Invalid(field, _("This moment has already passed."))
    if moment is not None and moment > clock.now() + FARTHEST:
        raise Invalid(field, _("This moment is too far away."))
    return moment


def agents(people: Iterable[Person]) -> list[Person]:
    """Active staff, each once, in the order given."""
    found = list({person.pk: person for person in people}.values())
    for person in found:
        if not person.is_active or not person.is_agent:
            raise Invalid(
                "people", _("%(name)s cannot take tickets.") % {"name": person.name}
            )  # fmt: skip
    return found


def an_active(department: Department) -> Department:
    """A department that still takes tickets."""
    if not department.is_active:
        raise Invalid(
            "department",
            _("%(name)s no longer takes tickets.") % {"name": department.name},
        )
    return department


def a_taking(department: Department) -> None:
    """Where a ticket comes back to work; of a merged department it moves on by itself."""
    if department.merged_into_id is None:
        an_active(department)


def an_open(department: Department, *, by: Person) -> Department:
    """A department that takes tickets of this person."""
    if an_active(department).is_offered_to(by):
        return department
    raise Invalid(
        "department",
        _("%(name)s takes tickets only from its own people.") % {"name": department.name},
    )


def home_of(person: Person) -> Department:
    """The department in which a ticket for this person alone stands."""
    row = person.memberships.select_related("department").filter(department__is_active=True).first()
    if row is None:
        raise Invalid("department", _("Choose a department."))
    return row.department


def named(department: Department, people: Iterable[Person] = ()) -> dict[str, Any]:
    """Facts: ids for programs, and names as they were then for readers."""
    return {
        "department": {"id": department.pk, "name": department.name},
        "people": people_named(people),
    }


def people_named(people: Iterable[Person]) -> list[dict[str, Any]]:
    """Facts: the same for people alone."""
    return [{"id": person.pk, "name": person.name} for person in people]


def place_of(ticket: Ticket) -> dict[str, Any]:
    """Facts: where the baton is now, to be asked before it is passed."""
    rows = ticket.participants.filter(is_performer=True).select_related("person")
    return named(ticket.department, [row.person for row in rows.order_by("pk")])
