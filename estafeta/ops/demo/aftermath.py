"""What is left to settle when the month has been played: who has read what, who was told what."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from estafeta.accounts.models import Person
from estafeta.notifications.models import Progress
from estafeta.tickets.models import Entry, ReadMark, Ticket


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


def nobody_is_told_of(*, until: datetime) -> None:
    """History makes no mails and no pop-ups; what is younger the worker tells as always."""
    last = Entry.objects.filter(at__lte=until).order_by("-pk").values_list("pk", flat=True).first()
    Progress.objects.update_or_create(pk=1, defaults={"entry": last or 0})
