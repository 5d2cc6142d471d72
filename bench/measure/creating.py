"""Opening tickets: to a person, to a department of two hundred, and with mails to twenty."""

from __future__ import annotations

import asyncio
import time
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.measure.client import Answer, Connection, WrongAnswerError
from bench.measure.environment import PORT
from bench.measure.relay import Slow
from bench.sizes import MAILED

SECRET = "b" * 32
"""Of the CSRF cookie; the form sends the same."""
PAUSE_SECONDS = 0.6
MAIL_SECONDS = 30.0


async def _open(connection: Connection, fields: dict[str, str]) -> tuple[float, Answer]:
    body = urlencode({"csrfmiddlewaretoken": SECRET, "whose": "me", **fields}).encode()
    headers = "Content-Type: application/x-www-form-urlencoded\r\n"
    began = time.perf_counter()
    answer = await connection.ask("/tickets/new", body=body, headers=headers)
    took = (time.perf_counter() - began) * 1000
    if answer.status != 303:
        raise WrongAnswerError(f"{answer.status} for a new ticket: {answer.text[:500]}")
    return took, answer


def _connection(cast: dict[str, Any]) -> Connection:
    return Connection(PORT, f"{cast['cookies']['agent']}; {cast['csrf']}={SECRET}")


def _fields(number: int, cast: dict[str, Any], to: str) -> dict[str, str]:
    fields = {"title": f"Новая заявка {number}", "text": "Принтер не печатает, каб. 214."}
    if to == "one":
        return {**fields, "department": str(cast["one_home"]), "people": str(cast["one"])}
    return {**fields, "department": str(cast[to])}


async def _one_after_the_other(cast: dict[str, Any], rounds: int) -> list[float]:
    connection = _connection(cast)
    times = [(await _open(connection, _fields(n, cast, "one")))[0] for n in range(rounds)]
    connection.close()
    return times


async def _alternate(cast: dict[str, Any], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"one": [], "big": []}
    connection = _connection(cast)
    for number in range(rounds):
        for to, found in times.items():
            took, _answer = await _open(connection, _fields(number, cast, to))
            found.append(took)
            # The worker tells two hundred people meanwhile; that is not the request's time.
            await asyncio.sleep(PAUSE_SECONDS)
    connection.close()
    return times


def measure_creating(cast: dict[str, Any], *, rounds: int) -> dict[str, float]:
    """Milliseconds until the answer, asked for like a page: one request after the other.

    For the department's size there are pauses, in which the worker tells its two hundred people.
    """
    asyncio.run(_alternate(cast, 3))
    alone = median(asyncio.run(_one_after_the_other(cast, 2 * rounds)))
    times = asyncio.run(_alternate(cast, rounds))
    one, big = median(times["one"]), median(times["big"])
    return {"alone": alone, "one": one, "big": big, "ratio": big / one}


def measure_mails(cast: dict[str, Any], slow: Slow, *, rounds: int) -> dict[str, float]:
    """The answer's time while a slow relay has mails to take, and when the last mail has left."""
    asyncio.run(_alternate(cast, 2))  # both web processes have answered once
    slow.wait_until_quiet()
    answers, lasts, firsts = [], [], []
    for number in range(rounds):
        before = len(slow.moments)
        began = time.perf_counter()
        took, _answer = asyncio.run(_open(_connection(cast), _fields(number, cast, "mailed")))
        answers.append(took)
        last = slow.wait_for(before + MAILED, seconds=MAIL_SECONDS)
        if last is None:
            raise WrongAnswerError(f"{len(slow.moments) - before} mails of {MAILED} came")
        firsts.append(slow.moments[before] - began)
        lasts.append(last - began)
    return {"answer": median(answers), "first_mail": median(firsts), "last_mail": median(lasts)}
