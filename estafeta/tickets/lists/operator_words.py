"""Operators of the search line and their values, as people write them in three languages."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils import translation

from estafeta.lib.text import fold
from estafeta.tickets.statuses import Status

_NAMES = {
    "from": "from от від автор заявник заявитель author requester",
    "to": "to кому performer исполнитель виконавець",
    "status": "status статус",
    "before": "before до раньше раніше",
    "after": "after после після с з",
    "tag": "tag тег метка мітка",
    "file": "file файл",
    "topic": "topic тема",
    "is": "is это есть є це",
}
NAMES = {fold(word): name for name, words in _NAMES.items() for word in words.split()}
"""Folded word -> the operator it means."""

_STATES = {
    "unread": "unread непрочитано непрочитанные непрочитанная непрочитані непрочитана",
    "late": "late overdue просрочено просроченные просрочена прострочено прострочені прострочена",
    "open": "open открыто открытые открыта відкрито відкриті відкрита",
    "free": "free свободно свободные свободна вільно вільні вільна",
    "mine": "mine мои моя мое мої моє",
    "followed": "followed watched наблюдаю спостерігаю",
}
STATES = {fold(word): state for state, words in _STATES.items() for word in words.split()}
"""Folded value of `is:` -> what it asks."""

ME = frozenset(map(fold, ("me", "я", "мне", "меня", "мені", "мене")))
DAYS = {
    **dict.fromkeys(map(fold, ("today", "сегодня", "сьогодні")), "today"),
    **dict.fromkeys(map(fold, ("yesterday", "вчера", "вчора")), "yesterday"),
}


@lru_cache(maxsize=1)
def _statuses() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for status in Status:
                found.setdefault(fold(str(status.label)), []).append(status.value)
    for status in Status:
        found[fold(status.value)] = found[fold(status.value.replace("_", " "))] = [status.value]
    return {word: tuple(values) for word, values in found.items()}


def statuses_called(text: str) -> tuple[str, ...]:
    """The statuses whose names, in any language, begin like this."""
    word = fold(text.replace("_", " "))
    if STATES.get(word) == "open":
        return ("open",)
    found = dict.fromkeys(
        value for name, values in _statuses().items() if name.startswith(word) for value in values
    )
    return tuple(found)
