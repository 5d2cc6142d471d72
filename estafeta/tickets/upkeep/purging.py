"""What was deleted can be removed for good, and the protocol of it is all that stays.

Each ticket's journal is a chain of its own, so that no other chain breaks when one goes. The protocol
keeps how the chain ended and the hash of each of its entries, and protocols form a chain themselves:
a ticket that is missing without one was not removed by the product. See the ADR on purging.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from estafeta.accounts import security
from estafeta.accounts.models.security_entry import Kind
from estafeta.lib import clock
from estafeta.tickets.actions import values
from estafeta.tickets.errors import Invalid, NotAllowed
from estafeta.tickets.files import attachments
from estafeta.tickets.lists import search
from estafeta.tickets.models import (
    Entry,
    Hold,
    Link,
    Participant,
    PendingDeadline,
    PendingHandOver,
    Purge,
    ReadMark,
    Submission,
    Tag,
    Tagging,
    Tally,
    Ticket,
)
from estafeta.tickets.proof import protocols
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

LOCK = 0x65737462
"""One purge at a time: protocols are a chain."""


def purge(ticket: Ticket, *, by: Person, reason: str) -> Purge:
    """Remove a deleted ticket, and those merged into it, with all they hold; the protocol stays.

    Raises NotAllowed, Invalid. Bytes of files go after the transaction; what a crash leaves behind
    the schedule removes.
    """
    if not by.is_active or not by.standing.is_administrator:
        raise NotAllowed(Verb.DELETE)
    reason = values.a_reason(reason, required=True)
    with transaction.atomic():
        _one_at_a_time()
        rows = Ticket.with_deleted.select_for_update().order_by("pk")
        row = rows.filter(pk=ticket.pk, status=Status.DELETED).first()
        if row is None:
            raise Invalid("", _("Only what is deleted can be removed for good."))
        merged = _merged_into(row)
        made = [_remove(one, by=by, reason=reason) for one in (*merged, row)]
        security.record(
            Kind.TICKET_PURGED, by=by, name=f"#{row.pk}", because=reason,
            merged=[one.pk for one in merged],
        )  # fmt: skip
    attachments.forget_due()
    return made[-1]


def _merged_into(ticket: Ticket) -> list[Ticket]:
    """Everything whose story is told as part of this one, the deepest first."""
    found: list[Ticket] = []
    rows = Ticket.with_deleted.select_for_update().order_by("pk")
    for one in rows.filter(merged_into=ticket):
        found += [*_merged_into(one), one]
    return found


def _one_at_a_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _remove(ticket: Ticket, *, by: Person, reason: str) -> Purge:
    protocol = _write_down(ticket, by=by, reason=reason)
    attachments.let_go(ticket)
    Ticket.with_deleted.filter(parent=ticket).update(parent=None)
    Ticket.with_deleted.filter(merged_into=ticket).update(merged_into=None)
    Link.objects.filter(models.Q(ticket=ticket) | models.Q(other=ticket)).delete()
    tags = list(ticket.taggings.values_list("tag", flat=True))
    for kind in (
        Submission,
        PendingHandOver,
        PendingDeadline,
        Hold,
        Participant,
        ReadMark,
        Tagging,
    ):
        kind.objects.filter(ticket=ticket).delete()
    _forget_tags(tags)
    # Its rows refuse to be deleted by the way they are usually asked for.
    models.QuerySet(Entry).filter(ticket=ticket).delete()
    ticket.comments.update(answers=None)
    ticket.comments.all().delete()
    search.forget(ticket.pk)
    Tally.objects.filter(department=ticket.department_id, status=ticket.status).update(
        amount=models.F("amount") - 1
    )
    models.QuerySet(Ticket).filter(pk=ticket.pk).delete()
    return protocol


def _forget_tags(tags: list[int]) -> None:
    """What no ticket bears any more is suggested to nobody; a tag that is being hung stays."""
    locked = Tag.objects.select_for_update(skip_locked=True).filter(pk__in=tags).order_by("pk")
    numbers = list(locked.values_list("pk", flat=True))
    Tag.objects.borne_by_none().filter(pk__in=numbers).delete()


def _write_down(ticket: Ticket, *, by: Person, reason: str) -> Purge:
    entries = Entry.objects.filter(ticket=ticket).order_by("seq")
    last = Purge.objects.order_by("-seq").first()
    protocol = Purge(
        seq=last.seq + 1 if last else 1, number=ticket.pk, at=clock.now(), by=by, reason=reason,
        counts={
            "entries": ticket.journal_length, "comments": ticket.comments.count(),
            "files": ticket.attachments.count(),
        },
        seals=[list(row) for row in entries.values_list("pk", "seq", "hash")],
        previous_hash=last.hash if last else "",
    )  # fmt: skip
    protocol.hash = protocols.hash_of(protocol)
    protocol.save()
    return protocol
