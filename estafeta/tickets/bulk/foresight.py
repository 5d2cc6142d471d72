"""What a verb would come to for many tickets, before anybody does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.tickets import permissions
from estafeta.tickets.actions.action import judge
from estafeta.tickets.errors import Gone, Invalid, Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.models.topic import Evidence
from estafeta.tickets.permissions import Relation
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

AT_ONCE = 500


@dataclass(frozen=True)
class Foresight:
    """Which can be done, and for what reason others cannot."""

    able: list[int] = field(default_factory=list)
    reasons: dict[str, list[int]] = field(default_factory=dict)
    """In words -> the numbers."""
    first: Ticket | None = None
    """One of those that can: forms ask their questions about a ticket."""

    @property
    def unable(self) -> int:
        """How many cannot."""
        return sum(map(len, self.reasons.values()))


def foresee(verb: Verb, numbers: Sequence[int], *, by: Person) -> Foresight:
    """Two queries for some hundreds. What depends on the values given is seen only when it is done."""
    able, reasons, first = [], dict[str, list[int]](), None
    for number, relation in _relations(numbers, by):
        try:
            if relation is None:
                raise Gone
            judge(verb, relation, None)
            if verb not in permissions.allowed_verbs(relation):
                raise Invalid("", _pointless(verb))
            if _takes_a_file(verb, relation.ticket):
                raise Invalid("", _("It asks for a photo or a file: complete it by itself."))
        except Refused as refused:
            reasons.setdefault(str(refused), []).append(number)
        else:
            able.append(number)
            first = first or relation.ticket
    return Foresight(able, reasons, first)


def _takes_a_file(verb: Verb, ticket: Ticket) -> bool:
    """A file belongs to one ticket, so that none comes with a verb for many."""
    return verb is Verb.COMPLETE and bool({Evidence.PHOTO, Evidence.FILE} & set(ticket.evidence))


def _pointless(verb: Verb) -> str:
    if verb is Verb.TAKE:
        return _("You have taken this ticket already.")
    if verb is Verb.ACKNOWLEDGE:
        return _("You have confirmed this already.")
    if verb is Verb.MAKE_SUBTASK:
        return _("It is a part of another ticket. Take it off there first.")
    return _("It would change nothing.")


def possible(numbers: Sequence[int], *, by: Person) -> dict[Verb, int]:
    """How many of these tickets each verb can be done to."""
    found: dict[Verb, int] = {}
    for _number, relation in _relations(numbers, by):
        for verb in permissions.allowed_verbs(relation) if relation else ():
            if relation and not _takes_a_file(verb, relation.ticket):
                found[verb] = found.get(verb, 0) + 1
    return found


def _relations(numbers: Sequence[int], by: Person) -> Iterator[tuple[int, Relation | None]]:
    for start in range(0, len(numbers), AT_ONCE):
        chunk = numbers[start : start + AT_ONCE]
        rows = Ticket.objects.visible_to(by).filter(pk__in=chunk).order_by()
        tickets = list(rows.defer("text", "text_html"))
        found = {relation.ticket.pk: relation for relation in Relation.between_all(by, tickets)}
        for number in chunk:
            yield number, found.get(number)
