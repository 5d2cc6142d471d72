"""What people write under a message of the bot becomes a reply or a note; files come along."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.translation import gettext as _

from estafeta.lib.outside import Unreachable
from estafeta.notifications.channels.telegram import buttons
from estafeta.notifications.channels.telegram.bot import BotError
from estafeta.notifications.models import Asked, AskedAs
from estafeta.notifications.seen import mark_ticket_seen
from estafeta.telegram import commands, incoming, orders, redraw
from estafeta.telegram.chat import Chat
from estafeta.tickets import permissions, submissions
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Gone, Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.submissions import Key
from estafeta.tickets.verbs import Verb

_VERBS = {AskedAs.REPLY: Verb.REPLY, AskedAs.NOTE: Verb.NOTE}


def take(chat: Chat, message: dict[str, Any]) -> None:
    """Somebody wrote something that is no command."""
    if chat.person is None:
        commands.not_linked(chat)
        return
    number = int(message["message_id"])
    about = message.get("reply_to_message")
    if not about and orders.offer(chat, message):
        return
    if not about:
        told = _("Answer to one of my messages, so that I know which ticket you mean. "
                 "/my lists your tickets.")  # fmt: skip
        chat.say(escape(told), answers=number)
        return
    ticket_number, asked_as = _meant(chat, int(about["message_id"]))
    if ticket_number is None:
        told = _("I do not know which ticket this message is about. /my lists your tickets.")
        chat.say(escape(told), answers=number)
        return
    ticket = Ticket.objects.visible_to(chat.person).with_people().filter(pk=ticket_number).first()
    if ticket is None:
        chat.say(escape(str(Gone())), answers=number)
        return
    verb = _VERBS.get(asked_as) or _only_way(chat, ticket)
    if verb is not None:
        told, _refused = _write(chat, ticket, verb, message)
        chat.say(escape(told), answers=number)
        return
    question = _("Who may read this? It will stand under %(ticket)s.") % {"ticket": ticket.label}
    keyboard = buttons.whom_for(ticket, chat=chat.key)
    chat.say(escape(question), buttons=keyboard, answers=number)


def decided(chat: Chat, ticket: Ticket, verb: Verb, question: dict[str, Any]) -> tuple[str, bool]:
    """The question above is answered; what it asked about is the message that it answers to."""
    message = question.get("reply_to_message")
    if not message:
        return _("The message that I asked about is gone. Write it once more."), True
    told, is_refused = _write(chat, ticket, verb, message)
    chat.edit(int(question["message_id"]), escape(told))
    return told, is_refused


def _meant(chat: Chat, number: int) -> tuple[int | None, AskedAs]:
    """The ticket that a message of ours is about: one that was asked or shown, or told."""
    asked = Asked.objects.filter(address=chat.address, message=number).first()
    if asked is not None:
        return asked.ticket_id, AskedAs(asked.answer_is)
    told = {
        row.notification.ticket_id for row in redraw.deliveries(chat, number) if row.notification
    }
    return (told.pop() if len(told) == 1 else None), AskedAs.OPEN


def _only_way(chat: Chat, ticket: Ticket) -> Verb | None:
    """Who cannot write notes need not be asked who may read it."""
    assert chat.person is not None
    relation = permissions.Relation.between(chat.person, ticket)
    return None if permissions.may(Verb.NOTE, relation) else Verb.REPLY


def _write(chat: Chat, ticket: Ticket, verb: Verb, message: dict[str, Any]) -> tuple[str, bool]:
    """What came of it, in words, and whether it was refused."""
    person = chat.person
    assert person is not None
    # By the message and not by the update: it is written once, whichever way it was decided.
    key = f"telegram:{chat.key}:{message['message_id']}"
    if submissions.is_sent(person, key):
        return _("This is written already."), False
    try:
        files = incoming.drafts(chat.bot, message, by=person)
        ticket.submission = Key(key, "")
        text = str(message.get("text") or message.get("caption") or "")
        ACTIONS[verb](ticket, by=person, text=text, files=files)
    except Refused as refused:
        return str(refused), True
    except (BotError, Unreachable):
        return _("The file could not be fetched from Telegram. Send it once more."), True
    mark_ticket_seen(person, ticket)
    done = _("The note is saved.") if verb is Verb.NOTE else _("The reply is sent.")
    return f"{ticket.label}: {done}", False
