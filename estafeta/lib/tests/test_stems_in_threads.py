"""Web processes answer in threads: the stems of a word are the same whoever else asks meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from estafeta.lib import fulltext

WORDS = [
    f"{beginning}{end}"
    for beginning in ("картридж", "принтер", "поставщик", "квазидиффузор", "заявк", "согласован")
    for end in ("", "ами", "ость", "ывающихся", "ениями", "ейшими", "овавшись")
]


@pytest.fixture(autouse=True)
def _threads_take_turns_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
    fulltext._stems.cache_clear()


def test_many_threads_find_the_same_stems_as_one() -> None:
    ask = fulltext._stems.__wrapped__
    alone = [ask(word) for word in WORDS]
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _n: [ask(word) for word in WORDS], range(200)):
            assert found == alone
