"""Rows that an address names."""

from __future__ import annotations

from django.http import Http404

from estafeta.accounts.models import Department, Person
from estafeta.lib.ids import bounded


def department_or_404(number: int) -> Department:
    """The department with this id."""
    rows = Department.objects.select_related("parent", "merged_into")
    department = rows.filter(pk=bounded(number)).first()
    if department is None:
        raise Http404
    return department


def person_or_404(number: int) -> Person:
    """The person with this id; never the system itself."""
    person = Person.objects.filter(pk=bounded(number)).exclude(login="system").first()
    if person is None:
        raise Http404
    return person
