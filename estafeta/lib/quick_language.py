"""Which language is active, asked hundreds of times a page, on a short way.

Django keeps it in asgiref's `Local`, which stands on context variables as this does, but takes a
microsecond and five calls for each look.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

_language: ContextVar[Any] = ContextVar("language")
_NONE = object()


class _Active:
    """As `Local` with one attribute."""

    @property
    def value(self) -> Any:
        found = _language.get(_NONE)
        if found is _NONE:
            raise AttributeError("value")
        return found

    @value.setter
    def value(self, translation: Any) -> None:
        _language.set(translation)

    @value.deleter
    def value(self) -> None:
        if _language.get(_NONE) is _NONE:
            raise AttributeError("value")
        _language.set(_NONE)


def use_quick_language() -> None:
    """Put it in the place of Django's; nothing may be active yet."""
    from django.utils.translation import trans_real

    trans_real._active = _Active()  # type: ignore[attr-defined]
