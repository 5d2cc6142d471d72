"""A thousand tickets taken at once, beside the bare SQL of the same rows and their journal.

Run inside an installation: `python -m bench.measure.bulk SIZE`. Both write the same rows of the same
tables in the same transactions; the bare one knows beforehand what to write.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bench.sizes import AGENTS

TICKETS = 1000
ROUNDS = 5


def measure() -> dict[str, float]:
    """Milliseconds of the best of some rounds each, in turns."""
    from estafeta.accounts.models import Department, Membership
    from estafeta.notifications import fan_out

    department = list(Department.objects.order_by("pk"))[AGENTS]
    rows = Membership.objects.filter(department=department, is_head=False).order_by("pk")
    agent = rows.select_related("person")[0].person
    found: dict[str, list[float]] = {"bare": [], "bulk": []}
    for _round in range(ROUNDS):
        for name, take in (("bare", _bare), ("bulk", _bulk)):
            numbers = _free(department, agent)
            began = time.perf_counter()
            take(numbers, agent)
            found[name].append((time.perf_counter() - began) * 1000)
    # Nobody is told of these twenty thousand entries while the next thing is measured.
    fan_out.skip_history()
    best = {name: min(times) for name, times in found.items()}
    return {**best, "ratio": best["bulk"] / best["bare"], "tickets": TICKETS}


def _free(department: Any, agent: Any) -> list[int]:
    from django.db import transaction

    from estafeta.tickets.actions import open_ticket

    with transaction.atomic():
        opened = [
            open_ticket(by=agent, title=f"Заявка {n}", department=department)
            for n in range(TICKETS)
        ]
    return [entry.ticket_id for entry in opened]


def _bulk(numbers: list[int], agent: Any) -> None:
    from estafeta.tickets.bulk import runs
    from estafeta.tickets.models import BulkRun
    from estafeta.tickets.verbs import Verb

    runs.AT_ONCE = TICKETS
    run = runs.begin(Verb.TAKE, numbers, by=agent, keywords={})
    assert len(run.done) == TICKETS, run.refused[:3]
    BulkRun.objects.filter(pk=run.pk).delete()


def _bare(numbers: list[int], agent: Any) -> None:
    from django.db import connection, transaction

    from estafeta.lib import clock
    from estafeta.tickets.bulk.runs import CHUNK
    from estafeta.tickets.models import Ticket

    now = clock.now()
    heads = dict(Ticket.objects.filter(pk__in=numbers).values_list("pk", "journal_head"))
    [department] = set(Ticket.objects.filter(pk__in=numbers).values_list("department", flat=True))
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        with transaction.atomic(), connection.cursor() as cursor:
            _write(cursor, chunk, heads, agent.pk, department, now)


def _write(
    cursor: Any, chunk: list[int], heads: dict[int, str], agent: int, department: int, now: datetime
) -> None:
    from django.db import connection

    from estafeta.lib import chain
    from estafeta.tickets.journal import chain_hash

    at = connection.ops.adapt_datetimefield_value(now)
    facts = {"joined": False}
    salts = {number: chain.new_salt() for number in chunk}
    hashes = {
        number: chain_hash(
            heads[number], ticket=number, seq=2, verb="take", actor=agent, on_behalf_of=None,
            via="system", at=now, facts=facts, comment=None, salt=salts[number],
        )
        for number in chunk
    }  # fmt: skip
    many: Callable[[str, list[Any]], Any] = cursor.executemany
    many(*_ties(chunk, agent, now))
    many(
        "UPDATE tickets_hold SET until = %s WHERE ticket_id = %s AND until IS NULL",
        [(at, n) for n in chunk],
    )
    many(
        "INSERT INTO tickets_hold (ticket_id, person_id, department_id, given_by_id, reason, since)"
        " VALUES (%s, %s, %s, %s, '', %s)",
        [(n, agent, department, agent, at) for n in chunk],
    )
    many(
        "INSERT INTO tickets_entry (ticket_id, seq, verb, actor_id, via, at, facts, previous_hash, "
        "hash, salt) VALUES (%s, 2, 'take', %s, 'system', %s, %s, %s, %s, %s)",
        [(n, agent, at, json.dumps(facts), heads[n], hashes[n], salts[n]) for n in chunk],
    )
    many(
        "UPDATE tickets_ticket SET status = 'in_progress', performer_id = %s, wait_for = '', "
        "wait_reason = '', wait_until = NULL, journal_length = 2, journal_head = %s, "
        "changed_at = %s WHERE number = %s",
        [(agent, hashes[n], at, n) for n in chunk],
    )
    many(
        "INSERT INTO tickets_readmark (ticket_id, person_id, seq) VALUES (%s, %s, 2) "
        "ON CONFLICT (person_id, ticket_id) DO UPDATE SET seq = excluded.seq",
        [(n, agent) for n in chunk],
    )
    for status, step in (("new", -len(chunk)), ("in_progress", len(chunk))):
        cursor.execute(
            "UPDATE tickets_tally SET amount = amount + %s WHERE department_id = %s "
            "AND status = %s",
            [step, department, status],
        )


def _ties(chunk: list[int], agent: int, now: datetime) -> tuple[str, list[Any]]:
    """The statement and its values, whatever columns a tie has today."""
    from django.db import connection

    from estafeta.tickets.models import Participant

    row = Participant(person_id=agent, is_performer=True, has_performed=True, taken_at=now)
    columns: list[Any] = [
        field
        for field in Participant._meta.concrete_fields
        if field.attname not in ("id", "ticket_id")
    ]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns]
    names = ", ".join(["ticket_id", *(field.column for field in columns)])
    marks = ", ".join(["%s"] * (len(columns) + 1))
    sql = f"INSERT INTO tickets_participant ({names}) VALUES ({marks})"
    return sql, [(number, *values) for number in chunk]


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    print(json.dumps(measure()))
