"""Messages as the talk draws them: days, groups of one author, what they answer, their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from markupsafe import Markup

from estafeta.chat import phrases
from estafeta.chat.models import Message, RoomFile
from estafeta.desk.chat.files import card
from estafeta.desk.files.shown import Card
from estafeta.lib import markdown
from estafeta.lib.text import excerpt

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

TOGETHER = timedelta(minutes=5)
"""What one says within so short a time stands under one name."""
QUOTED = 120


@dataclass
class Quote:
    """The message that is answered."""

    id: int
    name: str
    text: str


@dataclass
class Shown:
    """One message."""

    row: Message
    is_mine: bool
    is_first: bool
    """Of a group: with picture and name."""
    day: str = ""
    """The day that begins with it, in words."""
    is_new: bool = False
    """The first that the reader has not read."""
    line: str = ""
    quote: Quote | None = None
    files: list[Card] = field(default_factory=list)

    @property
    def html(self) -> Markup:
        """Sanitised when it was written."""
        return Markup(self.row.text_html)


def of(
    rows: Sequence[Message], reader: Person, *, before: Message | None, read_to: int | None = None
) -> list[Shown]:
    """In their order; `before` is the one above them. One query, for files."""
    cards = _cards(rows)
    found: list[Shown] = []
    is_new_met = read_to is None
    for row in rows:
        shown = Shown(
            row, row.author_id == reader.pk, _begins(row, before), _day(row, before),
            line=phrases.of_line(row), quote=_quote(row), files=cards[row.pk],
        )  # fmt: skip
        if not is_new_met and row.pk > (read_to or 0) and not shown.is_mine and not row.is_line:
            shown.is_new = shown.is_first = is_new_met = True
        found.append(shown)
        before = row
    return found


def day_in_words(day: date) -> str:
    """Today, yesterday, or the date."""
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return date_format(day, "DATE_FORMAT")


def _day(row: Message, before: Message | None) -> str:
    day = timezone.localdate(row.written_at)
    if before is not None and timezone.localdate(before.written_at) == day:
        return ""
    return day_in_words(day)


def _begins(row: Message, before: Message | None) -> bool:
    if before is None or before.is_line or row.is_line or before.author_id != row.author_id:
        return True
    return row.written_at - before.written_at > TOGETHER or bool(_day(row, before))


def _quote(row: Message) -> Quote | None:
    answered = row.answers
    if answered is None or row.deleted_at is not None:
        return None
    words = excerpt(markdown.plain(answered.text), QUOTED)
    if answered.deleted_at is not None:
        words = _("This message was taken back.")
    return Quote(answered.pk, answered.author.short_name, words or _("File"))


def _cards(rows: Sequence[Message]) -> dict[int, list[Card]]:
    found: dict[int, list[Card]] = defaultdict(list)
    wanted = [row.pk for row in rows if row.deleted_at is None and not row.is_line]
    if wanted:
        for file in RoomFile.objects.there().filter(message__in=wanted).order_by("pk"):
            found[file.message_id or 0].append(card(file))
    return found
