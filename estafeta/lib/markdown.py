"""What people write, as HTML that is safe to show: CommonMark in, sanitised HTML out."""

from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, cast

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

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


def shows(html: str, text: str) -> bool:
    """Whether the HTML says what the text says: the same words, links to the same places.

    Marks may differ: another version of the renderer may have set them.
    """
    if not text:
        return not html
    fresh = render(text)
    return html == fresh or _seen(html) == _seen(fresh)


def _seen(html: str) -> tuple[str, list[str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.words).split()), reader.places


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.places: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.places += [value or "" for name, value in attrs if name in ("href", "src")]


def plain(text: str) -> str:
    """The words alone, on one line: for quotes where marks would only be noise."""
    return " ".join(" ".join(_words(_markdown.parse(text))).split())


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inner(token.children or []))
        elif token.type in ("fence", "code_block"):
            yield token.content


def _inner(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield "".join(_inner(token.children or []))
        else:
            yield token.content
