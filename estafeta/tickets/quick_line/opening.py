"""What a person's line means, and the ticket made of it by the same verbs as everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from estafeta.accounts.models import Department, Person, Site
from estafeta.lib import clock, time_zones
from estafeta.tickets.actions import open_ticket, tag
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Entry, Priority, Topic
from estafeta.tickets.quick_line import reading
from estafeta.tickets.quick_line.acquaintances import Acquaintances
from estafeta.tickets.quick_line.pieces import NameKind, Understood
from estafeta.tickets.quick_line.wording import problem_of
from estafeta.tickets.quick_line.words import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from estafeta.tickets.submissions import Key


def understood(text: str, *, by: Person, at: datetime | None = None) -> Understood:
    """What would be opened; times are the writer's own, and count from when it was written."""
    return reading.understand(
        text, Acquaintances(by), now=at or clock.now(), zone=_zone(by), priority_named=_named
    )


def arguments(line: Understood) -> dict[str, Any]:
    """For `open_ticket`."""
    people = Person.objects.in_bulk(line.ids(NameKind.PERSON))
    return {
        "title": line.title,
        "text": line.text,
        "people": [people[pk] for pk in line.ids(NameKind.PERSON) if pk in people] or None,
        "department": _one(Department, line.ids(NameKind.DEPARTMENT)),
        "requester": _one(Person, line.ids(NameKind.REQUESTER)),
        "topic": _one(Topic.objects.select_related("department"), line.ids(NameKind.TOPIC)),
        "priority": line.priority,
        "deadline": line.deadline,
    }


def open_line(
    line: Understood, *, by: Person, files: Sequence[int] = (), submission: Key | None = None
) -> Entry:
    """Open it, and hang its tags on it: both or neither. Raises Invalid for what is in the way."""
    if problem := line.problem:
        raise Invalid("line", problem_of(line, problem))
    if not line.title:
        raise Invalid("line", _("Say what has to be done: the line has no title yet."))
    given = arguments(line)
    with transaction.atomic():
        entry = open_ticket(by=by, files=files, submission=submission, **given)
        if line.tags and not entry.is_repeated:
            tag(entry.ticket, by=by, add=line.tags)
    return entry


def _one(model: Any, ids: list[int]) -> Any:
    rows = getattr(model, "objects", model)
    return rows.filter(pk=ids[0]).first() if ids else None


def _zone(person: Person) -> tzinfo:
    name = person.time_zone or Site.current().time_zone
    return ZoneInfo(name) if time_zones.is_known(name) else timezone.get_default_timezone()


def _named(word: str) -> int | None:
    """Priorities that administrators have called otherwise."""
    names = {key_of(str(one.label)): one.value for one in Priority}
    return names.get(word)
