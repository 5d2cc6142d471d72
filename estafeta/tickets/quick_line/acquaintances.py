"""The directory of one person: names he may know of, from the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from estafeta.accounts.models import Department, Person
from estafeta.tickets.models import Topic
from estafeta.tickets.quick_line.pieces import Known, NameKind
from estafeta.tickets.quick_line.words import key_of
from estafeta.tickets.relations.acquaintance import known_to

MOST_LOOKED_AT = 400
_LETTERS_THAT_CHANGE = 3
_LETTERS_THAT_STAY = 3


class Acquaintances:
    """Rows are fetched only when a line names something."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.is_staff = person.is_agent

    def me(self) -> Known:
        """The writer."""
        return self._known(self._person)

    def performers(self, word: str) -> Sequence[Known]:
        """Agents in whose name or login the word begins to stand."""
        return self._people(known_to(self._person).agents(), word)

    def requesters(self, word: str) -> Sequence[Known]:
        """The same of everybody."""
        return self._people(known_to(self._person), word)

    def departments(self) -> Sequence[Known]:
        """Those that the form offers."""
        return self._departments

    def topics(self) -> Sequence[Known]:
        """Those that the form offers."""
        return self._topics

    @cached_property
    def _departments(self) -> list[Known]:
        rows = Department.objects.offered_to(self._person).select_related("parent")
        return [
            Known(NameKind.DEPARTMENT, row.pk, row.name, hint=row.parent.name if row.parent else "")
            for row in rows
        ]

    @cached_property
    def _topics(self) -> list[Known]:
        rows = {row.pk: row for row in Topic.objects.filter(is_active=True)}
        if not self.is_staff:
            rows = {pk: row for pk, row in rows.items() if not row.is_hidden}
        shown = [row for row in rows.values() if _stands(row, rows)]
        return [
            Known(NameKind.TOPIC, row.pk, row.name, hint=rows[row.parent_id].name if row.parent_id else "")
            for row in shown
        ]  # fmt: skip

    def _people(self, among: Any, word: str) -> list[Known]:
        # Endings change, beginnings do not: the word without its last letters finds all cases.
        for part in key_of(word).split()[:3]:
            stem = part[: max(_LETTERS_THAT_STAY, len(part) - _LETTERS_THAT_CHANGE)]
            among = among.filter(find_text__contains=stem)
        rows = among.filter(is_active=True).select_related("organisation")
        return [self._known(row) for row in rows.order_by("name", "pk")[:MOST_LOOKED_AT]]

    def _known(self, person: Person) -> Known:
        place = person.organisation.name if person.organisation else person.position
        return Known(NameKind.PERSON, person.pk, person.name, person.login or "", place)


def _stands(topic: Topic, rows: dict[int, Topic]) -> bool:
    """Below a topic that is not offered nothing is."""
    seen: set[int] = set()
    parent = topic.parent_id
    while parent is not None and parent not in seen:
        if parent not in rows:
            return False
        seen.add(parent)
        parent = rows[parent].parent_id
    return True
