"""Where a row of a tree goes: dragged onto another row, or moved step by step with the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from estafeta.desk.page import DeskRequest, is_fragment


class Node(Protocol):
    """A row of a tree."""

    pk: int
    parent_id: int | None


class Place(NamedTuple):
    """Inside whom, and before which of those there; None: at the top, and last."""

    parent: int | None
    before: int | None


def place_of(tree: Sequence[Node], moved: Node, sent: Mapping[str, str]) -> Place | None:
    """The place that a form asks for; None where there is nothing to do.

    `tree` has parents before children. Sent is `way` (up, down, in, out), or `where` (before,
    after, inside) with the `target`.
    """
    rows = {row.pk: row for row in tree}
    level = [row.pk for row in tree if row.parent_id == moved.parent_id]
    here = level.index(moved.pk)
    way, where = sent.get("way", ""), sent.get("where", "")
    if way == "up" and here > 0:
        return Place(moved.parent_id, level[here - 1])
    if way == "down" and here + 1 < len(level):
        return Place(moved.parent_id, _after(level, level[here + 1]))
    if way == "in" and here > 0:
        return Place(level[here - 1], None)
    if way == "out" and moved.parent_id in rows:
        above = rows[moved.parent_id]
        return Place(above.parent_id, _after(_level(tree, above.parent_id, moved), above.pk))
    text = sent.get("target", "")
    target = rows.get(int(text)) if text.isdecimal() and len(text) < 19 else None
    if target is None or target.pk == moved.pk:
        return None
    if where == "inside":
        return Place(target.pk, None)
    if where == "before":
        return Place(target.parent_id, target.pk)
    if where == "after":
        return Place(target.parent_id, _after(_level(tree, target.parent_id, moved), target.pk))
    return None


def _level(tree: Sequence[Node], parent: int | None, without: Node) -> list[int]:
    return [row.pk for row in tree if row.parent_id == parent and row.pk != without.pk]


def _after(level: Sequence[int], number: int) -> int | None:
    place = level.index(number) + 1
    return level[place] if place < len(level) else None


def ways() -> list[tuple[str, str, str]]:
    """(way, icon, words) of the steps."""
    return [
        ("up", "arrow-up", _("Move up")),
        ("down", "arrow-down", _("Move down")),
        ("in", "indent-increase", _("Move into the one above")),
        ("out", "indent-decrease", _("Move out by one level")),
    ]


def answer(
    request: DeskRequest, what: str, lines: Callable[[], dict[str, Any]], refused: str
) -> HttpResponse:
    """The tree anew, and why nothing was moved, if it was not."""
    if not is_fragment(request):
        if refused:
            messages.error(request, refused)
        return HttpResponseRedirect(reverse(f"manage_{what}"), status=303)
    response = render(request, f"desk/people/{what}_tree.html", lines())
    if refused:
        response.headers["HX-Trigger"] = json.dumps({"toast": {"text": refused, "tone": "error"}})
    return response
