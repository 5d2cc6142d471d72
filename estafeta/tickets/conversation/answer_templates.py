"""Answer templates: who has which, who may change them, changing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Department
from estafeta.lib import clock
from estafeta.lib.text import fold
from estafeta.tickets.actions import values
from estafeta.tickets.conversation.placeholders import PLACEHOLDERS, unknown_in
from estafeta.tickets.errors import Invalid, NotAllowed, Refused
from estafeta.tickets.models import AnswerTemplate

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models.answer_template import AnswerTemplateQuerySet

LONGEST_TITLE = 120
MOST_OF_ONE = 500
"""So many templates of one owner; nobody finds anything among more."""


class NotYours(NotAllowed):
    """This person may not change this template (403)."""

    def __init__(self) -> None:
        Refused.__init__(self)

    def __str__(self) -> str:
        return _(
            "Only heads change the templates of a department, and administrators those of all."
        )


@dataclass(frozen=True)
class Place:
    """Whose a template is: `own`, the id of a department, or `all`."""

    own: bool = False
    department: Department | None = None

    @classmethod
    def of(cls, template: AnswerTemplate) -> Place:
        """Where it is kept."""
        return cls(template.owner_id is not None, template.department)


OWN = Place(own=True)
EVERYBODYS = Place()


def may_keep(person: Person, place: Place) -> bool:
    """Whether he may add, change and delete templates there."""
    if not person.is_active:
        return False
    if place.own:
        return person.is_agent
    if place.department is not None:
        return person.is_administrator or place.department.pk in person.standing.headed
    return person.is_administrator or person.standing.is_director


def may_change(person: Person, template: AnswerTemplate) -> bool:
    """His own, or one that he may keep for others."""
    if template.owner_id is not None:
        return template.owner_id == person.pk and may_keep(person, OWN)
    return may_keep(person, Place.of(template))


def places_of(person: Person) -> list[Place]:
    """Where he may keep templates, his own first."""
    departments = Department.objects.active()
    if not person.is_administrator:
        departments = departments.filter(pk__in=sorted(person.standing.headed))
    places = [OWN, *(Place(department=row) for row in departments.in_tree_order()), EVERYBODYS]
    return [place for place in places if may_keep(person, place)]


def offered(person: Person, question: str = "", *, most: int = 30) -> list[AnswerTemplate]:
    """Those that have every word of the question: his own, his departments', everybody's."""
    return _sorted(AnswerTemplate.objects.offered_to(person), question)[:most]


def known(person: Person, question: str = "") -> list[AnswerTemplate]:
    """The same, and for administrators all that others share."""
    return _sorted(AnswerTemplate.objects.known_to(person), question)


def _sorted(rows: AnswerTemplateQuerySet, question: str) -> list[AnswerTemplate]:
    words = fold(question).split()[:6]
    rows = rows.select_related("department")
    found = [row for row in rows if all(word in fold(f"{row.title} {row.text}") for word in words)]

    def nearest_first(row: AnswerTemplate) -> tuple[bool, bool, bool]:
        in_title = all(word in fold(row.title) for word in words)
        return not in_title, row.owner_id is None, row.department_id is None

    return sorted(found, key=nearest_first)


def save(
    template: AnswerTemplate | None = None, *, by: Person, title: str, text: str, place: Place
) -> AnswerTemplate:
    """Add one, or change it. Raises Invalid, NotYours."""
    if not may_keep(by, place) or (template is not None and not may_change(by, template)):
        raise NotYours
    title = values.a_title(title)
    if len(title) > LONGEST_TITLE:
        raise Invalid("title", _("At most %(most)s characters fit.") % {"most": LONGEST_TITLE})
    text = values.a_text(text, required=True)
    if unknown := unknown_in(text):
        raise Invalid("text", _unknown_words(unknown))
    with transaction.atomic():
        row = template or AnswerTemplate()
        row.title, row.text = title, text
        row.owner = by if place.own else None
        row.department = place.department
        row.changed_by, row.changed_at = by, clock.now()
        if row.pk is None and _kept_there(row) >= MOST_OF_ONE:
            raise Invalid("", _("There are too many templates here. Delete some first."))
        row.save()
    return row


def delete(template: AnswerTemplate, *, by: Person) -> None:
    """For good. Answers that were written with it stay as they are. Raises NotYours."""
    if not may_change(by, template):
        raise NotYours
    template.delete()


def _kept_there(row: AnswerTemplate) -> int:
    return AnswerTemplate.objects.filter(owner=row.owner, department=row.department).count()


def _unknown_words(unknown: list[str]) -> str:
    return ngettext(
        "There is no placeholder %(unknown)s. These are known: %(known)s.",
        "There are no placeholders %(unknown)s. These are known: %(known)s.",
        len(unknown),
    ) % {
        "unknown": ", ".join(f"{{{name}}}" for name in unknown),
        "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
    }
