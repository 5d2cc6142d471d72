"""What `serve` does before the first request: the database's shape, demo people, a greeting.

It happens in a child process of its own, so that the supervisor holds no database connection and
nothing of what this loads stays in memory.
"""

from __future__ import annotations

import json
import os
import sys
import traceback


def prepared_in_a_child(*, demo: bool) -> list[str] | None:
    """Prepare; give the lines to greet with, or None if it failed.

    In a line `{address}` stands for where the installation answers.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(reader)
            lines = _prepare(demo=demo)
            with os.fdopen(writer, "w") as pipe:
                json.dump(lines, pipe)
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
    return None if status else list(json.loads(text))


def _prepare(*, demo: bool) -> list[str]:
    from estafeta.ops import database

    database.bring_up_to_date(say=_say)
    from estafeta.ops import demo as demo_room
    from estafeta.signin.setup_code import set_up_address

    if demo and demo_room.is_possible():
        demo_room.load(say=_say)
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
