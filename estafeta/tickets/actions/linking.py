"""What one ticket has to do with another: both tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.actions.aftermath import Before
from estafeta.tickets.errors import Invalid
from estafeta.tickets.models import Link, LinkWord, Ticket
from estafeta.tickets.permissions import Relation
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

MOST_LINKS = 100


@action(Verb.LINK)
def link(ticket: Ticket, *, by: Person, other: Ticket, kind: str) -> Done:
    """Say that it relates to, blocks, is blocked by, duplicates or is duplicated by another ticket.

    Whoever sees both is shown it on both.
    """
    if kind not in LinkWord.values:
        raise Invalid("kind", _("There is no such link."))
    word, there = LinkWord(kind), seen_by(by, ticket, other)
    ends = _ends(ticket, other, word)
    if Link.objects.filter(Q(ticket=ticket) | Q(other=ticket)).count() >= MOST_LINKS:
        raise Invalid("other", _("A ticket has at most %(most)s links.") % {"most": MOST_LINKS})
    row, made = Link.objects.get_or_create(ticket=ends[0], other=ends[1], kind=word.kind)
    if not made:
        raise Invalid("other", _("They are linked like this already."))
    _contradiction(row)
    mark_related(ticket, other)
    told = Done({"other": ticket.pk, "link": word.inverse})
    return Done({"other": other.pk, "link": word}, besides=[(there, told)])


@action(Verb.UNLINK)
def unlink(ticket: Ticket, *, by: Person, other: Ticket, kind: str) -> Done:
    """Take back what was said about it and the other ticket."""
    if kind not in LinkWord.values:
        raise Invalid("kind", _("There is no such link."))
    word, there = LinkWord(kind), seen_by(by, ticket, other)
    ends = _ends(ticket, other, word)
    gone, _tables = Link.objects.filter(
        ticket=ends[0], other=ends[1], kind=word.kind
    ).delete()  # fmt: skip
    if not gone:
        raise Invalid("other", _("They are not linked like this any more."))
    told = Done({"other": ticket.pk, "link": word.inverse})
    return Done({"other": other.pk, "link": word}, besides=[(there, told)])


def seen_by(by: Person, ticket: Ticket, other: Ticket) -> Before:
    """The other ticket as it is before the verb. Raises Invalid where the person does not see it."""
    relation = Relation.between(by, other)
    if not relation.sees():
        raise Invalid("other", _("There is no ticket %(number)s.") % {"number": other.pk})
    if other.pk == ticket.pk:
        raise Invalid("other", _("This is the ticket itself."))
    return Before.of(relation)


def mark_related(*tickets: Ticket) -> None:
    """From now on it is worth looking what else belongs to them."""
    for ticket in tickets:
        ticket.is_related = True
        ticket.save(update_fields=["is_related"])


def _ends(ticket: Ticket, other: Ticket, word: LinkWord) -> tuple[Ticket, Ticket]:
    """As the row keeps them: what relates has no direction, so there the older one is first."""
    turned = ticket.pk > other.pk if word is LinkWord.RELATES else not word.is_forward
    return (other, ticket) if turned else (ticket, other)


def _contradiction(row: Link) -> None:
    """Two tickets cannot block each other, nor duplicate each other."""
    if Link.objects.filter(ticket=row.other_id, other=row.ticket_id, kind=row.kind).exists():
        raise Invalid("kind", _("They are linked the other way round already."))
