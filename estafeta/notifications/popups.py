"""Notifications as open pages show them at once: what the live stream and its stand-in send."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min

from estafeta.notifications import kinds
from estafeta.notifications.concern import still_concern
from estafeta.notifications.content import GATHERED, of_notification
from estafeta.notifications.message import language_of, speaking_to
from estafeta.notifications.models import MessageTemplate, Notification
from estafeta.notifications.summary import message_about
from estafeta.notifications.wishes import POPUP
from estafeta.notifications.wording import applying
from estafeta.tickets import phrases


class Popup(NamedTuple):
    """One notification for one person; `data` is JSON in his language."""

    id: int
    person: int
    data: str


def newest() -> int:
    """Give the id of the last notification of anybody."""
    return Notification.objects.aggregate(newest=Max("pk"))["newest"] or 0


def is_remembered(after: int) -> bool:
    """Whether nothing after this id has been forgotten since (see `tidy.py`)."""
    oldest = Notification.objects.aggregate(oldest=Min("pk"))["oldest"] or 0
    return oldest <= after + 1


def between(
    after: int, up_to: int, people: Collection[int], *, most: int
) -> tuple[list[Popup], int]:
    """Give these people's pop-ups after one id, the oldest first, and up to which id that is all.

    That id is less than `up_to` where there are more than `most`.
    """
    if after >= up_to or not people:
        return [], up_to
    found = Notification.objects.filter(pk__gt=after, pk__lte=up_to, person__in=people)
    rows = list(found.with_what_happened().select_related("person").order_by("pk")[:most])
    reached = rows[-1].pk if len(rows) == most else up_to
    allowed = still_concern(rows)
    rows = [row for row in rows if row.pk in allowed]
    unseen = _unseen_of({row.person_id for row in rows})
    said: dict[Hashable, dict[str, Any]] = {}
    popups = []
    for row in rows:
        called = phrases.calls(row.entry, row.person_id)
        own_words = row.pk if row.amount > 1 else row.stands_in_for_id
        with speaking_to(row.person):
            template = _template_for(row)
            # Words of administrators may name whoever reads them.
            reader = row.person_id if template else 0
            zone = row.person.time_zone
            key = (row.entry_id, language_of(row.person), zone, called, own_words, reader)
            if key not in said:
                said[key] = _card(row, template)
        own = {"id": row.pk, "seen": row.seen_at is not None, "quiet": row.is_quiet}
        card = {**own, "unread": unseen.get(row.person_id, 0), **said[key]}
        popups.append(Popup(row.pk, row.person_id, json.dumps(card, ensure_ascii=False)))
    return popups, reached


def _template_for(row: Notification) -> MessageTemplate | None:
    event = GATHERED if row.amount > 1 else kinds.kind_of(row.entry, row.person_id).value
    return applying.template_for(event, POPUP)


def _card(row: Notification, template: MessageTemplate | None) -> dict[str, Any]:
    message, actor = message_about(row), row.entry.actor
    title, text = message.title, message.text
    if template is not None:
        ticket = row.entry.ticket if row.amount == 1 else None
        content = replace(of_notification(row), title=title, text=text)
        own = applying.tried(template, content, ticket=ticket, recipient=row.person.name)
        title, text = own.title, own.text
    return {
        "title": title,
        "text": text,
        "url": message.path,
        # A summary is no news of the ticket that happens to be open.
        "ticket": row.ticket_id if row.amount == 1 else 0,
        "avatar": {
            "initials": actor.initials,
            "hue": actor.hue,
            "photo": actor.photo_url,
        },
    }


def _unseen_of(people: Collection[int]) -> dict[int, int]:
    rows = Notification.objects.filter(person__in=people).unseen().order_by()
    return dict(rows.values("person").annotate(n=Count("pk")).values_list("person", "n"))
