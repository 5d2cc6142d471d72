"""Correcting what one has said: for some minutes, by whoever said it, with trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Site
from estafeta.lib import chain, clock
from estafeta.tickets import journal
from estafeta.tickets.actions import values
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.conversation import mentions
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files import attachments
from estafeta.tickets.lists import search
from estafeta.tickets.models import Attachment, Comment, Ticket, Wording
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.EDIT_COMMENT)
def edit_comment(ticket: Ticket, *, by: Person, comment: int, text: str) -> Done:
    """Change what you wrote, for some minutes after you wrote it.

    What it said before is kept for staff. Messages that were sent already are not sent again.
    """
    row = own_and_fresh(ticket, by, comment)
    text = values.a_text(text, required=not row.attachments.there().exists())
    if text == row.text:
        raise Invalid("text", _("Nothing was changed."))
    facts: dict[str, Any] = {
        "old": _keep_wording(ticket, row), "text": journal.text_digest(text, salt := chain.new_salt()),
    }  # fmt: skip
    shown = mentions.read(text, by=by, ticket=ticket)
    facts |= mentions.tie(ticket, mentions.anew(shown.people, row.text), by=by, is_note=row.is_note)
    row.text, row.text_html, row.salt, row.edited_at = text, shown.html, salt, clock.now()
    row.save(update_fields=["text", "text_html", "salt", "edited_at"])
    search.index(ticket)
    return Done(facts, row)


@action(Verb.DELETE_COMMENT)
def delete_comment(ticket: Ticket, *, by: Person, comment: int) -> Done:
    """Take back what you wrote, for some minutes after you wrote it.

    Everybody sees that something was deleted; staff can still read what it was. Its files go too.
    """
    row = own_and_fresh(ticket, by, comment)
    facts: dict[str, Any] = {"old": _keep_wording(ticket, row)}
    if files := list(row.attachments.there().select_for_update(of=("self",))):
        facts["files"] = [attachments.facts_of(file) for file in files]
        row.attachments.there().update(removed_at=clock.now())
        transaction.on_commit(lambda: _drop_bytes(files))
    row.text = row.text_html = ""
    row.salt, row.deleted_at, row.reacted_at = None, clock.now(), None
    row.save(update_fields=["text", "text_html", "salt", "deleted_at", "reacted_at"])
    row.reactions.all().delete()
    search.index(ticket)
    return Done(facts, row)


def own_and_fresh(ticket: Ticket, by: Person, comment: int) -> Comment:
    """The person's own comment that may still be changed. Raises Invalid."""
    row = ticket.comments.readable_by(by).filter(pk=comment, deleted_at=None).first()
    if row is None:
        raise Invalid("comment", _("There is no such comment here."))
    if row.author_id != by.pk:
        raise Invalid("comment", _("Only who wrote a comment can change it."))
    minutes = Site.current().comment_change_minutes
    if row.may_be_changed_until(minutes) <= clock.now():
        raise Invalid("comment", too_late(minutes))
    return row


def too_late(minutes: int) -> str:
    """Why a comment stays as it is."""
    if not minutes:
        return _("What was sent cannot be changed here.")
    return ngettext(
        "A comment can be changed for %(minutes)s minute after it was written. Write another one.",
        "A comment can be changed for %(minutes)s minutes after it was written. Write another one.",
        minutes,
    ) % {"minutes": minutes}


def _drop_bytes(files: Iterable[Attachment]) -> None:
    for file in files:
        attachments.drop_bytes(file)


def _keep_wording(ticket: Ticket, comment: Comment) -> str:
    """Lay the present text aside; its digest goes into the entry that comes next."""
    Wording.objects.create(
        comment=comment, seq=ticket.journal_length + 1, text=comment.text, salt=comment.salt
    )
    return journal.text_digest(comment.text, comment.salt)
