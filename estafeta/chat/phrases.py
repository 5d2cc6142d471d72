"""How a line about what happened in a talk reads, in the language of whoever reads it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from estafeta.chat.models import Message, MessageKind


def of_line(line: Message) -> str:
    """One sentence; empty for words of a person."""
    name, facts = line.author.name, line.facts
    match line.kind:
        case MessageKind.ASKED:
            return _("%(name)s asked for an operator.") % {"name": name}
        case MessageKind.ACCEPTED:
            return _("%(name)s accepted the talk.") % {"name": name}
        case MessageKind.PASSED:
            return _with_reason(_passed(name, facts), facts)
        case MessageKind.RETURNED:
            return _with_reason(_returned(name, facts), facts)
        case MessageKind.CLOSED:
            if facts.get("silent"):
                return _("The talk was closed: nobody wrote any more.")
            return _("%(name)s closed the talk.") % {"name": name}
        case MessageKind.TICKET:
            number = facts.get("number", "")
            return _("The talk became ticket %(number)s.") % {"number": number}
    return ""


def _passed(name: str, facts: dict[str, Any]) -> str:
    to = facts.get("to", {})
    told = {"name": name, "to": to.get("name", "")}
    if facts.get("merged"):
        return _("The talk is with the department %(to)s now.") % told
    if to.get("kind") == "department":
        return _("%(name)s passed the talk on to the department %(to)s.") % told
    return _("%(name)s passed the talk on to %(to)s.") % told


def _returned(name: str, facts: dict[str, Any]) -> str:
    if facts.get("gone"):
        words = _("%(name)s has gone; the talk waits for an operator again.")
        return words % {"name": facts.get("operator", "")}
    return _("%(name)s put the talk back; it waits for an operator again.") % {"name": name}


def _with_reason(words: str, facts: dict[str, Any]) -> str:
    reason = facts.get("reason", "")
    return f"{words} {reason}" if reason else words
