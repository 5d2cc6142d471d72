"""The least that could answer: bare ASGI, the SQL of a list or of a ticket, a small Jinja2 page.

No sessions, no rights, no ORM. Every figure of a page is given as a multiple of this.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from jinja2 import Environment

LIST = """SELECT t.number, t.title, t.status, t.priority, t.due, t.changed_at, d.name, p.name, r.name
FROM tickets_ticket t JOIN accounts_department d ON d.id = t.department_id
LEFT JOIN accounts_person p ON p.id = t.performer_id JOIN accounts_person r ON r.id = t.requester_id
WHERE t.department_id = {} AND t.status <> 'archived' ORDER BY t.changed_at DESC LIMIT 25"""
TICKET = """SELECT t.number, t.title, t.text_html, t.status, d.name, p.name
FROM tickets_ticket t JOIN accounts_department d ON d.id = t.department_id
LEFT JOIN accounts_person p ON p.id = t.performer_id WHERE t.number = {}"""
STORY = """SELECT e.seq, e.verb, e.at, e.facts, a.name, c.text_html FROM tickets_entry e
JOIN accounts_person a ON a.id = e.actor_id LEFT JOIN tickets_comment c ON c.id = e.comment_id
WHERE e.ticket_id = {} ORDER BY e.seq"""

pages = Environment(autoescape=True)
list_page = pages.from_string(
    "<!doctype html><title>List</title><table>{% for row in rows %}<tr>{% for cell in row %}"
    "<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
ticket_page = pages.from_string(
    "<!doctype html><title>{{ ticket[1] }}</title><h1>{{ ticket[1] }}</h1>{{ ticket[2]|safe }}"
    "<ol>{% for row in rows %}<li>{{ row[4] }} {{ row[1] }} {{ row[2] }} {{ row[5] or '' }}</li>"
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
    if kind == "list":
        rows = _connection.execute(LIST.format(int(number))).fetchall()
        body = list_page.render(rows=rows).encode()
    else:
        ticket = _connection.execute(TICKET.format(int(number))).fetchone()
        rows = _connection.execute(STORY.format(int(number))).fetchall()
        body = ticket_page.render(ticket=ticket, rows=rows).encode()
    headers = [(b"content-type", b"text/html"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
