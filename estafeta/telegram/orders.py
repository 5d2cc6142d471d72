"""A message that answers nothing may be an order: it is shown as understood, and opened on a press."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from estafeta.lib.outside import Unreachable
from estafeta.notifications.channels.telegram import buttons
from estafeta.notifications.channels.telegram.bot import BotError
from estafeta.telegram import incoming
from estafeta.telegram.chat import Chat
from estafeta.tickets import submissions
from estafeta.tickets.errors import Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.quick_line.opening import arguments, open_line, understood
from estafeta.tickets.quick_line.pieces import NameKind, Understood
from estafeta.tickets.quick_line.wording import label_of, problem_of, value_of
from estafeta.tickets.submissions import Key

LONGEST_SHOWN = 1000


def offer(chat: Chat, message: dict[str, Any]) -> bool:
    """Whether the message was taken for a new ticket, or for one with a mistake in it."""
    assert chat.person is not None
    line = _understood(chat, message)
    number = int(message["message_id"])
    if problem := line.problem:
        chat.say(escape(problem_of(line, problem)), answers=number)
        return True
    if not line.title or not _goes_somewhere(line):
        return False
    question = _("Shall I open this ticket?")
    lines = [escape(question), f"<b>{escape(line.title)}</b>", *map(escape, _facts(line))]
    chat.say("\n".join(lines), buttons=buttons.open_or_not(chat=chat.key), answers=number)
    return True


def decided(chat: Chat, what: str, question: dict[str, Any]) -> tuple[str, bool, Ticket | None]:
    """The question above is answered: what to say, whether it was refused, and the new ticket."""
    message = question.get("reply_to_message")
    number = int(question["message_id"])
    if what == buttons.LINE_NO:
        told = _("No ticket was opened.")
        chat.edit(number, escape(told))
        return told, False, None
    if not message:
        return _("The message that I asked about is gone. Write it once more."), True, None
    told, is_refused, ticket = _open(chat, message)
    chat.edit(number, escape(told))
    return told, is_refused, ticket


def _open(chat: Chat, message: dict[str, Any]) -> tuple[str, bool, Ticket | None]:
    person = chat.person
    assert person is not None
    # By the message and not by the press: it is opened once, however often somebody presses.
    key = f"telegram:{chat.key}:{message['message_id']}"
    if submissions.is_sent(person, key):
        return _("This ticket is open already."), False, None
    try:
        files = incoming.drafts(chat.bot, message, by=person)
        line = _understood(chat, message)
        ticket = open_line(line, by=person, files=files, submission=Key(key, "")).ticket
    except Refused as refused:
        return str(refused), True, None
    except (BotError, Unreachable):
        told = _("The file could not be fetched from Telegram. Send it once more.")
        return told, True, None
    words = _("Ticket %(number)s is on its way.") % {"number": ticket.written}
    return words, False, ticket


def _goes_somewhere(line: Understood) -> bool:
    """To a person or a department, be it that of the topic; small talk does not."""
    if line.of(NameKind.PERSON) or line.of(NameKind.DEPARTMENT):
        return True
    topic = arguments(line)["topic"] if line.of(NameKind.TOPIC) else None
    return topic is not None and topic.department_id is not None


def _facts(line: Understood) -> list[str]:
    shown = [f"{label_of(piece)}: {value_of(piece)}" for piece in line.pieces if piece.why is None]
    doubts = [problem_of(line, piece) for piece in line.pieces if piece.why is not None]
    return [*shown, *doubts, *([line.text[:LONGEST_SHOWN]] if line.text else [])]


def _understood(chat: Chat, message: dict[str, Any]) -> Understood:
    """As of when it was written: "in two hours" means the same when the button is pressed."""
    assert chat.person is not None
    text = str(message.get("text") or message.get("caption") or "")
    at = datetime.fromtimestamp(int(message["date"]), UTC) if message.get("date") else None
    return understood(text, by=chat.person, at=at)
