"""Makes one data set in the database of the environment: `python -m bench.sets.load SIZE`."""

from __future__ import annotations

import random
import sys
import time

from bench.sizes import SIZES, Size

REPORT_SECONDS = 10.0


def load(size: Size) -> None:
    """Migrate, make the people, play the years, settle what is derived."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    began = time.monotonic()
    _fill(size)
    print(f"{size.name}: made in {time.monotonic() - began:.0f} s", flush=True)


class Report:
    """Says every few seconds how far it is."""

    def __init__(self, size: Size) -> None:
        self.size, self.began = size, time.monotonic()
        self.said = self.began

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.said >= REPORT_SECONDS:
            self.said = now
            print(
                f"{self.size.name}: {done * 100 // total} % in {now - self.began:.0f} s", flush=True
            )


def _fill(size: Size) -> None:
    from django.db import connection

    from bench.sets.chronicle import Chronicle
    from bench.sets.organisation import organise
    from bench.sets.prose import Prose
    from estafeta.accounts.models import Person
    from estafeta.notifications.models import Progress
    from estafeta.tickets.lists import tallies

    dice = random.Random(size.people)
    made = organise(size, dice)
    system = Person.objects.system().pk
    chronicle = Chronicle(size, made, Prose(dice), dice, system=system)
    sink = _sink(connection.vendor)
    chronicle.write(sink, progress=Report(size))
    print(f"{size.name}: indexes and statistics", flush=True)
    sink.finish()
    tallies.recount()
    Progress.objects.update_or_create(pk=1, defaults={"entry": chronicle.counts["entry"]})


def _sink(vendor: str) -> "IntoSqlite | IntoPostgresql":  # noqa: F821, UP037
    if vendor == "postgresql":
        from bench.sets.into_postgresql import IntoPostgresql

        return IntoPostgresql()
    from bench.sets.into_sqlite import IntoSqlite

    return IntoSqlite()


if __name__ == "__main__":
    from estafeta.ops.django_setup import load_django

    load_django()
    load(SIZES[sys.argv[1]])
