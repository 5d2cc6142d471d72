"""How the pieces of a line read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from estafeta.tickets.models import Priority
from estafeta.tickets.quick_line.pieces import Doubt, NameKind

if TYPE_CHECKING:
    from estafeta.tickets.quick_line.pieces import Piece, Understood


def label_of(piece: Piece) -> str:
    """What the stretch says."""
    return {
        NameKind.PERSON: _("To whom"),
        NameKind.DEPARTMENT: _("Department"),
        NameKind.REQUESTER: _("For whom"),
        NameKind.TOPIC: _("Topic"),
        NameKind.DEADLINE: _("Deadline"),
        NameKind.PRIORITY: _("Priority"),
        NameKind.TAG: _("Tag"),
    }[piece.kind]


def value_of(piece: Piece) -> str:
    """What it says, in the words of the form."""
    if piece.moment is not None:
        local = localtime(piece.moment)
        weekday = date_format(local, "D")
        day, time = date_format(local, "DATE_FORMAT"), date_format(local, "TIME_FORMAT")
        return _("%(weekday)s, %(day)s, %(time)s") % {"weekday": weekday, "day": day, "time": time}
    if piece.kind is NameKind.PRIORITY:
        return str(Priority(piece.number or Priority.NORMAL).label)
    if piece.kind is NameKind.TAG:
        return f"#{piece.word}"
    return piece.known.name if piece.known else piece.word


def problem_of(line: Understood, piece: Piece) -> str:
    """Doubt it was not understood, as a sentence."""
    said = {"text": line.line[piece.start : piece.end]}
    if piece.why is Doubt.SEVERAL:
        return _("“%(text)s” may mean more than one. Choose.") % said
    if piece.why is Doubt.PAST:
        return _("“%(text)s” is over already.") % said
    if piece.why is Doubt.SECOND:
        return _("“%(text)s” is the second of its kind; it stays in the title.") % said
    return {
        NameKind.PERSON: _("Nobody and no department is called “%(text)s”."),
        NameKind.REQUESTER: _("Nobody is called “%(text)s”."),
        NameKind.TOPIC: _("There is no topic “%(text)s”; it stays in the title."),
        NameKind.DEADLINE: _("There is no such day: “%(text)s”; it stays in the title."),
        NameKind.PRIORITY: _("There is no priority “%(text)s”; it stays in the title."),
    }.get(piece.kind, _("“%(text)s” was not understood; it stays in the title.")) % said
