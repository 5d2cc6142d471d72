"""Whoever asks in several processes at once gets no more than the rate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from estafeta.lib import rate
from tests.cast import Cast
from tests.test_races import at_once, cast, real_database

__all__ = ["cast", "real_database"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def asking(who: int) -> Callable[[], int]:
    return lambda: rate.seconds_to_wait("export", who, most=3, for_all=True)


def test_of_eight_who_ask_at_once_as_many_go_on_as_the_rate_allows(cast: Cast) -> None:
    waits = at_once(*(asking(1) for _n in range(8)))
    assert sorted(bool(wait) for wait in waits) == [False] * 3 + [True] * 5, waits
