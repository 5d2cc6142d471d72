"""What stands in the box under the story."""

from __future__ import annotations

from dataclasses import dataclass, field

from estafeta.desk.tickets.sending import fresh_key


@dataclass(frozen=True)
class Composer:
    """`kind` is reply or note; `key` makes a send that arrives twice act once."""

    kind: str = "reply"
    value: str = ""
    errors: list[str] = field(default_factory=list)
    key: str = field(default_factory=fresh_key)

    @classmethod
    def empty(cls, kind: str | None = None) -> Composer:
        """Ready for the next reply or note."""
        return cls(kind="note" if kind == "note" else "reply")
