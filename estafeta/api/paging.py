"""Parameters of lists, and the Link header to the next page."""

from __future__ import annotations

from typing import Annotated, TypeVar

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import StringConstraints

from estafeta.api.cursors import MOST_ID
from estafeta.api.schemas.base import Page

P = TypeVar("P", bound=Page)

After = Annotated[
    Annotated[str, StringConstraints(max_length=500)] | None,
    Query(None, description="`next` of the page before"),
]
Limit = Annotated[int, Query(50, ge=1, le=100, description="Rows a page")]
Number = Annotated[int, Path(ge=1, le=MOST_ID, description="The number or id")]
"""A number or id in the address; one that cannot exist is a 404."""


def linked(request: HttpRequest, page: P) -> P:
    """Tell the door which `Link: <…>; rel="next"` the answer carries; gives the page back."""
    if page.next:
        query = request.GET.copy()
        query["after"] = page.next
        address = f"{request.path}?{query.urlencode()}"
        request.next_page = f'<{address}>; rel="next"'  # type: ignore[attr-defined]
    return page
