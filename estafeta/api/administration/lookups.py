"""Rows that a request of an administrator names: he knows everybody and everything of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404
from django.utils.translation import gettext as _

from estafeta.accounts.models import Organisation, Person
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Topic


def person_or_404(number: int) -> Person:
    """The person with this id; never the system itself."""
    found = Person.objects.filter(pk=number).exclude(login="system").first()
    if found is None:
        raise Http404
    return found


def somebody(number: int, field: str) -> Person:
    """An active person. Raises Invalid."""
    return active_people([number], field)[0]


def active_people(numbers: Iterable[int], field: str) -> list[Person]:
    """Active people in the order of the ids. Raises Invalid."""
    wanted = list(dict.fromkeys(numbers))
    found = Person.objects.active().in_bulk(wanted)
    for number in wanted:
        if number not in found:
            raise Invalid(field, _("There is no person with the id %(id)s.") % {"id": number})
    return [found[number] for number in wanted]


def organisation_named(number: int | None, field: str) -> Organisation | None:
    """Raises Invalid."""
    if number is None:
        return None
    if (found := Organisation.objects.filter(pk=number).first()) is None:
        detail = _("There is no organisation with the id %(id)s.") % {"id": number}
        raise Invalid(field, detail)
    return found


def any_topic(number: int | None, field: str) -> Topic | None:
    """Also one that is switched off. Raises Invalid."""
    if number is None:
        return None
    if (found := Topic.objects.filter(pk=number).first()) is None:
        raise Invalid(field, _("There is no topic with the id %(id)s.") % {"id": number})
    return found
