"""The whole of what a director sees, as CSV and XLSX: how long it takes, and whether memory stays flat.

Run inside an installation: `python -m bench.measure.exporting`.
"""

from __future__ import annotations

import json
import resource
import time
from typing import Any

KINDS = ("csv", "xlsx")


def measure() -> dict[str, Any]:
    """Rows, and for each kind seconds, megabytes sent, and by how much the process grew."""
    from django.conf import settings
    from django.test import Client

    from bench.measure.inside import session
    from estafeta.accounts.models import Person
    from estafeta.tickets.models import Ticket

    director = Person.objects.filter(is_director=True).order_by("pk")[0]
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"cookie": session(director)})
    found: dict[str, Any] = {"rows": Ticket.objects.visible_to(director).count()}
    for kind in KINDS:
        _sent(client, kind, "?status=new&q=1")  # what is made once is made now
        before, began = _peak(), time.perf_counter()
        amount = _sent(client, kind)
        found[kind] = {
            "seconds": time.perf_counter() - began, "megabytes": amount / 1e6,
            "grown": _peak() - before,
        }  # fmt: skip
    return found


def _sent(client: Any, kind: str, query: str = "") -> int:
    answer = client.get(f"/lists/all/export.{kind}{query}")
    assert answer.status_code == 200, answer.status_code
    return sum(len(piece) for piece in answer.streaming_content)


def _peak() -> float:
    """Megabytes that the process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    print(json.dumps(measure()))
