"""A process inside an installation that does what a test says: acts as people, looks at rows."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Self

from tests.services.installation import ROOT, Installation

LOOP = """
import json, sys
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from estafeta.accounts.models import *
from estafeta.notifications.models import *
from estafeta.tickets import actions
from estafeta.tickets.models import *
from tests.cast import *
from tests.orders import *

def sign_in(login):
    person = Person.objects.get(login=login)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key

world = globals()
print("null", flush=True)
for line in sys.stdin:
    world.pop("answer", None)
    exec(json.loads(line), world)
    print(json.dumps(world.get("answer")), flush=True)
"""


class Insider:
    """Runs pieces of Python, one after another, in one process; `cast` is the named cast."""

    def __init__(self, made: Installation) -> None:
        self._process = subprocess.Popen(
            made.command("shell", "-c", LOOP),
            env=made.environment,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        made.started.append(self._process)
        self._answer()

    def do(self, code: str) -> Any:
        """Run it; give what it has put into `answer`."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def ask(self, expression: str) -> Any:
        """Give the value of an expression."""
        return self.do(f"answer = {expression}")

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the process inside the installation has ended; see its traceback"
        return json.loads(line)
