"""The two things a page does thousands of times, on their short ways: writing a value, calling a macro.

Jinja2 makes a Markup object of every value it writes, only to join it to the page, and asks of every
macro anew how it wants to be called. The pages are the same without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import BuiltinMethodType
from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

# Gives a plain text; a private name, so do without where it is not there any more.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


PLAIN = (BuiltinMethodType, type(lru_cache(int)))
"""Methods of built-in types and cached functions: they never want the context."""


def written(value: Any) -> str:
    """The value as it stands in the page: `escape`, but nothing more than a text."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is Markup:
        return value
    if kind is int:
        return str(value)
    return escape(value)


class QuickContext(Context):
    """Knows how macros and plain functions want to be called."""

    def call(self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(__obj)
        if kind is Macro or kind in PLAIN:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            if kind is Macro:
                return __obj(self.eval_ctx, *args, **kwargs)
            return __obj(*args, **kwargs)
        return super().call(__obj, *args, **kwargs)


class QuickCodeGenerator(CodeGenerator):
    """Writes values with `written`, which the environment holds."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.written(")
        if finalize.src is not None:
            self.write(finalize.src)
