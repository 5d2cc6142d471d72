"""Does the planned steps through the real verbs, each at its moment."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from estafeta.lib import clock
from estafeta.ops.demo.people import Place
from estafeta.ops.demo.steps import Step
from estafeta.tickets import actions
from estafeta.tickets.files.uploading import keep_draft
from estafeta.tickets.models import Ticket
from estafeta.tickets.via import Via, coming_via

REPORT_EVERY = 200


class Player:
    """Keeps the tickets of the month by their count in the plan."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.tickets: dict[int, Ticket] = {}

    def play(self, steps: Iterable[Step], *, say: Callable[[str], object]) -> None:
        """Do all steps in the order of their moments."""
        ordered = sorted(steps, key=lambda step: step.at)
        for done, step in enumerate(ordered, 1):
            with clock.standing_at(step.at), coming_via(self._door(step)):
                self._do(step)
            if done % REPORT_EVERY == 0:
                say(f"  {done * 100 // len(ordered)} % of the month")

    def _door(self, step: Step) -> Via:
        return Via.SCHEDULE if step.by == "system" else Via.DESK

    def _do(self, step: Step) -> None:
        by, words = self.place.people[step.by], self._resolved(step)
        if step.verb == "open_ticket":
            self.tickets[step.ticket] = actions.open_ticket(by=by, **words).ticket
            return
        makes = words.pop("makes", None)
        entry = getattr(actions, step.verb)(self.tickets[step.ticket], by=by, **words)
        if makes is not None:
            self.tickets[makes] = Ticket.objects.get(pk=entry.facts["other"])

    def _resolved(self, step: Step) -> dict[str, Any]:
        place, found = self.place, dict(step.words)
        if "people" in found:
            found["people"] = [place.people[key] for key in found["people"]]
        for name, rows in (
            ("department", place.departments), ("topic", place.topics), ("requester", place.people),
        ):  # fmt: skip
            if name in found:
                found[name] = rows[found[name]]
        if "other" in found:
            found["other"] = self.tickets[found["other"]]
        if "files" in found:
            by = place.people[step.by]
            found["files"] = [
                keep_draft(io.BytesIO(content), name, by=by).pk for name, content in found["files"]
            ]
        return found
