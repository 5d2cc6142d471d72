"""What people write, as HTML that is safe to show: CommonMark in, sanitised HTML out."""

from functools import lru_cache
from typing import Any, cast

import nh3
from markdown_it import MarkdownIt

from estafeta.lib import links

_TAGS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li",
    "a", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_markdown = MarkdownIt(
    "commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 20}
).enable(["linkify", "table", "strikethrough"])
# Its other rule for addresses looks at the whole text anew at every "://".
_markdown.inline.ruler.disable("linkify")
cast(Any, _markdown).linkify = links.Finder()


@lru_cache(maxsize=16)
def render(text: str) -> str:
    """Sanitised HTML of Markdown; raw HTML is shown as text, images of other hosts are dropped.

    A long text takes a while. The latest are kept: what was rendered before a transaction began is
    there at once inside.
    """
    return nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
