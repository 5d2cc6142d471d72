"""Everybody an announcement is for, and who of them has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from estafeta.accounts.models import Announcement, Department, Dismissal, Membership, Person
from estafeta.accounts.models.announcement import Audience, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from estafeta.accounts.models.person import PersonQuerySet


def readers(
    audience: str, *, departments: Iterable[Department] = (), roles: Collection[str] = ()
) -> PersonQuerySet:
    """Choose them: active people, each once. The same rule as `announcing.concerns`, from its other end."""
    everybody = Person.objects.active()
    if audience == Audience.EVERYBODY:
        return everybody
    if audience == Audience.STAFF:
        return everybody.staff()
    if audience == Audience.CLIENTS:
        return everybody.clients()
    if audience == Audience.ROLES:
        return everybody.filter(_in_roles(roles))
    below = Department.objects.below(list(departments)).values("pk")
    # A head of a department heads all below it.
    above = {number for row in departments for number in row.path_numbers()}
    members = Membership.objects.filter(department__in=below).values("person")
    heads = Membership.objects.filter(department__in=above, is_head=True).values("person")
    return everybody.filter(Q(pk__in=members) | Q(pk__in=heads) | Q(is_director=True))


def readers_of(announcement: Announcement) -> QuerySet[Any]:
    """The same for one that exists, each with `read_at`: when he closed it as read, or None."""
    closed = Dismissal.objects.filter(announcement=announcement, person=OuterRef("pk"))
    found = readers(
        announcement.audience,
        departments=list(announcement.departments.all()),
        roles=announcement.roles.split(),
    )
    return found.annotate(read_at=Subquery(closed.values("at")[:1]))


def _in_roles(roles: Collection[str]) -> Q:
    rules = {
        Role.AGENTS: Q(pk__in=Membership.objects.values("person")),
        Role.HEADS: Q(pk__in=Membership.objects.filter(is_head=True).values("person")),
        Role.DIRECTORS: Q(is_director=True),
        Role.ADMINISTRATORS: Q(is_administrator=True),
        Role.LEADS: Q(is_lead=True, organisation__isnull=False),
    }
    found = Q(pk__in=[])
    for role in roles:
        found |= rules[Role(role)]
    return found
