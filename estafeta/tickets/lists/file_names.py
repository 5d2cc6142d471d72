"""Files by their names while the index does not know all of them yet, after an upgrade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from estafeta.tickets.lists import search
from estafeta.tickets.models import Attachment, Renewal
from estafeta.tickets.models.renewal import FILE_NAMES

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def known_up_to() -> int | None:
    """The ticket up to which the index knows names of files; None where it knows all."""
    rows = Renewal.objects.filter(name=FILE_NAMES, finished_at=None)
    return rows.values_list("up_to", flat=True).first()


def rule(words: str, files: Sequence[str], *, reader: Person) -> Q:
    """Tickets with these words and files so called."""
    found = search.rule(words, reader=reader, files=files)
    known = known_up_to() if files else None
    if known is None:
        return found
    looked_for = search.rule(words, reader=reader) if words else Q()
    for name in files:
        looked_for &= _by_looking(name, reader, behind=known)
    return found | looked_for


def _by_looking(name: str, reader: Person, *, behind: int) -> Q:
    # SQLite knows no small letters but Latin ones: the usual ways of writing are tried one by one.
    ways = {name, name.lower(), name.upper(), name.capitalize(), name.title()}
    named = Q(name__icontains=name)
    for way in ways:
        named |= Q(name__contains=way)
    files = Attachment.objects.sent().there().readable_by(reader).filter(named, ticket__gt=behind)
    return Q(pk__in=files.order_by().values("ticket"))
