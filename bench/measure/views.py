"""Twenty saved views counted together, beside as many counted one by one.

Run inside an installation: `python -m bench.measure.views`.
"""

from __future__ import annotations

import json
import time
from typing import Any

from bench.sizes import AGENTS

QUERIES = (
    "", "status=new", "status=open", "deadline=late", "deadline=today", "performer=me",
    "performer=nobody", "performer=others", "priority=4", "priority=3,4", "unread=yes", "author=me",
    "waits=acceptance", "waits=answer", "via=mail", "status=open&topic=none", "status=waiting",
    "1.match=any&1.priority=4&1.deadline=late", "match=any&1.status=new&2.unread=yes",
    "1.match=none&1.status=new&1.performer=me",
)  # fmt: skip
ROUNDS = 7


def measure() -> dict[str, float]:
    """Milliseconds of the best of some rounds each, and how many queries they took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from estafeta.accounts.models import Department, Membership
    from estafeta.tickets.lists import saved_views
    from estafeta.tickets.models import SavedView

    department = list(Department.objects.order_by("pk"))[AGENTS]
    rows = Membership.objects.filter(department=department, is_head=False).order_by("pk")
    agent = rows.select_related("person")[0].person
    views = [
        SavedView(pk=number, list="inbox", query=query, owner=agent)
        for number, query in enumerate(QUERIES, 1)
    ]

    def together() -> Any:
        return saved_views.counts(views, agent)

    def apart() -> Any:
        return {pk: n for view in views for pk, n in saved_views.counts([view], agent).items()}

    assert together() == apart()
    with CaptureQueriesContext(connection) as asked:
        together()
    return {
        "together": _best(together), "apart": _best(apart), "queries": len(asked),
        "views": len(views),
    }  # fmt: skip


def _best(act: Any) -> float:
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    print(json.dumps(measure()))
