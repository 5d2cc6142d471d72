"""Saying something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from estafeta.chat import files as room_files
from estafeta.chat import log, mentions, permissions, search
from estafeta.chat.actions.seats import read_to
from estafeta.chat.actions.values import a_text
from estafeta.chat.errors import Invalid
from estafeta.chat.models import Mention, Message, Room
from estafeta.chat.permissions import Deed, Relation
from estafeta.lib import clock
from estafeta.lib.request_keys import Key, KeyReused

if TYPE_CHECKING:
    from estafeta.accounts.called import Read
    from estafeta.accounts.models import Person


def write(
    room: Room,
    text: str,
    *,
    by: Person,
    files: Sequence[int] = (),
    answers: int | None = None,
    submission: Key | None = None,
) -> Message:
    """Say it in a room that `by` sees; `files` are ids of drafts, `answers` that of a message.

    Sent again with the same key it gives what was said the first time. Raises NotAllowed, Invalid,
    KeyReused.
    """
    text = a_text(text, required=not files)
    shown = mentions.read(text, room)
    try:
        with transaction.atomic():
            return _write(room, text, shown, by, files, answers, submission)
    except IntegrityError:
        # The same submission at the same moment was faster.
        if submission and (said := known(by, submission)):
            return said
        raise


def _write(
    room: Room, text: str, shown: Read, by: Person,
    files: Sequence[int], answers: int | None, submission: Key | None,
) -> Message:  # fmt: skip
    row = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    if submission and (said := known(by, submission)):
        return said
    permissions.require(Deed.WRITE, Relation(by, row))
    sent = room_files.drafts(files, by=by)
    message = Message(
        room=row, author=by, text=text, text_html=shown.html, written_at=clock.now(),
        answers_id=_answered(row, answers),
        submission=submission.key if submission else None,
        submission_digest=submission.digest if submission else "",
    )  # fmt: skip
    log.say(message)
    room_files.send_with(message, sent)
    search.index(message, [file.name for file in sent])
    called = [person for person in shown.people if person.pk != by.pk]
    Mention.objects.bulk_create([Mention(message=message, person=person) for person in called])
    row.last_message, row.last_at = message, message.written_at
    row.save(update_fields=["last_message", "last_at"])
    room.last_message, room.last_at = message, message.written_at
    read_to(row, message.pk, by=by)
    return message


def known(by: Person, submission: Key) -> Message | None:
    """What was said with this key already. Raises KeyReused."""
    row = Message.objects.filter(author=by, submission=submission.key).first()
    if row is not None and row.submission_digest != submission.digest:
        raise KeyReused(submission.key)
    return row


def _answered(room: Room, number: int | None) -> int | None:
    if number is None:
        return None
    row = room.messages.written().filter(pk=number).first()
    if row is None:
        raise Invalid("answers", _("The message that you answer is no longer here."))
    return row.pk
