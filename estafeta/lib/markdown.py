"""What people write, as HTML that is safe to show: CommonMark in, sanitised HTML out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, cast

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from estafeta.lib import links

_TAGS = {
    "p", "br", "span", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li",
    "a", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_markdown = MarkdownIt(
    "commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 20}
).enable(["linkify", "table", "strikethrough"])
# Its other rule for addresses looks at the whole text anew at every "://".
_markdown.inline.ruler.disable("linkify")
cast(Any, _markdown).linkify = links.Finder()
_HANDLE = re.compile(r"(?<![\w@./-])@(\w(?:[\w.-]*\w)?)")


def handles(text: str) -> list[str]:
    """What stands after an @, each once, and the same without its last parts.

    In "@anna.ok" somebody called "anna" may be meant.
    """
    if "@" not in text:
        return []
    found = (name for word in _HANDLE.findall(text) for name in _shorter(word))
    return list(dict.fromkeys(found))


def _shorter(word: str) -> Iterator[str]:
    yield word
    for end in reversed([match.start() for match in re.finditer(r"[.-]+", word)]):
        yield word[:end]


def _mention(state: Any, silent: bool) -> bool:
    """The rule of the renderer: @name, where the name is one of those it was given."""
    names = state.env.get("names")
    if not names or state.src[state.pos] != "@":
        return False
    match = _HANDLE.match(state.src, state.pos)
    word = next((w for w in _shorter(match[1]) if w.lower() in names), "") if match else ""
    if not word:
        return False
    if not silent:
        opening = state.push("mention_open", "span", 1)
        opening.attrs = {"class": "mention", "title": names[word.lower()]}
        state.push("text", "", 0).content = f"@{word}"
        state.push("mention_close", "span", -1)
    state.pos += len(word) + 1
    return True


_markdown.inline.ruler.before("emphasis", "mention", _mention)


@lru_cache(maxsize=16)
def render(text: str, names: tuple[tuple[str, str], ...] = ()) -> str:
    """Sanitised HTML of Markdown; raw HTML is shown as text, images of other hosts are dropped.

    `names` are (handle in small letters, name of the person) that stand out where they are called.

    A long text takes a while. The latest are kept: what was rendered before a transaction began is
    there at once inside.
    """
    return nh3.clean(
        _markdown.render(text, {"names": dict(names)}),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}, "span": {"title"}},
        allowed_classes={"span": {"mention"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )


_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,?!—–]|\.(?= |$))*$")
"""One line that has no mark and no address: most of what people write, and quickly compared."""


def shows(html: str, text: str) -> bool:
    """Whether the HTML says what the text says: the same words, links to the same places.

    Marks may differ: another version of the renderer may have set them.
    """
    if not text:
        return not html
    if _PLAIN.match(text) and html == f"<p>{text}</p>\n":
        return True
    fresh = render(text)
    return html == fresh or _seen(html, text) == _seen(fresh, text)


def _seen(html: str, text: str) -> tuple[str, list[str]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    words = "".join("".join(reader.words).split())
    if "@" in text:
        # Whom a name calls was decided when it was written; signs around it may mean other marks.
        words = "".join(sign for sign in words if sign.isalnum())
    return words, reader.places


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
