"""What `serve` does before the first request: the database's shape, demo people, a greeting.

It happens in a child process of its own, so that the supervisor holds no database connection and
nothing of what this loads stays in memory.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Ready:
    """The lines to greet with, and the language of the installation.

    In a line `{address}` stands for where the installation answers.
    """

    greeting: list[str]
    language: str


def prepared_in_a_child(*, demo: bool) -> Ready | None:
    """Prepare; None if it failed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(reader)
            ready = _prepare(demo=demo)
            with os.fdopen(writer, "w") as pipe:
                json.dump(asdict(ready), pipe)
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    return None if status else Ready(**json.loads(text))


def _prepare(*, demo: bool) -> Ready:
    from estafeta.accounts.models import Site
    from estafeta.ops import database
    from estafeta.ops import demo as demo_room

    database.bring_up_to_date(say=_say)
    if demo and demo_room.is_possible():
        demo_room.load(say=_say)
    return Ready(_greeting(), Site.current().language)


def _greeting() -> list[str]:
    from estafeta.ops import demo as demo_room
    from estafeta.signin.setup_code import set_up_address

    if set_up := set_up_address("{address}"):
        return ["Nobody has set up this installation yet. Do it here:", f"  {set_up}"]
    logins = demo_room.logins()
    if not logins:
        return []
    width = max(map(len, logins))
    return [
        f"Demo people (password for all: {demo_room.password()})",
        *(f"  {login:<{width}}  {who}" for login, who in logins.items()),
    ]


def _say(line: str) -> None:
    print(line, flush=True)
