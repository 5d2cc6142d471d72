"""The least that could answer: bare ASGI, the SQL of a list or of a ticket, a plain Jinja2 page.

The same rows with the same facts as the product's page (names, deadline, who held it for how long,
what has been read, the story), but no sessions, no rights, no ORM, no navigation, no words in
several languages. Every figure of a page is given as a multiple of this.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from jinja2 import Environment

LIST = """SELECT t.number, t.title, t.status, t.priority, t.due, t.changed_at, t.journal_length,
d.name, p.name, r.name, r.room, o.name FROM tickets_ticket t
JOIN accounts_department d ON d.id = t.department_id
LEFT JOIN accounts_person p ON p.id = t.performer_id JOIN accounts_person r ON r.id = t.requester_id
LEFT JOIN accounts_organisation o ON o.id = r.organisation_id
WHERE t.department_id = {} AND t.status <> 'archived' ORDER BY t.changed_at DESC LIMIT 25"""
HOLDS = """SELECT h.ticket_id, h.since, h.until, h.reason, p.name FROM tickets_hold h
LEFT JOIN accounts_person p ON p.id = h.person_id WHERE h.ticket_id IN ({}) ORDER BY h.id"""
MARKS = "SELECT ticket_id, seq FROM tickets_readmark WHERE person_id = 7 AND ticket_id IN ({})"
TICKET = """SELECT t.number, t.title, t.text_html, t.status, d.name, p.name, r.name, r.phone
FROM tickets_ticket t JOIN accounts_department d ON d.id = t.department_id
LEFT JOIN accounts_person p ON p.id = t.performer_id JOIN accounts_person r ON r.id = t.requester_id
WHERE t.number = {}"""
STORY = """SELECT e.seq, e.verb, e.at, e.facts, a.name, c.text_html FROM tickets_entry e
JOIN accounts_person a ON a.id = e.actor_id LEFT JOIN tickets_comment c ON c.id = e.comment_id
WHERE e.ticket_id = {} ORDER BY e.seq"""
PEOPLE = """SELECT p.name, x.is_performer, x.acknowledged_at FROM tickets_participant x
JOIN accounts_person p ON p.id = x.person_id WHERE x.ticket_id = {}"""

pages = Environment(autoescape=True)
pages.globals["relay"] = pages.from_string(
    "{% macro relay(holds) %}<span class=relay>{% for h in holds %}<i title='{{ h[4] or '' }}: "
    "{{ h[3] }}' data-since='{{ h[1] }}' data-until='{{ h[2] or '' }}'></i>{% endfor %}</span>"
    "{% endmacro %}"
).module.relay  # type: ignore[attr-defined]
list_page = pages.from_string(
    "<!doctype html><title>List</title><table>{% for t in rows %}<tr class='{{ t[2] }}'>"
    "<td>{% if marks.get(t[0], 0) < t[6] %}<b>new</b>{% endif %}<a href='/tickets/{{ t[0] }}'>"
    "{{ t[0] }}</a><td>{{ t[1] }}<p>{{ t[9] }}, {{ t[10] }}, {{ t[11] or '' }}, {{ t[7] }}</p>"
    "<td>{{ t[8] or '' }}{{ relay(holds.get(t[0], ())) }}<td>{{ t[2] }}<td>{{ t[3] }}<td>{{ t[4] }}"
    "<td>{{ t[5] }}</tr>{% endfor %}</table>"
)
ticket_page = pages.from_string(
    "<!doctype html><title>{{ t[1] }}</title><h1>{{ t[1] }}</h1>{{ t[2]|safe }}<p>{{ t[3] }}, "
    "{{ t[4] }}, {{ t[5] or '' }}, {{ t[6] }}, {{ t[7] }}</p>{{ relay(holds) }}"
    "<ul>{% for p in people %}<li>{{ p[0] }} {{ p[1] }} {{ p[2] or '' }}{% endfor %}</ul>"
    "<ol>{% for e in story %}<li>{{ e[4] }} {{ e[1] }} {{ e[2] }} {{ e[3] }} {{ (e[5] or '')|safe }}"
    "{% endfor %}</ol>"
)

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_connection: Any = None


def _connect() -> Any:
    if url := os.environ.get("ESTAFETA_DATABASE_URL"):
        import psycopg

        return psycopg.connect(url, autocommit=True).cursor()
    from pysqlite3 import dbapi2

    file = os.path.join(os.environ["ESTAFETA_DATA"], "estafeta.sqlite3")
    cursor = dbapi2.connect(file, isolation_level=None).cursor()
    cursor.execute("PRAGMA mmap_size = 134217728")
    return cursor


async def application(scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
    """`/list/<department>` and `/ticket/<number>`."""
    global _connection
    if scope["type"] != "http":
        return
    _connection = _connection or _connect()
    kind, number = scope["path"].strip("/").split("/")
    body = (_list if kind == "list" else _ticket)(int(number)).encode()
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _rows(sql: str, *values: Any) -> list[Any]:
    return list(_connection.execute(sql.format(*values)).fetchall())


def _list(department: int) -> str:
    rows = _rows(LIST, department)
    numbers = ",".join(str(row[0]) for row in rows)
    holds: dict[int, list[Any]] = {}
    for hold in _rows(HOLDS, numbers):
        holds.setdefault(hold[0], []).append(hold)
    return list_page.render(rows=rows, holds=holds, marks=dict(_rows(MARKS, numbers)))


def _ticket(number: int) -> str:
    [ticket] = _rows(TICKET, number)
    story, people = _rows(STORY, number), _rows(PEOPLE, number)
    return ticket_page.render(t=ticket, story=story, people=people, holds=_rows(HOLDS, number))
