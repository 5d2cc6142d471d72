"""What is begun and not sent: kept on the server for its writer, so that another device offers it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from estafeta.lib import clock
from estafeta.tickets.actions import values
from estafeta.tickets.models import Draft, Ticket
from estafeta.tickets.models.comment import CommentKind

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

KEPT = timedelta(days=30)


def keep(
    ticket: Ticket, *, by: Person, text: str, kind: str = "", answers: int | None = None
) -> Draft | None:
    """Keep it in place of what was kept; a text without words forgets it. Raises Invalid."""
    text = values.a_text(text)
    if not text:
        forget(ticket, by=by)
        return None
    is_note = kind == CommentKind.NOTE and by.is_agent
    about = ticket.comments.readable_by(by).filter(pk=answers).first() if answers else None
    draft, _is_new = Draft.objects.update_or_create(
        ticket=ticket,
        person=by,
        defaults={
            "text": text,
            "kind": CommentKind.NOTE if is_note else CommentKind.REPLY,
            "answers": about,
            "saved_at": clock.now(),
        },
    )
    return draft


def kept(ticket: Ticket, *, by: Person) -> Draft | None:
    """His own, if there is one."""
    rows = Draft.objects.filter(ticket=ticket, person=by)
    return rows.select_related("answers__author").first()


def forget(ticket: Ticket, *, by: Person) -> None:
    """It was sent, or is not wanted."""
    Draft.objects.filter(ticket=ticket, person=by).delete()


def forget_old() -> None:
    """What was left for weeks will not be sent."""
    Draft.objects.filter(saved_at__lt=clock.now() - KEPT).delete()
