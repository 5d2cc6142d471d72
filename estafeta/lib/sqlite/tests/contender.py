"""One of several processes that write to the same database; started by test_contention.py.

Usage: contender.py DATABASE SECONDS [HOLD]. Prints writes done, errors and the worst wait as JSON.
"""

import json
import sys
import time

from estafeta.lib.sqlite.bundled import use_bundled_sqlite

use_bundled_sqlite()

import django  # noqa: E402
from django.conf import settings  # noqa: E402


def main(database: str, seconds: float, hold: float) -> None:
    """Write as fast as the others allow, holding each transaction for a moment."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "estafeta.lib.sqlite", "NAME": database}},
        USE_TZ=True,
    )
    django.setup()
    from django.db import OperationalError, connection, transaction

    connection.ensure_connection()
    writes = errors = 0
    worst = 0.0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked = time.monotonic()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                worst = max(worst, time.monotonic() - asked)
                cursor.execute("SELECT total FROM counter")
                (total,) = cursor.fetchone()
                time.sleep(hold)
                cursor.execute("UPDATE counter SET total = %s", [total + 1])
            with connection.cursor() as cursor:
                cursor.execute("UPDATE counter SET total = total + 1")
            writes += 2
        except OperationalError:
            errors += 1
    json.dump({"writes": writes, "errors": errors, "worst": worst}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.005)
