"""A template language in which nothing but words can be made: Liquid, with strict limits.

No files, no other templates, no objects: values are texts, numbers, lists and dictionaries of them.
Every loop, every text and the whole output have an end, so that no template stops a worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from estafeta.notifications.wording.faults import in_words

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment

FILTERS = (
    "append", "capitalize", "default", "downcase", "first", "join", "last", "lstrip", "map",
    "minus", "plus", "prepend", "remove", "replace", "reverse", "rstrip", "size", "slice", "sort",
    "split", "squish", "strip", "strip_html", "strip_newlines", "truncate", "truncatewords",
    "uniq", "upcase", "where",
)  # fmt: skip
TAGS = (
    "#", "assign", "break", "case", "comment", "content", "continue", "for", "if", "illegal",
    "output", "unless",
)  # fmt: skip
"""Words come out through `{{ … }}` alone: what is captured would be escaped twice."""


class Fault(Exception):
    """The template cannot be used; `line` is where, if that is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line

    def __str__(self) -> str:
        reason = in_words(self.reason)
        if self.line is None:
            return reason
        return _("Line %(line)s: %(reason)s") % {"line": self.line, "reason": reason}


def fault_of(kept: str) -> Fault:
    """As it was kept with the template: the line, a colon, the reason."""
    line, _colon, reason = kept.partition(":")
    return Fault(reason, int(line) if line.isdecimal() else None)


class Checked(NamedTuple):
    """A template that can be used, and what it names that is not there."""

    template: BoundTemplate
    unknown: list[str]


def checked(source: str, known: Mapping[str, Any]) -> Checked:
    """Read a template. Raises Fault where it cannot be understood."""
    template = _parsed(source, is_markdown=False)
    found = template.analyze(include_partials=False)
    # The library would notice only when the filter is used.
    for name, places in found.filters.items():
        if name not in FILTERS:
            raise Fault(f"unknown filter '{name}'", source.count("\n", 0, places[0].index) + 1)
    # A part of a ticket's item is not judged: what it has is known only when it is there.
    named = found.globals
    return Checked(template, sorted(name for name in named if name not in known))


def rendered(source: str, values: Mapping[str, Any], *, is_markdown: bool = False) -> str:
    """Fill the template in; in Markdown the values are text without marks. Raises Fault.

    What is not there is empty.
    """
    from liquid.exceptions import LiquidError

    try:
        template = _parsed(source, is_markdown=is_markdown)
        from estafeta.notifications.wording.limits import within_time

        with within_time():
            return template.render(**values)
    except LiquidError as error:
        raise _fault(error) from error
    except (ArithmeticError, MemoryError, RecursionError, TypeError, ValueError) as error:
        raise Fault(f"{type(error).__name__}: {error}") from error


def _fault(error: Any) -> Fault:
    where = error.context()
    return Fault(str(error.message or type(error).__name__), where[0] if where else None)


@lru_cache(maxsize=200)
def _parsed(source: str, *, is_markdown: bool) -> BoundTemplate:
    from liquid.exceptions import LiquidError

    try:
        return _environment(is_markdown).from_string(source)
    except LiquidError as error:
        fault = _fault(error)
        # What is never closed is noticed at the end.
        fault.line = fault.line or len(source.splitlines())
        raise fault from error
    except RecursionError as error:
        raise Fault("context depth limit") from error


@lru_cache(maxsize=2)
def _environment(is_markdown: bool) -> Environment:
    # Loaded when it is first needed: an installation that changed no words need not carry it.
    from estafeta.notifications.wording.limits import (
        LimitedEnvironment,
        MarkdownEnvironment,
        guarded,
    )

    kind = MarkdownEnvironment if is_markdown else LimitedEnvironment
    environment = kind(strict_filters=True, autoescape=False)
    for name in set(environment.tags) - set(TAGS):
        environment.tags.pop(name)
    kept = {name: guarded(name, environment.filters[name]) for name in FILTERS}
    environment.filters.clear()
    environment.filters.update(kept)
    return environment
