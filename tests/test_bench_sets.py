"""The data sets of the bench are what the product itself would have written."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECK = """
from estafeta.ops.django_setup import load_django
load_django()
from django.db import connection
from estafeta.lib import fulltext, markdown
from estafeta.tickets.lists import tallies
from estafeta.tickets.models import Comment, Hold, Participant, Ticket
from estafeta.tickets.lists.search import matching
from estafeta.tickets.statuses import OPEN_STATUSES
from estafeta.tickets.proof.verify_quickly import verify_all
from estafeta.accounts.models import Person
from bench.sizes import RARE_WORD, SIZES

assert not list(verify_all()), "the journal is not whole"
assert Ticket.objects.count() == SIZES["tiny"].tickets
held = set(Hold.objects.filter(until=None).values_list("ticket", flat=True))
assert held == set(Ticket.objects.open().values_list("pk", flat=True)), "holds"
for ticket in Ticket.objects.filter(performer=None).open():
    assert not Participant.objects.filter(ticket=ticket, is_performer=True).exists()
for comment in Comment.objects.all()[:200]:
    assert comment.text_html == markdown.render(comment.text)
director = Person.objects.filter(is_director=True)[0]
found = set(matching(Ticket.objects.visible_to(director), RARE_WORD, reader=director))
wanted = {t for t in Ticket.objects.all() if RARE_WORD in t.text}
wanted |= {c.ticket for c in Comment.objects.filter(text__contains=RARE_WORD)}
assert found == wanted and len(found) > 15, (len(found), len(wanted))
for ticket in Ticket.objects.all()[:50]:
    for word in ticket.title.split():
        seen = Ticket.objects.visible_to(director)
        assert matching(seen, word, reader=director).filter(pk=ticket.pk).exists(), word
kept = tallies.by_department()
tallies.recount()
assert kept == tallies.by_department(), "tallies"
"""


def run(*command: str, env: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-3000:]


@pytest.fixture
def environment(tmp_path):
    """A data folder, and on PostgreSQL a database, for this test alone."""
    made = os.environ | {
        "ESTAFETA_DATA": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "estafeta.settings",
    }
    url = os.environ.get("ESTAFETA_DATABASE_URL", "")
    if not url:
        yield made
        return
    name = f"bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield made | {"ESTAFETA_DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
def test_a_generated_set_passes_the_check_of_the_journal(environment) -> None:
    run(sys.executable, "-m", "bench.sets.load", "tiny", env=environment)
    run(sys.executable, "-c", CHECK, env=environment)
