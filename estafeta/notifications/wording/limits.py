"""The limits of the template language: no loop, no text and no output without an end."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TextIO

import liquid
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import FilterArgumentError, LoopIterationLimitError
from liquid.stringify import to_liquid_string

MOST_LOOPS = 2000
LONGEST_OUTPUT = 100_000
LONGEST_VALUE = 50_000
MOST_ITEMS = 2000
LONGEST_SECONDS = 0.5
"""Of work; a machine that is busy with other things takes nothing from it."""
LARGEST_NUMBER = 10**12
GROWS = {"replace": 1, "join": 0}
"""Filters whose result can be far longer than what goes in: the place of the text that repeats."""
_MARK = re.compile(r"([!-/:-@\[-`{-~])")


class Context(liquid.RenderContext):
    """Counts the rounds of all loops together, of those after each other too."""

    rounds = 0

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Called with its length by each loop that begins."""
        check_time()
        self.rounds += length
        if self.rounds > MOST_LOOPS:
            raise LoopIterationLimitError("the loops go round too often", token=None)


class Template(liquid.BoundTemplate):
    """Runs in a context that counts."""

    context_class = Context


class LimitedEnvironment(liquid.Environment):
    """For text without marks."""

    template_class = Template
    block_nesting_limit = 12
    context_depth_limit = 20
    loop_iteration_limit = MOST_LOOPS
    local_namespace_limit = LONGEST_OUTPUT
    output_stream_limit = LONGEST_OUTPUT


class _Escaped(OutputNode):
    def render_to_output(self, context: liquid.RenderContext, buffer: TextIO) -> int:
        """Write the value so that Markdown shows it as it is."""
        text = to_liquid_string(self.expression.evaluate(context), autoescape=False)
        return buffer.write(_MARK.sub(r"\\\1", text))


class _EscapedOutput(Output):
    node_class = _Escaped


class MarkdownEnvironment(LimitedEnvironment):
    """For Markdown: a title like `**x**` or `[x](y)` stays what it is."""

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """All of the language, but another output."""
        super().setup_tags_and_filters(extra=extra)
        self.add_tag(_EscapedOutput)


_ends: ContextVar[float] = ContextVar("ends", default=math.inf)


@contextmanager
def within_time() -> Iterator[None]:
    """Inside, loops and filters end when the time is over: many small steps are a long way too."""
    token = _ends.set(time.thread_time() + LONGEST_SECONDS)
    try:
        yield
    finally:
        _ends.reset(token)


def check_time() -> None:
    """Raise for a template that has had its time."""
    if time.thread_time() > _ends.get():
        raise LoopIterationLimitError("it takes too long", token=None)


def guarded(name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing what could make it work for ever or fill the memory."""

    @wraps(apply)
    def checked(value: Any, *args: Any, **kwargs: Any) -> Any:
        check_time()
        for one in (value, *args):
            _check(one)
        at = GROWS.get(name)
        repeated = args[at] if at is not None and len(args) > at else ""
        size = len(value) if isinstance(value, str | range | list | tuple) else 1
        if (size + 1) * len(str(repeated)) > LONGEST_OUTPUT:
            raise FilterArgumentError("the text becomes too long", token=None)
        return apply(value, *args, **kwargs)

    return checked


def _check(value: Any) -> None:
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        raise FilterArgumentError("the text is too long", token=None)
    if isinstance(value, range | list | tuple) and len(value) > MOST_ITEMS:
        raise FilterArgumentError("the list is too long", token=None)
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise FilterArgumentError("the number is too large", token=None)
