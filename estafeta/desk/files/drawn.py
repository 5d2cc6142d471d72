"""Pictures of files whoever they belong to. Whoever calls has asked the rule of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

from estafeta.files import answers, previews
from estafeta.lib.pictures import LARGE, PAGED, SMALL

if TYPE_CHECKING:
    from estafeta.files.stored import StoredFile

PICTURES = {"small": SMALL, "large": LARGE}


def picture(row: StoredFile, size: str) -> HttpResponse:
    """The small one of a list or a message, the large one of the viewer. Raises Http404."""
    if size not in PICTURES or not row.width or (size == "large" and not row.is_drawn):
        raise Http404
    return answers.picture(row, row.picture(PICTURES[size]))


def paper(row: StoredFile, page: int) -> HttpResponse:
    """A page of a PDF. Raises Http404."""
    if row.type != PAGED or not 1 <= page <= min(row.pages, previews.MOST_PAGES):
        raise Http404
    content = previews.page_of(row, page)
    if content is None:
        raise Http404
    return answers.drawn_now(content)
