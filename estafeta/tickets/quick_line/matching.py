"""Which of the known names a few words mean, the closest way of fitting first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from estafeta.tickets.quick_line.inflection import forms
from estafeta.tickets.quick_line.pieces import Known, NameKind
from estafeta.tickets.quick_line.words import key_of

LOGIN, WHOLE, NAME, CASE, BEGINNING = range(5)
_PART = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
_PATRONYMIC = re.compile(r".{2,}(?:[оеё]вич|йович|[оеіїё]вна|ична)")
_SHORTEST = {NameKind.PERSON: 3, NameKind.REQUESTER: 3, NameKind.DEPARTMENT: 2, NameKind.TOPIC: 2}


def parts_of(name: str) -> list[str]:
    """The words of a name as they are compared."""
    return _PART.findall(key_of(name))


def closeness(said: Sequence[str], known: Known) -> int | None:
    """How the words fit the name: `LOGIN` is closest, None is not at all."""
    names = parts_of(known.name)
    if len(said) == 1 and known.login and said[0] == key_of(known.login):
        return LOGIN
    if list(said) == names:
        return WHOLE
    worst = NAME
    free = list(names)
    for place, word in enumerate(said):
        fits = [
            (fit, name) for name in free
            if (fit := _fit(word, name, known.kind, place)) is not None
            and not (fit == BEGINNING and not place and _is_patronymic(name, names, known.kind))
        ]  # fmt: skip
        if not fits:
            return None
        fit, name = min(fits)
        free.remove(name)
        worst = max(worst, fit)
    return worst


def _is_patronymic(name: str, names: Sequence[str], kind: NameKind) -> bool:
    """Nobody calls Ivanovna "Ivanov": that is somebody else's surname."""
    is_person = kind in (NameKind.PERSON, NameKind.REQUESTER)
    return is_person and name != names[0] and bool(_PATRONYMIC.fullmatch(name))


def _fit(word: str, name: str, kind: NameKind, place: int) -> int | None:
    if word == name:
        return NAME
    if word in forms(name):
        return CASE
    shortest = 1 if place else _SHORTEST[kind]
    return BEGINNING if len(word) >= shortest and name.startswith(word) else None


def fitting(said: Sequence[str], among: Iterable[Known], *, worst: int = BEGINNING) -> list[Known]:
    """Those that fit at least so well, closest first."""
    rows = [(fit, row) for row in among if (fit := closeness(said, row)) is not None]
    return [row for fit, row in sorted(rows, key=lambda pair: pair[0]) if fit <= worst]


def closest(said: Sequence[str], among: Iterable[Known]) -> list[Known]:
    """Only those that fit best; several of them are one too many."""
    rows = [(fit, row) for row in among if (fit := closeness(said, row)) is not None]
    best = min((fit for fit, _row in rows), default=None)
    return [row for fit, row in rows if fit == best]
