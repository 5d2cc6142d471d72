"""A button is pressed: the person acts, by the same verbs and rules as on every other face."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from estafeta.notifications.channels.telegram import buttons
from estafeta.notifications.channels.telegram.writing import card_of
from estafeta.notifications.content import public_address
from estafeta.notifications.models import AskedAs
from estafeta.notifications.seen import mark_ticket_seen
from estafeta.telegram import answers, orders, redraw
from estafeta.telegram.chat import Chat
from estafeta.tickets import phrases
from estafeta.tickets.actions.action import ACTIONS
from estafeta.tickets.errors import Changed, Gone, Invalid, Refused
from estafeta.tickets.models import Ticket
from estafeta.tickets.submissions import Key
from estafeta.tickets.verbs import Verb

LONGEST_ANSWER = 200
"""Characters that Telegram shows over the chat."""
DONE: dict[Verb, Any] = {
    Verb.TAKE: gettext_lazy("Ticket %(number)s is taken."),
    Verb.RELEASE: gettext_lazy("Ticket %(number)s is released."),
    Verb.ACCEPT_HAND_OVER: gettext_lazy("Ticket %(number)s is accepted."),
    Verb.ACKNOWLEDGE: gettext_lazy("They will see that you have read ticket %(number)s."),
    Verb.RESUME: gettext_lazy("Work on ticket %(number)s goes on."),
    Verb.COMPLETE: gettext_lazy("Ticket %(number)s is completed."),
    Verb.ACCEPT: gettext_lazy("The result of ticket %(number)s is accepted."),
}
_ASKED_AS = {Verb.REPLY: AskedAs.REPLY, Verb.NOTE: AskedAs.NOTE}


def press(chat: Chat, query: dict[str, Any], *, key: str) -> None:
    """Do what the button says, say what came of it, and show the message as it is now."""
    told, is_refused = _done(chat, query, key)
    text = told if len(told) <= LONGEST_ANSWER else told[: LONGEST_ANSWER - 1] + "…"
    # Telegram shows a clock on the button until it hears this.
    chat.tell("answerCallbackQuery", callback_query_id=query["id"], text=text or None,
              show_alert=is_refused or None)  # fmt: skip


def _done(chat: Chat, query: dict[str, Any], key: str) -> tuple[str, bool]:
    pressed = buttons.read(str(query.get("data") or ""), chat=chat.key)
    if pressed is None:
        return _("This button is not yours, or it is too old."), True
    if chat.person is None:
        return _("This chat is not linked to an account."), True
    if pressed.what in (buttons.LINE_YES, buttons.LINE_NO):
        told, is_refused, opened = orders.decided(chat, pressed.what, query["message"])
        if opened is not None:
            show(chat, opened)
        return told, is_refused
    number = int(query["message"]["message_id"])
    ticket = Ticket.objects.visible_to(chat.person).with_people().filter(pk=pressed.ticket).first()
    if ticket is None:
        redraw.without_buttons(chat, number)
        return str(Gone()), True
    if pressed.what == buttons.CARD:
        show(chat, ticket)
        return "", False
    if pressed.what in buttons.ANSWER_AS:
        verb = buttons.ANSWER_AS[pressed.what]
        return answers.decided(chat, ticket, verb, query["message"])
    verb = Verb(pressed.what)
    if verb in buttons.TALK:
        _ask(chat, ticket, verb, answers_to=number)
        return "", False
    return _act(chat, ticket, verb, pressed.length, number, key)


def _act(
    chat: Chat, ticket: Ticket, verb: Verb, length: int, number: int, key: str
) -> tuple[str, bool]:
    assert chat.person is not None
    ticket.expected_length, ticket.submission = length, Key(key, verb.value)
    words, is_refused = str(DONE[verb]) % {"number": ticket.written}, False
    try:
        ACTIONS[verb](ticket, by=chat.person)
    except Changed as changed:
        mine = [entry for entry in changed.entries if entry.actor_id == chat.person.pk]
        if not any(entry.verb == verb for entry in mine):  # a second press after the first
            words, is_refused = _meanwhile(changed, chat.person.pk), True
    except Invalid as wrong:
        words, is_refused = _needs_more(ticket, wrong), True
    except Refused as refused:
        words, is_refused = str(refused), True
    else:
        mark_ticket_seen(chat.person, ticket)
    redraw.redraw(chat, number, ticket.pk, words)
    return words, is_refused


def _meanwhile(changed: Changed, person: int) -> str:
    last = changed.entries[-1]
    what = f"{last.actor.name} {phrases.phrase(last, to=person)}"
    return f"{changed} {what}."


def _needs_more(ticket: Ticket, wrong: Invalid) -> str:
    """What the verb wants besides a press, and where it can be given."""
    page = public_address(f"/tickets/{ticket.pk}")
    where = _("You can do it on the ticket's page.")
    return f"{wrong} {where}" + (f" {page}" if page else "")


def show(chat: Chat, ticket: Ticket) -> None:
    """The ticket as it is now, with what can be done to it."""
    assert chat.person is not None
    link = public_address(f"/tickets/{ticket.pk}")
    keyboard = buttons.keyboard(chat.person, ticket, chat=chat.key, link=link)
    number = chat.say(card_of(ticket, link=link), buttons=keyboard)
    chat.remember(number, ticket, AskedAs.OPEN)


def _ask(chat: Chat, ticket: Ticket, verb: Verb, *, answers_to: int) -> None:
    """Ask for the words; what is answered to the question is written under the ticket."""
    told = {
        Verb.REPLY: _("Write your reply to %(ticket)s. The requester reads it."),
        Verb.NOTE: _("Write your note to %(ticket)s. Only colleagues read it."),
    }[verb] % {"ticket": ticket.label}
    placeholder = {Verb.REPLY: _("The requester reads this"), Verb.NOTE: _("Only colleagues")}
    force = {"force_reply": True, "input_field_placeholder": placeholder[verb][:64]}
    chat.remember(
        chat.say(escape(told), buttons=force, answers=answers_to), ticket, _ASKED_AS[verb]
    )
