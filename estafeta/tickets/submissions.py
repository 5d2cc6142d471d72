"""The same form or request sent twice acts once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from django.db import IntegrityError, transaction

from estafeta.lib.request_keys import Key, KeyReused
from estafeta.tickets.models import Submission

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Entry

__all__ = ["Key", "KeyReused", "SentMeanwhile", "acts_once", "is_sent", "known", "remember"]

P = ParamSpec("P")


class SentMeanwhile(Exception):
    """The same submission, sent at the same moment, was faster; nothing of this one stays."""


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
    row.entry.is_repeated = True
    return row.entry


def is_sent(person: Person, key: str) -> bool:
    """Whether a form with this key has done its work."""
    return Submission.objects.filter(person=person, key=key).exists()


def remember(person: Person, submission: Key, entry: Entry) -> None:
    """Keep it with what it made, in the same transaction. Raises SentMeanwhile."""
    try:
        with transaction.atomic():
            Submission.objects.create(
                person=person, key=submission.key, digest=submission.digest,
                ticket_id=entry.ticket_id, entry=entry,
            )  # fmt: skip
    except IntegrityError as error:
        raise SentMeanwhile(submission.key) from error


def acts_once(act: Callable[P, Entry]) -> Callable[P, Entry]:
    """Around a verb's transaction: the slower of two at once is undone, and finds what the faster made."""

    @wraps(act)
    def settled(*args: P.args, **kwargs: P.kwargs) -> Entry:
        try:
            return act(*args, **kwargs)
        except SentMeanwhile:
            return act(*args, **kwargs)

    return settled
