"""The buttons under a message: what this person can do to the ticket now, each signed for his chat.

A press carries the verb, the ticket and how long its journal was when the button was drawn. The
signature only keeps others' buttons apart: what a press may do is asked again when it comes.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from estafeta.accounts.models import Person
from estafeta.tickets import permissions
from estafeta.tickets.models import Ticket
from estafeta.tickets.verbs import Verb

OFFERED = (
    Verb.TAKE, Verb.ACCEPT_HAND_OVER, Verb.COMPLETE, Verb.ACCEPT, Verb.RESUME, Verb.RELEASE,
    Verb.ACKNOWLEDGE,
)  # fmt: skip
"""What one press can say; other verbs want words and have the ticket's page."""
TALK = (Verb.REPLY, Verb.NOTE)
"""A press asks for words, which come as an answer to the bot's question."""
CARD = "card"
ANSWER_AS = {"as_reply": Verb.REPLY, "as_note": Verb.NOTE}
"""What was written under a message becomes one of these."""
LINE_YES, LINE_NO = "line_yes", "line_no"
"""A new ticket, as it was understood from a line, is opened or not."""
_A_ROW = 2


class Press(NamedTuple):
    """What a button says."""

    what: str
    ticket: int
    length: int


def keyboard(person: Person, ticket: Ticket, *, chat: str, link: str) -> dict[str, Any]:
    """For `reply_markup`; in the language of the moment."""
    allowed = permissions.allowed_verbs(permissions.Relation.between(person, ticket))
    rows = _rows(
        button(str(verb.label), verb.value, ticket, chat=chat)
        for verb in OFFERED
        if verb in allowed
    )
    talk = [verb for verb in TALK if verb in allowed]
    rows += _rows(button(str(verb.label), verb.value, ticket, chat=chat) for verb in talk)
    if can_be_opened(link):
        rows.append([{"text": _("Open the ticket"), "url": link}])
    return {"inline_keyboard": rows}


def whom_for(ticket: Ticket, *, chat: str) -> dict[str, Any]:
    """Ask who may read what was just written."""
    texts = {"as_reply": _("The requester too"), "as_note": _("Only colleagues")}
    row = [button(text, what, ticket, chat=chat) for what, text in texts.items()]
    return {"inline_keyboard": [row]}


def open_or_not(*, chat: str) -> dict[str, Any]:
    """Under the preview of a new ticket."""
    texts = {LINE_YES: _("Open it"), LINE_NO: _("No")}
    row = [_signed(text, f"{what}:0:0", chat) for what, text in texts.items()]
    return {"inline_keyboard": [row]}


def button(text: str, what: str, ticket: Ticket, *, chat: str) -> dict[str, str]:
    """One button that comes back as a press."""
    return _signed(text, f"{what}:{ticket.pk}:{ticket.journal_length}", chat)


def _signed(text: str, said: str, chat: str) -> dict[str, str]:
    return {"text": text, "callback_data": f"{said}:{_signature(said, chat)}"}


def read(data: str, *, chat: str) -> Press | None:
    """What was pressed, if it is a button that we drew for this chat."""
    said, _colon, signature = data.rpartition(":")
    if not constant_time_compare(signature, _signature(said, chat)):
        return None
    what, ticket, length = said.split(":")
    return Press(what, int(ticket), int(length))


def can_be_opened(link: str) -> bool:
    """Telegram refuses a whole message for a button to a host without a dot."""
    return "." in (urlsplit(link).hostname or "")


def _rows(buttons: Iterable[dict[str, str]]) -> list[list[dict[str, str]]]:
    found = list(buttons)
    return [found[start : start + _A_ROW] for start in range(0, len(found), _A_ROW)]


def _signature(said: str, chat: str) -> str:
    digest = salted_hmac("estafeta.telegram.button", f"{chat}:{said}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)[:10].decode()
