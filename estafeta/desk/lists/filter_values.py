"""Values of filters in words: what may be chosen, and what those that are chosen are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from estafeta.accounts import tree
from estafeta.accounts.models import Organisation
from estafeta.desk.lists.columns import NAME_BETWEEN, SOURCES
from estafeta.tickets.lists import periods
from estafeta.tickets.lists.conditions import ANY_OPEN, ME, NO_TOPIC
from estafeta.tickets.lists.filter_reading import STATUSES
from estafeta.tickets.models import Priority
from estafeta.tickets.relations.acquaintance import known_to
from estafeta.tickets.statuses import Status
from estafeta.tickets.topics import branches as topic_branches

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

Choice = tuple[str, str]
UNKNOWN = "—"


def statuses() -> list[Choice]:
    """Value and label."""
    known = [(value, str(Status(value).label)) for value in STATUSES if value != ANY_OPEN]
    return [(ANY_OPEN, _("All open")), *known]


def priorities() -> list[Choice]:
    """Value and label, the most urgent first."""
    return [(str(p.value), str(p.label)) for p in reversed(Priority)]


def deadlines() -> list[Choice]:
    """Value and label."""
    return [
        ("late", pgettext("deadline", "Late")),
        ("today", _("Today")),
        ("week", _("In the next 7 days")),
        ("none", _("Without a deadline")),
    ]


def waits() -> list[Choice]:
    """Value and label."""
    return [
        ("acceptance", _("To accept it")),
        ("answer", _("To answer")),
        ("deadline", _("To agree to a deadline")),
        ("hand_over", _("To accept a hand-over")),
    ]


def vias() -> list[Choice]:
    """Value and label."""
    return [(value, str(label)) for value, label in SOURCES.items()]


def performers() -> list[Choice]:
    """Value and label of those who have no name of their own."""
    return [(ME, _("Me")), ("others", _("Somebody else")), ("nobody", _("Nobody"))]


def named_periods() -> list[Choice]:
    """Value and label."""
    labels = {
        "today": _("Today"), "yesterday": _("Yesterday"), "week": _("In the last 7 days"),
        "month": _("In the last 30 days"), "this_month": _("This month"),
        "last_month": _("Last month"), "this_year": _("This year"),
    }  # fmt: skip
    return [(name, labels[name]) for name in periods.NAMED]


def called(name: str, values: Sequence[str], reader: Person) -> list[Choice]:
    """The values of the filter `name` with their labels; a stranger's name is not told."""
    return LABELS[name](values, reader) if values else []


def _among(choices: Callable[[], list[Choice]]) -> Callable[[Sequence[str], Person], list[Choice]]:
    def label(values: Sequence[str], _reader: Person) -> list[Choice]:
        known = dict(choices())
        return [(value, known.get(value, value)) for value in values]

    return label


def _people(values: Sequence[str], reader: Person) -> list[Choice]:
    ids = [int(value) for value in values if value.isdigit()]
    rows = known_to(reader).filter(pk__in=ids).order_by()
    names = dict(rows.values_list("pk", "name")) if ids else {}
    special = dict(performers())
    return [
        (value, special.get(value) or names.get(int(value), UNKNOWN)) for value in values
    ]  # fmt: skip


def _departments(values: Sequence[str], reader: Person) -> list[Choice]:
    known = tree.by_id({int(value) for value in values}) if reader.is_agent else {}
    return [(v, known[int(v)].name if int(v) in known else UNKNOWN) for v in values]


def _organisations(values: Sequence[str], reader: Person) -> list[Choice]:
    rows = Organisation.objects.filter(pk__in=[int(value) for value in values]).order_by()
    if not reader.is_agent:
        rows = rows.filter(people=reader.pk)
    names = dict(rows.values_list("pk", "name"))
    return [(value, names.get(int(value), UNKNOWN)) for value in values]


def topics_known_to(reader: Person) -> dict[int, topic_branches.Known]:
    """Hidden topics are for staff."""
    known = topic_branches.known()
    return known if reader.is_agent else {pk: t for pk, t in known.items() if not t.is_hidden}


def _topics(values: Sequence[str], reader: Person) -> list[Choice]:
    names = {str(pk): topic.name for pk, topic in topics_known_to(reader).items()}
    names[NO_TOPIC] = _("Without a topic")
    return [(value, names.get(value, UNKNOWN)) for value in values]


def topic_path(number: int, reader: Person) -> str:
    """Names of the topics around one, as a hint."""
    return NAME_BETWEEN.join(topic_branches.path(number, is_for_staff=reader.is_agent)[:-1])


def _period(values: Sequence[str], _reader: Person) -> list[Choice]:
    known = dict(named_periods())
    return [(value, known.get(value) or _span(value)) for value in values]


def _span(period: str) -> str:
    since, until = (day and date_format(day, "SHORT_DATE_FORMAT") for day in periods.days(period))
    if since and until:
        return since if since == until else f"{since} – {until}"
    words = {"day": since or until}
    return _("since %(day)s") % words if since else _("until %(day)s") % words


def _as_is(values: Iterable[str], _reader: Person) -> list[Choice]:
    return [(value, value) for value in values]


LABELS: dict[str, Callable[[Sequence[str], Person], list[Choice]]] = {
    "status": _among(statuses), "priority": _among(priorities), "deadline": _among(deadlines),
    "waits": _among(waits), "via": _among(vias), "performer": _people, "author": _people,
    "requester": _people, "department": _departments, "organisation": _organisations,
    "topic": _topics, "tag": _as_is, "opened": _period, "changed": _period, "closed": _period,
    "q": _as_is, "unread": lambda values, _reader: [(value, _("Yes")) for value in values],
}  # fmt: skip
