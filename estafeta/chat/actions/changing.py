"""Correcting what one has said: for some minutes, by whoever said it, with trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Site
from estafeta.chat import files as room_files
from estafeta.chat import log, mentions, permissions, search
from estafeta.chat.actions.values import a_text
from estafeta.chat.errors import Invalid, NotNow
from estafeta.chat.models import ChangeKind, Mention, Message, Room, RoomFile, Wording
from estafeta.chat.permissions import Deed, Relation
from estafeta.lib import clock
from estafeta.lib.markdown import handles

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


def edit(message: Message, text: str, *, by: Person) -> Message:
    """Change what you wrote. What it said before stays readable; who was called is not called again.

    Raises NotAllowed, NotNow, Invalid.
    """
    shown = mentions.read(a_text(text, required=False), message.room)
    with transaction.atomic():
        row = _own_and_fresh(message, Deed.EDIT, by)
        names = list(row.files.there().values_list("name", flat=True))
        text = a_text(text, required=not names)
        if text == row.text:
            raise Invalid("text", _("Nothing was changed."))
        earlier = {handle.lower() for handle in handles(row.text)}
        _keep_wording(row)
        row.text, row.text_html, row.edited_at = text, shown.html, clock.now()
        row.save(update_fields=["text", "text_html", "edited_at"])
        anew = [p for p in shown.people if p.pk != by.pk and str(p.login).lower() not in earlier]
        for person in anew:
            Mention.objects.get_or_create(message=row, person=person)
        search.index(row, names)
        log.note(ChangeKind.EDITED, row.room, by=by, message=row)
    return row


def take_back(message: Message, *, by: Person) -> Message:
    """Delete what you wrote: everybody sees that something was taken back, nobody what.

    Its files go too. Raises NotAllowed, NotNow.
    """
    with transaction.atomic():
        row = _own_and_fresh(message, Deed.TAKE_BACK, by)
        _keep_wording(row)
        gone = list(row.files.there().select_for_update(of=("self",)))
        row.files.there().update(removed_at=clock.now())
        row.text = row.text_html = ""
        row.deleted_at = clock.now()
        row.save(update_fields=["text", "text_html", "deleted_at"])
        row.mentions.all().delete()
        search.forget(row.pk)
        room = row.room
        if room.last_message_id == row.pk:
            room.last_message = room.messages.written().order_by("-pk").first()
            room.save(update_fields=["last_message"])
        log.note(ChangeKind.TAKEN_BACK, room, by=by, message=row)
        transaction.on_commit(lambda: _drop_bytes(gone))
    return row


def is_too_late(message: Message) -> bool:
    """Whether the time to correct it has passed."""
    return message.may_be_changed_until(Site.current().comment_change_minutes) <= clock.now()


def _own_and_fresh(message: Message, deed: Deed, by: Person) -> Message:
    room = Room.objects.select_for_update(no_key=True).get(pk=message.room_id)
    row = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
    row.room = room
    permissions.require(deed, Relation(by, room, row))
    if row.deleted_at is not None:
        raise NotNow(_("This message was taken back."))
    if is_too_late(row):
        raise NotNow(_too_late(Site.current().comment_change_minutes))
    return row


def _drop_bytes(gone: Iterable[RoomFile]) -> None:
    for file in gone:
        room_files.drop_bytes(file)


def _too_late(minutes: int) -> str:
    if not minutes:
        return _("What was sent cannot be changed here.")
    return ngettext(
        "A message can be changed for %(minutes)s minute after it was written.",
        "A message can be changed for %(minutes)s minutes after it was written.",
        minutes,
    ) % {"minutes": minutes}


def _keep_wording(message: Message) -> None:
    Wording.objects.create(message=message, text=message.text, until=clock.now())
