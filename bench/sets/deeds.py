"""What each verb does to a `Life`, and the facts it leaves, as canonical JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.sets.life import Life
from bench.sets.organisation import Organised

Deed = Callable[[Life, int, int, Any], str]


class Deeds:
    """One method a verb: life, actor, second, what the verb needs; gives the facts."""

    def __init__(self, made: Organised) -> None:
        self.people = {pk: f'{{"id":{pk},"name":"{name}"}}' for pk, name in made.names.items()}
        self.departments = {
            pk: f'{{"id":{pk},"name":"{name}"}}' for pk, name in made.department_names.items()
        }
        self.table: dict[str, Deed] = {
            "take": self._take, "assign": self._assign, "hand_over": self._hand_over,
            "wait": self._wait, "resume": self._resume, "set_priority": self._set_priority,
            "complete": self._complete, "return_to_work": self._return, "accept": self._accept,
            "archive": self._archive, "reply": self._comment, "note": self._comment,
        }  # fmt: skip

    def opening(self, life: Life) -> str:
        """The facts of the first entry."""
        people = ",".join(self.people[pk] for pk in life.participants)
        return (
            f'{{"deadline":null,"department":{self.departments[life.department]},'
            f'"people":[{people}],"priority":{life.priority},'
            f'"requester":{self.people[life.requester]},"text":"{life.body.digest}",'
            f'"title":"{life.title.text}"}}'
        )

    def _place(self, life: Life) -> str:
        people = self.people[life.performer] if life.performer else ""
        return f'{{"department":{self.departments[life.department]},"people":[{people}]}}'

    def _take(self, life: Life, by: int, at: int, what: Any) -> str:
        life.perform(by, by, at)
        return '{"joined":false}'

    def _assign(self, life: Life, by: int, at: int, what: Any) -> str:
        before = self._place(life)
        life.perform(what, by, at)
        life.tie(what, addressee=True)
        return (
            f'{{"department":{self.departments[life.department]},"from":{before},'
            f'"people":[{self.people[what]}],"reason":""}}'
        )

    def _hand_over(self, life: Life, by: int, at: int, what: Any) -> str:
        before, (department, heir) = self._place(life), what
        life.department = department
        life.passes += 1
        life.perform(heir, by, at, "Это к вам")
        life.tie(heir, addressee=True)
        return (
            f'{{"department":{self.departments[department]},"from":{before},"notice":"",'
            f'"passes":{life.passes},"people":[{self.people[heir]}],"reason":"Это к вам"}}'
        )

    def _wait(self, life: Life, by: int, at: int, what: Any) -> str:
        life.status, life.wait_for = "waiting", what
        return f'{{"reason":"Ждём поставку","until":null,"wait_for":"{what}"}}'

    def _resume(self, life: Life, by: int, at: int, what: Any) -> str:
        life.status, life.wait_for = "in_progress", ""
        return "{}"

    def _set_priority(self, life: Life, by: int, at: int, what: Any) -> str:
        old, life.priority = life.priority, what
        return f'{{"new":{what},"old":{old},"reason":""}}'

    def _complete(self, life: Life, by: int, at: int, what: Any) -> str:
        if life.acceptance == "nobody":
            life.close(at, "done")
            return '{"accepted":true,"reason":"Сделано"}'
        life.status = "review"
        return '{"accepted":false,"reason":"Сделано"}'

    def _return(self, life: Life, by: int, at: int, what: Any) -> str:
        life.returns += 1
        life.closed, life.status = None, "in_progress"
        life.hold(life.performer, by, at, "Не работает")
        return f'{{"reason":"Не работает","returns":{life.returns}}}'

    def _accept(self, life: Life, by: int, at: int, what: Any) -> str:
        life.close(at, "done")
        return '{"reason":""}'

    def _archive(self, life: Life, by: int, at: int, what: Any) -> str:
        was, life.status = life.status, "archived"
        return f'{{"was":"{was}"}}'

    def _comment(self, life: Life, by: int, at: int, what: Any) -> str:
        return f'{{"text":"{what.digest}"}}'
