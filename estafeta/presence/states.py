"""Online, away or offline: told by open streams and by what somebody did last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from estafeta.accounts.models import Membership, Person
from estafeta.accounts.models.person import ShownTo
from estafeta.accounts.standing import Standing
from estafeta.presence.models import Stay

LEASE = timedelta(seconds=60)
AWAY_AFTER = timedelta(minutes=10)


class State(models.TextChoices):
    """Of a person, as others are shown it."""

    ONLINE = "online", _("Online")
    AWAY = "away", _("Away from the desk")
    OFFLINE = "offline", _("Offline")


def act(person: int) -> None:
    """This person has just done something himself."""
    Stay.objects.filter(person=person).update(acted_at=timezone.now())


def renew(people: Collection[int]) -> None:
    """Streams of these people are open."""
    now = timezone.now()
    alive = Stay.objects.filter(person__in=people, until__gt=now)
    known = set(alive.values_list("person", flat=True))
    alive.update(until=now + LEASE)
    # Whoever comes back has just opened a page.
    came = Person.objects.filter(pk__in=set(people) - known).values_list("pk", flat=True)
    rows = [Stay(person_id=person, until=now + LEASE, acted_at=now) for person in came]
    Stay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["until", "acted_at"],
    )


def listening(people: Iterable[int]) -> set[int]:
    """Which of these have an open page now, whatever they wish to show."""
    rows = Stay.objects.filter(person__in=list(people), until__gt=timezone.now())
    return set(rows.values_list("person", flat=True))


def of_all() -> dict[int, State]:
    """Everybody who is not offline, whatever they wish to show."""
    now = timezone.now()
    rows = Stay.objects.filter(until__gt=now).values_list("person", "until", "acted_at")
    return {person: _state(until, acted, now) for person, until, acted in rows}


def of_people(people: Iterable[int], *, to: Person) -> dict[int, State]:
    """The states of those of these people who let this reader know; of nobody else a word."""
    ids = set(people)
    if not ids:
        return {}
    now = timezone.now()
    shown = shown_to({to.pk: to.standing}, ids)[to.pk]
    rows = Stay.objects.filter(person__in=shown).values_list("person", "until", "acted_at")
    known = {person: _state(until, acted, now) for person, until, acted in rows}
    return {person: known.get(person, State.OFFLINE) for person in shown}


def shown_to(readers: Mapping[int, Standing], people: Collection[int]) -> dict[int, set[int]]:
    """For each reader: whose state he may know. A client is shown nobody's but his own."""
    wishes = dict(
        Person.objects.filter(pk__in=people, is_active=True).values_list("pk", "state_shown_to")
    )
    near = _departments(pk for pk, wish in wishes.items() if wish == ShownTo.DEPARTMENTS)
    found = {}
    for pk, reader in readers.items():
        is_inside = reader.is_agent or reader.is_administrator
        found[pk] = {
            person
            for person, wish in wishes.items()
            if person == pk
            or (
                is_inside
                and reader.is_active
                and (
                    wish == ShownTo.EVERYBODY
                    or (
                        wish == ShownTo.DEPARTMENTS
                        and not reader.departments.isdisjoint(near.get(person, ()))
                    )
                )
            )
        }
    return found


def _departments(people: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Membership.objects.filter(person__in=list(people))
    for person, department in rows.values_list("person", "department"):
        found.setdefault(person, set()).add(department)
    return found


def _state(until: datetime, acted: datetime, now: datetime) -> State:
    if until <= now:
        return State.OFFLINE
    return State.ONLINE if now - acted < AWAY_AFTER else State.AWAY
