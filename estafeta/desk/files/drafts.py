"""Files that a form carries: drafts of whoever fills it in, shown again when something is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from estafeta.desk.files.words import size_of
from estafeta.lib.ids import bounded
from estafeta.tickets.errors import Refused
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Attachment

if TYPE_CHECKING:
    from django.http import HttpRequest

    from estafeta.accounts.models import Person

FIELD, PLAIN = "files", "upload"
"""Ids of drafts; and files themselves, from a browser without JavaScript."""
MOST = 1000


@dataclass(frozen=True)
class Chosen:
    """One draft as components/files.html draws it."""

    id: int
    name: str
    size: str
    thumb: str

    @classmethod
    def of(cls, row: Attachment) -> Chosen:
        """With addresses."""
        thumb = reverse("file_picture", args=[row.pk, "small"]) if row.width else ""
        return cls(row.pk, row.name, size_of(row.size), thumb)

    def as_json(self) -> dict[str, Any]:
        """For the script that draws the same."""
        return {"id": self.id, "name": self.name, "size": self.size, "thumb": self.thumb}


def numbers(value: Any) -> list[int]:
    """Ids, each once, in order; what is no number becomes an id that nothing has."""
    texts = [str(one) for one in (value or [])][:MOST]
    found = [int(one) if one.isascii() and one.isdigit() and len(one) < 19 else 0 for one in texts]
    return list(dict.fromkeys(bounded(number) for number in found))


def chosen(value: Any, *, owner: Person) -> list[Chosen]:
    """Those of the ids that are still drafts of his."""
    wanted = numbers(value)
    rows = Attachment.objects.drafts_of(owner).in_bulk(wanted) if wanted else {}
    return [Chosen.of(rows[number]) for number in wanted if number in rows]


def take_uploads(request: HttpRequest, *, by: Person) -> list[str]:
    """Make drafts of files that came with a plain form, and put their ids where scripts put them.

    Gives the reasons why some were not taken.
    """
    errors: list[str] = []
    made: list[str] = []
    for file in _sent(request):
        try:
            made.append(str(keep_draft(file, file.name or "", by=by).pk))
        except Refused as refused:
            errors.append(str(refused))
    if made:
        post: Any = request.POST.copy()
        post.setlist(FIELD, [*post.getlist(FIELD), *made])
        request.POST = post
    if errors and made:
        errors.append(_("The other files are here."))
    return errors


def _sent(request: HttpRequest) -> Iterable[Any]:
    if not request.content_type or not request.content_type.startswith("multipart/"):
        return ()
    return request.FILES.getlist(PLAIN)
