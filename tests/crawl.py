"""Walk over all pages that links lead to, and read what a person reads there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve

from estafeta.accounts.models import Person

SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-confirm-verb")
LINKS = ("href", "hx-get", "data-preview-url")
UNSEEN = ("script", "style", "svg")
VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr"])
OF_A_KIND = 2
"""So many pages of one address pattern are enough: they differ in data only."""


class Page(HTMLParser):
    """The texts and the links of one page; what stands in the element `skip` is left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Texts in attributes, and where the element leads."""
        named = dict(attrs)
        if "lang" not in named:  # a field for words of another language is labelled in that one
            self.texts += [value for name in SPOKEN if (value := named.get(name))]
        self.links += [value for name in LINKS if (value := named.get(name))]
        if tag not in VOID:
            self._open.append((tag, named))

    def handle_endtag(self, tag: str) -> None:
        """Close what is open down to this element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """A text between tags, or the words of the scripts."""
        tag, named = self._open[-1] if self._open else ("", {})
        if named.get("id") == "words":
            self.texts += json.loads(data).values()
        elif (
            named.get("translate") == "no"
        ):  # a name that programs know, the same in every language
            return
        elif not any(one in UNSEEN for one, _ in self._open) and tag != "kbd":
            self.texts.append(data)


def pages_of(person: Person, *, starts: tuple[str, ...] = ("/",)) -> Iterator[tuple[str, Page]]:
    """Address and page of everything the person can reach by following links."""
    client = Client()
    client.force_login(person)
    seen: set[str] = set()
    kinds: Counter[Any] = Counter()
    ahead = list(starts)
    while ahead:
        address = ahead.pop(0)
        if address in seen or not _is_another_kind(address, kinds):
            continue
        seen.add(address)
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = Page(answer.content.decode())
        yield address, page
        ahead += [link for link in page.links if link.startswith("/")]


def _is_another_kind(address: str, kinds: Counter[Any]) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    try:
        match = resolve(path)
    except Resolver404:
        return False
    kind = (match.view_name or match.func, match.kwargs.get("verb"), match.kwargs.get("name"))
    kinds[kind] += 1
    return kinds[kind] <= OF_A_KIND
