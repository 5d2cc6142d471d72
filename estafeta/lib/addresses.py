"""Paths of named URLs, made once each: a page asks for dozens, mostly the same as the page before."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

REMEMBERED = 8192


def address_of(name: str, *args: Any, **named: Any) -> str:
    """The path of a named URL; `NoReverseMatch` where there is none."""
    return _made(
        get_script_prefix(), get_urlconf(), name, tuple(named), *args, *named.values()
    )  # fmt: skip


# Typed: 1 and True are equal, their paths are not.
@lru_cache(maxsize=REMEMBERED, typed=True)
def _made(prefix: str, urlconf: Any, name: str, names: tuple[str, ...], *values: Any) -> str:
    named = dict(zip(names, values[len(values) - len(names) :], strict=True))
    args = values[: len(values) - len(names)]
    return reverse(name, urlconf=urlconf, args=args or None, kwargs=named or None)
