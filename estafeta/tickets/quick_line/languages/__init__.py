"""The words of a language that a quick line knows: tables, no rules."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """Words separated by `|`, since some are two; each table says what they mean."""

    strong: str
    """Before a deadline and nothing else: until."""
    weak: str
    """Before a deadline, and before much else: on."""
    ahead: str
    """Before a length of time: in two hours."""
    ranges: str
    """From nine until six is no deadline."""
    end: str
    following: str
    this: str
    requester: str
    requester_label: str
    me: str
    days: dict[int, str]
    weekdays: dict[int, str]
    months: dict[int, str]
    parts: dict[str, str]
    """"18:00" -> words for that part of the day."""
    units: dict[str, str]
    periods: dict[str, str]
    numbers: dict[float, str]
    priorities: dict[int, str]
    hours: str
    """Behind a number that is a time."""
    before_noon: str
    after_noon: str
    day_marks: str
    fillers: str = ""
    ends: dict[str, str] = field(default_factory=dict)
    """Whole phrases for the end of a period."""
