"""Clients who have asked for an operator: one talk is over, one waits."""

from __future__ import annotations

from estafeta.chat.actions import write
from estafeta.chat.models import Reception, Room
from estafeta.chat.operators import handling
from estafeta.chat.operators.asking import ask
from estafeta.lib import clock
from estafeta.ops.demo.people import Place
from estafeta.ops.demo.texts import Texts
from estafeta.ops.demo.texts.shape import Question
from estafeta.ops.demo.worktime import WorkTime

ANSWERED_AFTER = 0.05
BETWEEN = 0.02
"""Hours."""


def put(place: Place, texts: Texts, worktime: WorkTime) -> None:
    """Open the receptions, and let everybody ask at his time."""
    for one in texts.receptions:
        Reception.objects.create(
            department=place.departments[one.department], is_open=True, about=one.about,
            greeting=one.greeting, days="1234567", opens_at=None, closes_at=None,
        )  # fmt: skip
    for question in sorted(texts.questions, key=lambda asked: -asked.hours):
        _talk(question, place, worktime)


def _talk(question: Question, place: Place, worktime: WorkTime) -> None:
    client, hours = place.people[question.client], question.hours
    first, *more = question.words
    with clock.standing_at(worktime.ago(hours)):
        room: Room = ask(place.departments[question.department], first, by=client)
    if not question.operator:
        return
    operator = place.people[question.operator]
    with clock.standing_at(worktime.ago(hours - ANSWERED_AFTER)):
        handling.accept(room, by=operator)
    for number, words in enumerate(more):
        with clock.standing_at(worktime.ago(hours - ANSWERED_AFTER - BETWEEN * (number + 1))):
            write(room, words, by=client if number % 2 else operator)
    with clock.standing_at(worktime.ago(hours - ANSWERED_AFTER - BETWEEN * (len(more) + 1))):
        handling.close(room, by=operator)
