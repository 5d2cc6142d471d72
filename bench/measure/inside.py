"""Run inside an installation: sessions of its people, and what the measurements have to know."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from typing import Any

from bench.sizes import AGENTS, BIG, HEADS, MAILED, RARE_WORD, SIZES

TICKETS_EACH = 100
COMMITS = 200


def session(person: Any) -> str:
    """A signed-in session of the person, as the Cookie header."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def cast(size: str, listeners: int) -> dict[str, Any]:
    """Cookies and ids."""
    from estafeta.accounts.models import Department, Membership, Person

    sizes = SIZES[size].departments
    rows = list(Department.objects.order_by("pk"))

    def members(place: int, *, head: bool) -> list[Any]:
        found = Membership.objects.filter(department=rows[place], is_head=head).order_by("pk")
        return [row.person for row in found.select_related("person")]

    people = {
        "agent": members(AGENTS, head=False)[0],
        "head": members(HEADS, head=True)[0],
        "director": Person.objects.filter(is_director=True).order_by("pk")[0],
    }
    one = members(BIG, head=False)[0]
    crowd = members(BIG, head=False)[:listeners]
    return {
        "cookies": {role: session(person) for role, person in people.items()},
        "tickets": {role: _tickets(person) for role, person in people.items()},
        "department": rows[AGENTS].pk, "big": rows[BIG].pk, "big_size": sizes[BIG],
        "mailed": rows[sizes.index(MAILED)].pk, "one": one.pk, "one_home": rows[BIG].pk,
        "crowd": [session(person) for person in crowd],
        "csrf": _csrf_name(),
    }  # fmt: skip


def _csrf_name() -> str:
    from django.conf import settings

    return str(settings.CSRF_COOKIE_NAME)


def _tickets(person: Any) -> list[int]:
    """What a person looks at: the newest, and some that are older."""
    from estafeta.tickets.models import Ticket

    seen = Ticket.objects.visible_to(person).order_by("-changed_at").values_list("pk", flat=True)
    newest = list(seen[: TICKETS_EACH // 2])
    return newest + list(seen[TICKETS_EACH : TICKETS_EACH + TICKETS_EACH // 2])


def bare(size: str) -> dict[str, float]:
    """Milliseconds of the bare SQL of a search, and of a bare commit."""
    from django.db import connection

    from estafeta.lib import fulltext

    [group] = fulltext.wanted(RARE_WORD)
    if connection.vendor == "postgresql":
        query = " | ".join(f"'{stem}':*" for stem in group)
        sql = (
            "SELECT ticket FROM tickets_search WHERE public @@ %s::tsquery OR staff @@ %s::tsquery"
        )
        words = [query, query]
    else:
        words = [" OR ".join(f'"{stem}" *' for stem in group)]
        sql = "SELECT rowid FROM tickets_search WHERE tickets_search MATCH %s"

    def search(cursor: Any) -> None:
        cursor.execute(sql, words)
        cursor.fetchall()

    def commit(cursor: Any) -> None:
        cursor.execute("INSERT INTO bench_scratch (word) VALUES ('x')")

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_scratch")
        cursor.execute("CREATE TABLE bench_scratch (word varchar(9))")
        found = {"search": _median(search, cursor), "commit": _median(commit, cursor)}
        cursor.execute("DROP TABLE bench_scratch")
    return found


def _median(run: Any, cursor: Any) -> float:
    times = []
    for _ in range(COMMITS):
        began = time.perf_counter()
        run(cursor)
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    what, size, *rest = sys.argv[1:]
    print(json.dumps(cast(size, int(rest[0])) if what == "cast" else bare(size)))
