"""The quick choices above a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from estafeta.tickets.lists.filters import ANY_OPEN, Filters
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.desk.lists.address import Address
    from estafeta.tickets.lists.counters import Load

WORKING = f"{Status.IN_PROGRESS},{Status.WAITING}"


@dataclass(frozen=True)
class Quick:
    """A quick choice: the filters it stands for, and how many there are if that is kept."""

    label: str
    values: dict[str, str]
    count: int | None = None


@dataclass(frozen=True)
class Chip:
    """As components/filters.html draws it."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


def of_work(load: Load) -> list[Quick]:
    """For the inbox and for departments."""
    return [
        Quick(_("All"), {}),
        Quick(pgettext("tickets", "Free"), {"status": Status.NEW}, load.free),
        Quick(_("With me"), {"status": WORKING, "performer": "me"}, load.mine),
        Quick(_("With others"), {"status": WORKING, "performer": "others"}, load.others),
        Quick(_("In review"), {"status": Status.REVIEW}, load.review),
        Quick(_("Late"), {"deadline": "late"}, load.late),
    ]


def of_sent(amounts: dict[str, int]) -> list[Quick]:
    """For what somebody has asked for."""
    working = amounts.get(Status.IN_PROGRESS, 0) + amounts.get(Status.WAITING, 0)
    return [
        Quick(_("All"), {}),
        Quick(pgettext("tickets", "Free"), {"status": Status.NEW}, amounts.get(Status.NEW, 0)),
        Quick(_("In work"), {"status": WORKING}, working),
        Quick(_("In review"), {"status": Status.REVIEW}, amounts.get(Status.REVIEW, 0)),
        Quick(_("Late"), {"deadline": "late"}),
        Quick(pgettext("tickets", "Done"), {"status": Status.DONE}),
    ]


def of_all() -> list[Quick]:
    """For everything somebody may see."""
    return [
        Quick(_("All"), {}),
        Quick(_("Open"), {"status": ANY_OPEN}),
        Quick(pgettext("tickets", "Free"), {"status": Status.NEW}),
        Quick(_("In review"), {"status": Status.REVIEW}),
        Quick(_("Late"), {"deadline": "late"}),
    ]


def quick_chips(quick: list[Quick], filters: Filters, address: Address) -> list[Chip]:
    """The choices as links; the one that is on is marked."""
    return [
        Chip(
            choice.label, address.unfiltered(**choice.values),
            _meaning(tuple(choice.values.items())) == filters, choice.count,
        )
        for choice in quick
    ]  # fmt: skip


@lru_cache(maxsize=100)
def _meaning(values: tuple[tuple[str, str], ...]) -> Filters:
    query = QueryDict(mutable=True)
    query.update(dict(values))
    return Filters.read(query)
