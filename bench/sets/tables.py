"""Which table and columns the generated rows belong to; columns added since get their defaults."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import models

from estafeta.notifications.models import Notification
from estafeta.tickets.models import Comment, Entry, Hold, Participant, ReadMark, Ticket

SOURCES: dict[str, tuple[type[models.Model], str]] = {
    "ticket": (
        Ticket,
        """number title text text_html topic_id status priority department_id performer_id
        author_id author_department_id requester_id organisation_id acceptance due wait_for
        wait_reason wait_until passes returns opened_at changed_at closed_at journal_length
        journal_head""",
    ),
    "comment": (Comment, "id ticket_id author_id kind text text_html written_at"),
    "entry": (
        Entry,
        "id ticket_id seq verb actor_id on_behalf_of_id via at facts comment_id previous_hash hash",
    ),
    "hold": (Hold, "id ticket_id person_id department_id given_by_id reason since until"),
    "participant": (
        Participant,
        "id ticket_id person_id is_addressee is_performer has_performed acknowledged_at is_current",
    ),
    "read_mark": (ReadMark, "id ticket_id person_id seq"),
    "notification": (Notification, "id person_id entry_id ticket_id created_at seen_at"),
}


@dataclass(frozen=True)
class Table:
    """Where rows go; `rest` are the values of columns that the generator does not know."""

    name: str
    key: str
    columns: tuple[str, ...]
    rest: tuple[Any, ...]


def tables() -> dict[str, Table]:
    """All tables that are loaded in bulk, besides the search index."""
    found = {}
    for name, (model, columns) in SOURCES.items():
        known = columns.split()
        fields = {field.column: field for field in model._meta.concrete_fields}
        if unknown := set(known) - set(fields):
            raise SystemExit(f"{model.__name__} has no longer {unknown}: mend bench/sets/tables.py")
        extra = {column: _default(fields[column]) for column in fields if column not in known}
        key = model._meta.pk.column
        assert key is not None
        found[name] = Table(model._meta.db_table, key, (*known, *extra), tuple(extra.values()))
    return found


def _default(field: models.Field[Any, Any]) -> Any:
    value = field.get_default()
    if value is None and not field.null:
        raise SystemExit(f"{field} needs a value: mend bench/sets/tables.py")
    return json.dumps(value) if isinstance(field, models.JSONField) else value
