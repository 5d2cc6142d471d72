"""Signs under comments: said with one tap, kept without an entry, and nobody is called for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from estafeta.lib import clock
from estafeta.lib.prepared import Prepared
from estafeta.tickets.errors import Invalid, NotNow
from estafeta.tickets.models import Comment, Reaction, Sign, Ticket
from estafeta.tickets.statuses import ALLOWED, Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@dataclass
class Signs:
    """Of one kind under one comment: who gave it, and whether the reader did."""

    sign: Sign
    people: list[str] = field(default_factory=list)
    is_mine: bool = False

    @property
    def amount(self) -> int:
        """How many gave it."""
        return len(self.people)


def react(ticket: Ticket, number: int, sign: str, *, by: Person, give: bool | None = None) -> bool:
    """Give the sign or take it back; `None`: the other way round. Tells whether it stands now.

    `ticket` is one that the person sees. Raises Invalid, NotNow.
    """
    if sign not in Sign.values:
        raise Invalid("sign", _("There is no such sign."))
    if Verb.REPLY not in ALLOWED[Status(ticket.status)]:
        raise NotNow(Verb.REPLY, ticket)
    with transaction.atomic():
        rows = Comment.objects.select_for_update().filter(ticket=ticket, deleted_at=None)
        comment = rows.readable_by(by).filter(pk=number).first()
        if comment is None:
            raise Invalid("comment", _("There is no such comment here."))
        own = Reaction.objects.filter(comment=comment, person=by, sign=sign)
        stands = not own.exists() if give is None else give
        if stands:
            Reaction.objects.get_or_create(
                comment=comment, person=by, sign=sign, defaults={"at": clock.now()}
            )
        else:
            own.delete()
        any_left = stands or comment.reactions.exists()
        comment.reacted_at = clock.now() if any_left else None
        comment.save(update_fields=["reacted_at"])
    return stands


def signs_under(comments: Collection[Comment], reader: Person) -> dict[int, list[Signs]]:
    """By comment, in the order of the enum; one query, and none where there are no signs."""
    signed = [comment.pk for comment in comments if comment.reacted_at]
    found: dict[int, dict[str, Signs]] = {}
    for row in _REACTIONS(comments=signed) if signed else ():
        of_one = found.setdefault(row.comment_id, {})
        signs = of_one.setdefault(row.sign, Signs(Sign(row.sign)))
        signs.people.append(row.person.name)
        signs.is_mine |= row.person_id == reader.pk
    return {
        number: [of_one[sign] for sign in Sign.values if sign in of_one]
        for number, of_one in found.items()
    }


_REACTIONS: Prepared[Reaction] = Prepared(
    lambda comments: (
        Reaction.objects.filter(comment__in=comments).select_related("person").order_by("pk")
    )
)
