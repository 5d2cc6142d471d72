"""A program that keeps a copy of its person's open tickets, as the guide tells it to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.program import Program


@dataclass
class Copy:
    """Asks `/sync` and keeps what it is told."""

    program: Program
    since: str | None = None
    tickets: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    notifications: dict[int, dict[str, Any]] = field(default_factory=dict)
    unseen: set[int] = field(default_factory=set)
    counters: dict[str, Any] = field(default_factory=dict)
    views: list[dict[str, Any]] = field(default_factory=list)
    doubles: int = 0
    """How often the same ticket came twice within one answer."""
    gone: int = 0
    """How many of the tickets that it had were gone."""

    def ask(self, limit: int = 100) -> dict[str, Any]:
        """One answer, kept."""
        query = {"limit": limit} | ({"since": self.since} if self.since else {})
        response = self.program.get("/sync", **query)
        assert response.status_code == 200, response.content
        answer: dict[str, Any] = response.json()
        numbers = [ticket["number"] for ticket in answer["tickets"]]
        self.doubles += len(numbers) - len(set(numbers))
        assert not set(numbers) & set(answer["gone"])
        for ticket in answer["tickets"]:
            self.tickets[ticket["number"]] = (answer["round"], ticket)
        for number in answer["gone"]:
            self.gone += self.tickets.pop(number, None) is not None
        if answer["complete"]:
            self.tickets = {
                number: kept for number, kept in self.tickets.items() if kept[0] == answer["round"]
            }
        self.notifications |= {row["id"]: row for row in answer["notifications"]}
        if not answer["more"]:
            self.unseen, self.counters = set(answer["unseen"]), answer["counters"]
        if answer["views"] is not None:
            self.views = answer["views"]
        self.since = answer["next"]
        return answer

    def catch_up(self, limit: int = 100) -> int:
        """Ask until there is no more; how often that was."""
        asked = 1
        while self.ask(limit)["more"]:
            asked += 1
            assert asked < 500, "there is always more"
        return asked

    @property
    def open(self) -> dict[int, dict[str, Any]]:
        """What its list shows."""
        closed = ("done", "cancelled", "archived", "merged")
        return {
            n: ticket for n, (_, ticket) in self.tickets.items() if ticket["status"] not in closed
        }
