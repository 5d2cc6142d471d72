"""Which tickets were chosen: by their boxes, on one page or on several, or all of a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from estafeta.desk.lists.named import asked
from estafeta.desk.page import DeskRequest
from estafeta.realtime import changes
from estafeta.tickets.bulk.runs import MOST
from estafeta.tickets.lists.filters import is_id


@dataclass(frozen=True)
class Selection:
    """The numbers in the order of the list; `is_cut`: there were more than can be done at once."""

    numbers: list[int]
    as_of: int
    is_cut: bool = False

    @property
    def text(self) -> str:
        """For a hidden field."""
        return ",".join(map(str, self.numbers))

    @classmethod
    def of(cls, request: DeskRequest) -> Selection:
        """From `number` (several, or joined by commas), or from `all` with `list` and `query`.

        `as_of` is the newest entry when the person looked, given on from the dialog.
        """
        post = request.POST
        given = post.get("as_of", "")
        as_of = int(given) if is_id(given) else changes.newest()
        if post.get("all"):
            numbers = _all(request, post.get("list", ""), QueryDict(post.get("query", "")))
        else:
            texts = [part for text in post.getlist("number") for part in text.split(",")]
            numbers = list(dict.fromkeys(int(text) for text in texts if is_id(text)))
        return cls(numbers[:MOST], as_of, len(numbers) > MOST)


def _all(request: DeskRequest, name: str, query: QueryDict) -> list[int]:
    _screen, question = asked(request, name, query)
    rows = question.choice(MOST + 1, question.order, None)
    return list(rows.values_list("pk", flat=True))
