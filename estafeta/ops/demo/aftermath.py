"""What is left to settle when the month has been played: who has read what, who was told what."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime

from estafeta.accounts.models import Person
from estafeta.notifications.models import Progress
from estafeta.ops.demo.people import Place
from estafeta.ops.demo.texts import Texts
from estafeta.tickets.conversation import answer_templates
from estafeta.tickets.conversation.reactions import react
from estafeta.tickets.models import Comment, Entry, ReadMark, Sign, Ticket
from estafeta.tickets.models.comment import CommentKind
from estafeta.tickets.statuses import Status

SIGNED = 0.3
"""So many of those who were answered give a sign."""


def everything_read(people: list[Person], *, until: datetime) -> None:
    """Staff and clients have read what they see, as it was at that moment; the rest is unread."""
    read: dict[int, int] = defaultdict(int)
    for ticket, seq in Entry.objects.filter(at__lte=until).values_list("ticket", "seq"):
        read[ticket] = max(read[ticket], seq)
    for person in people:
        known = dict(ReadMark.objects.filter(person=person).values_list("ticket", "seq"))
        seen = Ticket.objects.visible_to(person).filter(pk__in=list(read))
        ReadMark.objects.bulk_create(
            [
                ReadMark(ticket_id=ticket, person=person, seq=read[ticket])
                for ticket in seen.values_list("pk", flat=True)
                if read[ticket] > known.get(ticket, 0)
            ],
            update_conflicts=True, unique_fields=["person", "ticket"], update_fields=["seq"],
        )  # fmt: skip


def signs(chance: random.Random) -> None:
    """Some who were answered have said thanks with a sign."""
    replies = Comment.objects.filter(kind=CommentKind.REPLY).select_related("ticket__requester")
    open_ones = replies.exclude(ticket__status__in=(Status.ARCHIVED, Status.CANCELLED))
    for comment in open_ones.order_by("pk"):
        requester = comment.ticket.requester
        if comment.author_id != requester.pk and chance.random() < SIGNED:
            sign = chance.choice((Sign.THANKS, Sign.THANKS, Sign.AGREED))
            react(comment.ticket, comment.pk, sign, by=requester)


def templates(place: Place, texts: Texts) -> None:
    """Answers written once: some of one person, some of a department, one for all."""
    for one in texts.templates:
        where, by = answer_templates.EVERYBODYS, place.people["admin"]
        if one.place in place.departments:
            where = answer_templates.Place(department=place.departments[one.place])
        elif one.place:
            where, by = answer_templates.OWN, place.people[one.place]
        answer_templates.save(by=by, title=one.title, text=one.text, place=where)


def nobody_is_told_of(*, until: datetime) -> None:
    """History makes no mails and no pop-ups; what is younger the worker tells as always."""
    last = Entry.objects.filter(at__lte=until).order_by("-pk").values_list("pk", flat=True).first()
    Progress.objects.update_or_create(pk=1, defaults={"entry": last or 0})
