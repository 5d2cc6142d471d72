"""Whatever is typed: an answer, with stretches that lie in the text, apart, and nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estafeta.tickets.quick_line.pieces import Doubt, Understood
from estafeta.tickets.quick_line.reading import understand
from estafeta.tickets.quick_line.tests.people import Memory
from tests.naughty import NAUGHTY
from tests.quick_line.test_corpus import LANGUAGES, corpus

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Kyiv")
_WORDS = sorted({w for name in LANGUAGES for row in corpus(name) for w in row["line"].split()})
_ODD = st.sampled_from(
    [
        *"@#/!:.,\"«»()'’0123456789",
        "@@",
        "!!",
        "от:",
        "\n",
        "\u0301",
        "ё",
        "99.99",
        "31/31",
        "24:00",
    ]
)
LINES = st.lists(st.one_of(st.sampled_from(_WORDS), _ODD, st.text(max_size=6)), max_size=25)
MOMENTS = st.integers(946_684_800, 3_786_912_000).map(lambda at: datetime.fromtimestamp(at, UTC))
ZONES = st.sampled_from(["UTC", "Europe/Kyiv", "America/St_Johns", "Pacific/Apia", "Asia/Tehran"])


def _holds(line: Understood, now: datetime) -> None:
    at = 0
    for piece in line.pieces:
        assert at <= piece.start < piece.end <= len(line.line)
        at = piece.end
        if piece.why is not None:
            assert (piece.why is Doubt.SEVERAL) == bool(piece.candidates)
    assert len(line.title) <= 250
    assert line.deadline is None or line.deadline > now
    assert line.priority in (None, 1, 2, 3, 4)


@settings(max_examples=300, deadline=None)
@given(LINES.map(" ".join), MOMENTS, ZONES, st.booleans())
def test_any_words_in_any_order_give_an_answer(
    text: str, now: datetime, zone: str, is_staff: bool
) -> None:
    _holds(understand(text, Memory(is_staff=is_staff), now=now, zone=ZoneInfo(zone)), now)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200), st.booleans())
def test_any_text_gives_an_answer(text: str, is_staff: bool) -> None:
    _holds(understand(text, Memory(is_staff=is_staff), now=NOW, zone=ZONE), NOW)


@pytest.mark.parametrize("text", list(NAUGHTY.values()), ids=list(NAUGHTY))
def test_naughty_strings_are_only_titles_or_pieces(text: str) -> None:
    for line in (text, f"@{text}", f"/{text} #{text} !{text}", f"для {text} до {text}"):
        _holds(understand(line, Memory(), now=NOW, zone=ZONE), NOW)


@given(st.sampled_from([row["line"] for name in LANGUAGES for row in corpus(name)]))
def test_a_chosen_candidate_is_the_only_one(text: str) -> None:
    for piece in understand(text, Memory(), now=NOW, zone=ZONE).pieces:
        for candidate in piece.candidates:
            again = understand(candidate.line, Memory(), now=NOW, zone=ZONE)
            assert all(one.why is not Doubt.SEVERAL for one in again.pieces), candidate.line


def test_a_long_line_is_cut_for_the_title_and_whole_in_the_text() -> None:
    words = "слово " * 600
    line = understand(f"@ит {words}\nконец", Memory(), now=NOW, zone=ZONE)
    assert len(line.title) == 250
    assert line.text.count("слово") == 600
    assert line.text.endswith("конец")


@pytest.mark.parametrize(
    ("said", "zone", "now", "expected"),
    [
        # 02:30 does not exist in the night of 28 March 2027: it is 03:30 then.
        ("до 28.03.2027 03:30", "Europe/Kyiv", "2027-03-27 10:00", "2027-03-28 01:30"),
        # 03:30 comes twice in the night of 25 October 2026: the first counts.
        ("до 25.10.2026 03:30", "Europe/Kyiv", "2026-10-24 10:00", "2026-10-25 00:30"),
        # Two hours are two hours, across the change of the clock too.
        ("через 2 часа", "Europe/Kyiv", "2026-10-25 00:00", "2026-10-25 02:00"),
        ("завтра 09:00", "America/New_York", "2026-10-31 20:00", "2026-11-01 14:00"),
        ("до 29 февраля", "UTC", "2026-11-24 10:00", "2028-02-29 18:00"),
        ("через месяц", "UTC", "2027-01-31 10:00", "2027-02-28 18:00"),
        ("до конца недели", "UTC", "2026-11-28 10:00", "2026-11-29 23:59"),
        ("сегодня", "UTC", "2026-11-24 19:00", "2026-11-24 23:59"),
        ("до пт", "UTC", "2026-11-27 19:00", "2026-12-04 18:00"),
    ],
)
def test_clocks_and_calendars(said: str, zone: str, now: str, expected: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    line = understand(f"отчёт {said}", Memory(), now=at, zone=ZoneInfo(zone))
    assert line.deadline == datetime.fromisoformat(expected).replace(tzinfo=UTC)
