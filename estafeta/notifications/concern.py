"""What may still leave or be shown: rights may have changed since it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from estafeta.accounts import tree
from estafeta.accounts.announcement_readers import readers_of
from estafeta.accounts.models import Announcement
from estafeta.accounts.standing import Standing
from estafeta.lib.prepared import Prepared
from estafeta.notifications import audience
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.kinds import Kind, calls, kind_of
from estafeta.notifications.models import Address, Delivery, IncludedEntry, Mute, Notification
from estafeta.notifications.models.address import fingerprint_of
from estafeta.notifications.talks import concern as of_talks
from estafeta.tickets.models import Participant, Ticket
from estafeta.tickets.performers import acknowledgement
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb

# Reasons stand in the ledger in English, as the answers of servers do.
FOREIGN = "The ticket no longer concerns this person."
DELETED = "What it tells of was deleted."
MOVED = "The ticket no longer stands in this department."
SWITCHED_OFF = "The person is switched off."
ANSWERED = "Somebody has answered meanwhile."
OVER = "The announcement is over or was withdrawn."
REMOVED = "The address was removed."
STOPPED = "The address is stopped or switched off."
UNCONFIRMED = "The address was never confirmed."
TOO_OLD = "It became too old."
NOT_MEANT = "The announcement is not for this person any more."
MUTED = "The person wants to hear no more of this ticket."
REASONS = frozenset(
    {
        FOREIGN, DELETED, MOVED, SWITCHED_OFF, ANSWERED, OVER, REMOVED, STOPPED, UNCONFIRMED,
        TOO_OLD, MUTED, NOT_MEANT, *of_talks.REASONS,
    }
)  # fmt: skip
"""None of them says that the other side has refused anything."""

TO_UNCONFIRMED = ("code",)
"""Notices that go to an address before anybody has proved that it is his."""


def still_concern(notifications: Iterable[Notification]) -> set[int]:
    """Ids of those whose person may still read them; three queries for any number.

    Of a summary one ticket that he still sees is enough; that is asked of those whose first is gone.
    """
    rows = list(notifications)
    if not rows:
        return set()
    present: dict[int, set[int]] = defaultdict(set)
    ties = Participant.objects.filter(
        ticket__in={row.ticket_id for row in rows}, person__in={row.person_id for row in rows}
    )
    for ticket, person in ties.values_list("ticket", "person"):
        present[ticket].add(person)
    standings = Standing.of_all({row.person for row in rows})
    return {
        row.pk
        for row in rows
        if audience.hears(row.person, standings[row.person_id], row.entry, present[row.ticket_id])
        or (row.amount > 1 and _concerns_of_others(row, standings[row.person_id]))
    }


def _concerns_of_others(row: Notification, standing: Standing) -> bool:
    if not standing.is_active or (row.entry.is_staff_only and not standing.is_agent):
        return False
    tickets = IncludedEntry.objects.filter(notification=row).values("entry__ticket")
    return Ticket.objects.visible_to(row.person).filter(pk__in=tickets).exists()


def objections(channel: Channel, deliveries: Sequence[Delivery]) -> dict[int, str]:
    """Why some of these must not leave after all, by their ids; asked just before they do."""
    told = [row.notification for row in deliveries if row.notification is not None]
    concern, silenced, strangers = still_concern(told), _silenced(told), _strangers(deliveries)
    barred = _barred_cards(channel, deliveries)
    talks = of_talks.objections(deliveries)
    found = {}
    for row in deliveries:
        if reason := (
            _of_address(channel, row, barred)
            or _of_what_it_tells(channel, row, concern)
            or channel.objection(row)
            or (MUTED if row.notification_id in silenced else "")
            or talks.get(row.pk, "")
            or (NOT_MEANT if row.pk in strangers else "")
            or _of_age(row)
        ):
            found[row.pk] = reason
    return found


def _silenced(told: Sequence[Notification]) -> set[int]:
    """Ids of those of whose ticket the person asked to hear no more since; as the fan-out judges."""
    rows = [row for row in told if row.amount == 1]
    if not rows:
        return set()
    muted = Mute.objects.filter(
        ticket__in={row.ticket_id for row in rows}, person__in={row.person_id for row in rows}
    )
    pairs = set(muted.values_list("ticket", "person"))
    return {row.pk for row in rows if (row.ticket_id, row.person_id) in pairs and not _calls(row)}


def _strangers(deliveries: Sequence[Delivery]) -> set[int]:
    """Ids of those whose person is not among the readers of the announcement any more."""
    found: set[int] = set()
    by_announcement: dict[Announcement, list[Delivery]] = defaultdict(list)
    for row in deliveries:
        if row.announcement is not None:
            by_announcement[row.announcement].append(row)
    for announcement, rows in by_announcement.items():
        readers = readers_of(announcement).filter(pk__in={row.person_id for row in rows})
        meant = set(readers.values_list("pk", flat=True))
        found |= {row.pk for row in rows if row.person_id not in meant}
    return found


def _calls(row: Notification) -> bool:
    if row.stands_in_for_id is not None:
        return kind_of(row.entry, row.stands_in_for_id) == Kind.MENTIONED
    return kind_of(row.entry, row.person_id) == Kind.MENTIONED or calls(row.entry, row.person_id)


def _barred_cards(channel: Channel, deliveries: Sequence[Delivery]) -> set[tuple[int | None, str]]:
    """Of those who are reached by their card: whose address there was stopped, and which."""
    people = {row.person_id for row in deliveries if row.target_id is None}
    if not channel.is_on_card or not people:
        return set()
    return set(_BARRED(channel=channel.name, people=sorted(filter(None, people))))


def _barred(channel: str, people: Sequence[int]) -> Any:
    rows = Address.objects.filter(channel=channel, person__in=people, stopped_at__isnull=False)
    return rows.order_by().values_list("person", "fingerprint")


_BARRED = Prepared(_barred)


def _of_address(channel: Channel, row: Delivery, barred: set[tuple[int | None, str]]) -> str:
    target = row.target
    if target is None:
        if row.person_id is None or not channel.is_on_card:
            return REMOVED
        is_barred = bool(barred) and (row.person_id, fingerprint_of(row.address)) in barred
        return STOPPED if is_barred else ""
    if target.stopped_at is not None or not target.is_on:
        return STOPPED
    is_proof = row.notice is not None and row.notice.get("name") in TO_UNCONFIRMED
    return "" if target.confirmed_at is not None or is_proof else UNCONFIRMED


def _of_what_it_tells(channel: Channel, row: Delivery, concern: set[int]) -> str:
    if row.person is not None and not row.person.is_active:
        return SWITCHED_OFF
    if row.announcement is not None:
        return OVER if row.announcement.state in ("withdrawn", "over") else ""
    if row.notification is not None and row.notification_id not in concern:
        return FOREIGN
    entry = row.notification.entry if row.notification is not None else row.entry
    if entry is None:
        return ""
    if entry.comment is not None and entry.comment.deleted_at is not None:
        return DELETED
    if entry.verb == Verb.ESCALATE and not acknowledgement.still_calls(entry.ticket):
        return ANSWERED
    if row.entry is None:
        return ""
    # That it was deleted is told to other systems, which keep a copy, and to nobody else.
    is_told = channel.hears_of_deletion and entry.verb == Verb.DELETE
    if entry.ticket.status == Status.DELETED and not is_told:
        return DELETED
    department = row.target.department_id if row.target is not None else None
    stands = entry.ticket.department_id
    if department in (None, stands) or department == tree.where_now(stands):
        return ""
    return MOVED


def _of_age(row: Delivery) -> str:
    return (row.error or TOO_OLD) if row.expires_at <= timezone.now() else ""
