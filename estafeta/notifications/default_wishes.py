"""The words of departments and of the organisation about what their people hear of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from estafeta.accounts.models import Department
from estafeta.notifications.models import DefaultWishes

Matrix = Mapping[str, Mapping[str, bool]]


class Source(StrEnum):
    """Who has decided."""

    OWN = "own"
    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    SHIPPED = "shipped"


class Layer(NamedTuple):
    """One who may decide."""

    source: Source
    matrix: Matrix
    rhythm: str
    name: str = ""
    """Of the department."""


class Defaults:
    """The words of departments and of the organisation."""

    def __init__(
        self,
        organisation: tuple[Layer, ...],
        by_department: dict[int, Layer],
        paths: dict[int, list[int]],
    ) -> None:
        self.organisation, self.by_department = organisation, by_department
        self._paths = paths
        self.layers = lru_cache(maxsize=None)(self._layers)

    @classmethod
    def read(cls, departments: set[int]) -> Defaults:
        """For people of these departments."""
        rows = list(DefaultWishes.objects.select_related("department"))
        by_department = {
            row.department_id: Layer(Source.DEPARTMENT, row.matrix, row.rhythm, row.department.name)
            for row in rows
            if row.department is not None and row.department_id is not None
        }
        organisation = tuple(
            Layer(Source.ORGANISATION, row.matrix, row.rhythm)
            for row in rows
            if row.department_id is None
        )[:1]
        found = Department.objects.filter(pk__in=departments).only("path")
        paths = {row.pk: row.path_numbers()[::-1] for row in found}
        return cls(organisation, by_department, paths)

    def _layers(self, member_of: frozenset[int]) -> tuple[Layer, ...]:
        """The nearest department first: one's own, then what is above."""
        near: dict[int, tuple[int, list[int]]] = {}
        for own in sorted(member_of):
            for distance, department in enumerate(self._paths.get(own, [own])):
                if department in self.by_department:
                    place = (distance, self._paths.get(own, [own])[::-1])
                    near[department] = min(place, near.get(department, place))
        ordered = sorted(near, key=lambda department: (near[department], department))
        return (*(self.by_department[department] for department in ordered), *self.organisation)
