"""A Jinja2 environment of one language, which does at compile time what is the same for every page.

`_("Save")`, `static("app.js")`, `icon("plus")` give the same each time they are rendered in one
language, and a page has a thousand of them. So each language has an environment of its own, and a
call of a pure function with constants is replaced by what it gives when the template is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from estafeta.lib.quick_output import QuickCodeGenerator, QuickContext, written

PHRASES = ("_", "gettext")


class FoldedTemplate(Template):
    """Imported once: Jinja2 looks through all globals at each import whether a caller added some."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return super()._get_default_module()


class FoldingEnvironment(Environment):
    """`translate` is the language's own; `pure` are functions whose answer never changes in it.

    No page may be rendered with globals of its own: imported macros would not see them.
    """

    translate: Callable[[str], str]
    pure: Mapping[str, Callable[..., Any]]

    context_class = QuickContext
    template_class = FoldedTemplate
    code_generator_class = QuickCodeGenerator
    written = staticmethod(written)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not name or not name.endswith(".txt"):  # plain text must not be escaped
            _Folder(self).visit(tree)
        return tree


class _Folder(NodeTransformer):
    def __init__(self, environment: FoldingEnvironment) -> None:
        self.environment = environment

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """`{{ ' open' if it }}`: what is written otherwise is nothing, not an object that says so."""
        self.generic_visit(node)
        for child in node.nodes:
            if isinstance(child, nodes.CondExpr) and child.expr2 is None:
                child.expr2 = nodes.Const("", lineno=child.lineno)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return node
        if not all(isinstance(argument, nodes.Const) for argument in node.args):
            return node
        name = node.node.name
        arguments = [argument.as_const() for argument in node.args]
        if name in PHRASES and len(arguments) == 1:
            return self._phrase(arguments[0], node)
        if name in self.environment.pure and _is_constant(node.kwargs):
            named = {pair.key: pair.value.as_const() for pair in node.kwargs}
            found = self.environment.pure[name](*arguments, **named)
            return nodes.Const(found, lineno=node.lineno)
        return node

    def _phrase(self, words: str, node: nodes.Call) -> nodes.Node:
        found = Markup(self.environment.translate(words))
        line = node.lineno
        if not node.kwargs:
            return nodes.Const(found % {}, lineno=line)
        pairs = [nodes.Pair(nodes.Const(pair.key), pair.value, lineno=line) for pair in node.kwargs]
        return nodes.Mod(
            nodes.Const(found, lineno=line), nodes.Dict(pairs, lineno=line), lineno=line
        )


def _is_constant(pairs: list[nodes.Keyword]) -> bool:
    return all(isinstance(pair.value, nodes.Const) for pair in pairs)
