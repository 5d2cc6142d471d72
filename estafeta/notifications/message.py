"""What a notification says, in the language and time zone of the person who is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.models import Site
from estafeta.lib.markdown import plain
from estafeta.lib.text import excerpt
from estafeta.tickets import numbers, phrases
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Entry

LONGEST_QUOTE = 160
LONGEST_READ = 2000
"""A quote is made from the beginning: Markdown of a megabyte takes its time."""
KNOWN = {code for code, _label in settings.LANGUAGES}


@dataclass(frozen=True)
class Message:
    """Who did what to which ticket, and what he said about it."""

    number: int
    label: str
    subject: str
    actor: Person
    phrase: str
    quote: str
    notice: str
    files: str = ""
    """Names of what came with it, where the phrase does not say them."""
    amount: int = 1
    """So many tickets to which the same happened; this one was the first."""
    place: str = ""
    """Of the page that lists them."""
    instead_of: str = ""
    """Name of the absent person for whom the reader stands in."""

    @property
    def title(self) -> str:
        """The ticket in one line, or how many they are."""
        if self.amount > 1:
            told = ngettext("%(count)s ticket at once", "%(count)s tickets at once", self.amount)
            return told % {"count": self.amount}
        return f"{self.label} {self.subject}"

    @property
    def text(self) -> str:
        """What happened in one line, with the beginning of what was said."""
        told = f"{self.actor.name} {self.phrase}"
        if self.quote:
            told = f"{told} — {self.quote}"
        if self.instead_of:
            return _("For %(name)s: %(text)s") % {"name": self.instead_of, "text": told}
        return told

    @property
    def path(self) -> str:
        """The ticket's page, or the one that lists them."""
        return self.place or f"/tickets/{self.number}"


def message_of(entry: Entry, *, to: int) -> Message:
    """Phrase it to a person, in the language of the moment."""
    return Message(
        number=entry.ticket_id,
        label=numbers.signed(entry.ticket_id, entry.ticket.department_id),
        subject=entry.ticket.title,
        actor=entry.actor,
        phrase=phrases.phrase(entry, to=to),
        quote=excerpt(plain(said(entry)[:LONGEST_READ]), LONGEST_QUOTE) or _files_of(entry),
        notice=notice_of(entry),
        files=_files_of(entry),
    )


def notice_of(entry: Entry) -> str:
    """Whoever is called louder has to learn what this is and how it ends."""
    if entry.verb == Verb.ESCALATE:
        return _(
            "The ticket is urgent and nobody has answered yet. Take it or acknowledge it: "
            "then nobody else is called."
        )
    return phrases.notice(entry)


def _files_of(entry: Entry) -> str:
    """Nothing for verbs whose phrase names them."""
    return (
        "" if "%(files)s" in phrases.PHRASES[Verb(entry.verb)] else phrases.file_names(entry.facts)
    )


def said(entry: Entry) -> str:
    """What the actor wrote: a comment, the reason, the text of a new ticket."""
    if entry.comment is not None:
        return entry.comment.text
    if entry.verb == Verb.OPEN:
        return entry.ticket.text
    return phrases.reason(entry)


def language_of(person: Person | None) -> str:
    """The person's own language, or the site's."""
    for language in (person.language if person else "", Site.current().language):
        if language in KNOWN:
            return language
    return settings.LANGUAGE_CODE


@contextmanager
def speaking_to(person: Person | None) -> Iterator[None]:
    """Inside, texts are in the person's language and times in his zone, or in the house's own."""
    zone = (person and person.zone) or Site.current().zone
    with translation.override(language_of(person)), timezone.override(zone):
        yield
