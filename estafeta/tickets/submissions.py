"""The same form or request sent twice acts once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from estafeta.tickets.models import Submission

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Entry


class KeyReused(Exception):
    """The key was used before for something else (422 in the API)."""


@dataclass(frozen=True)
class Key:
    """Chosen by the sender; `digest` tells whether the same thing is sent again."""

    key: str
    digest: str


def known(person: Person, submission: Key) -> Entry | None:
    """The entry this submission already made, if any. Raises KeyReused."""
    row = (
        Submission.objects.filter(person=person, key=submission.key)
        .select_related("entry__ticket")
        .first()
    )
    if row is None:
        return None
    if row.digest != submission.digest:
        raise KeyReused(submission.key)
    return row.entry


def remember(person: Person, submission: Key, entry: Entry) -> None:
    """Keep it with what it made, in the same transaction."""
    Submission.objects.create(
        person=person, key=submission.key, digest=submission.digest,
        ticket_id=entry.ticket_id, entry=entry,
    )  # fmt: skip
