"""/start, /stop, /my and /help."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from estafeta.accounts.errors import Invalid
from estafeta.accounts.models import Person, Site
from estafeta.notifications import addresses
from estafeta.notifications.channels.telegram import buttons, linking
from estafeta.notifications.content import public_address
from estafeta.telegram.chat import Chat
from estafeta.tickets.models import Ticket
from estafeta.tickets.queries import TicketQuerySet

MOST_LISTED = 10
_BUTTONS_A_ROW = 3


def run(chat: Chat, message: dict[str, Any]) -> bool:
    """Whether it was a command; then it is answered."""
    word, _blank, rest = str(message.get("text") or "").strip().partition(" ")
    command = _COMMANDS.get(word.split("@")[0].lower())
    if command is None:
        return False
    command(chat, rest.strip())
    return True


def listed() -> list[dict[str, str]]:
    """For Telegram's own menu of commands, in the language of the moment."""
    return [
        {"command": "my", "description": _("My open tickets")},
        {"command": "help", "description": _("What this bot can do")},
        {"command": "stop", "description": _("Send me nothing more here")},
    ]


def not_linked(chat: Chat) -> None:
    """Say how a chat is linked, to whoever is nobody here."""
    if chat.address is not None:
        chat.say(escape(_("Your account is switched off.")))
        return
    page = public_address("/profile/telegram")
    told = _("I do not know you yet. Open your profile, choose “Connect Telegram” and come back "
             "with the code that you see there.")  # fmt: skip
    chat.say(escape(told) + (f"\n{escape(page)}" if page else ""))


def _start(chat: Chat, code: str) -> None:
    if not code:
        _back_again(chat)
        return
    try:
        person = linking.link(code, chat=chat.key, name=chat.name)
    except linking.Taken:
        told = _("This chat is linked to another account. Send /stop first, then the code again.")
        chat.say(escape(told))
        return
    except Invalid as wrong:
        chat.say(escape(str(wrong)))
        return
    if person is None:
        if chat.person is not None:  # the link was opened once more
            _back_again(chat)
            return
        chat.say(escape(_("This code is not valid any more. Make another one in your profile.")))
        return
    _greet(chat, person)


def _back_again(chat: Chat) -> None:
    if chat.person is None or chat.address is None:
        not_linked(chat)
        return
    if chat.address.stopped_at is not None or not chat.address.is_on:
        addresses.resume(chat.address, by=chat.person)
    _help(chat, "")


def _greet(chat: Chat, person: Person) -> None:
    linked = Chat(chat.bot, chat.id, chat.name, chat.language, linking.owner_of(chat.key))
    with linked.speaking():
        words = _("This chat is linked to %(name)s in %(organisation)s. I will write here about "
                  "your tickets. Choose in your profile which events.")  # fmt: skip
        linked.say(escape(words % {
            "name": person.name, "organisation": Site.current().organisation_name,
        }))  # fmt: skip


def _stop(chat: Chat, _rest: str) -> None:
    if chat.address is None or chat.address.person is None:
        not_linked(chat)
        return
    if chat.person is None:
        chat.address.delete()
    else:
        linking.unlink(chat.address, by=chat.person)
    chat.say(escape(_("Done. I will write nothing more here.")))


def _my(chat: Chat, _rest: str) -> None:
    if chat.person is None:
        not_linked(chat)
        return
    rows = _own(chat.person)
    found = list(rows[: MOST_LISTED + 1])
    if not found:
        chat.say(escape(_("You have no open tickets.")))
        return
    title = escape(_("My open tickets"))
    lines = [f"<b>{title}</b>", *map(_line, found[:MOST_LISTED])]
    if len(found) > MOST_LISTED:
        more = rows.count() - MOST_LISTED
        lines.append(escape(ngettext("and %(count)s more", "and %(count)s more", more)
                            % {"count": more}))  # fmt: skip
    named = [
        buttons.button(ticket.label, buttons.CARD, ticket, chat=chat.key)
        for ticket in found[:MOST_LISTED]
    ]
    keyboard = [named[at : at + _BUTTONS_A_ROW] for at in range(0, len(named), _BUTTONS_A_ROW)]
    chat.say("\n".join(lines), buttons={"inline_keyboard": keyboard})


def _own(person: Person) -> TicketQuerySet:
    """What staff works on; what anybody else has asked for."""
    seen = Ticket.objects.visible_to(person).open()
    mine: TicketQuerySet = (
        seen.performed_by(person) if person.standing.is_agent else seen.sent_by(person)
    )
    return mine.order_by("due", "-priority", "pk")


def _line(ticket: Ticket) -> str:
    title = escape(ticket.title[:80])
    return f"• <b>{escape(ticket.label)}</b> {title} — {escape(ticket.get_status_display())}"


def _help(chat: Chat, _rest: str) -> None:
    if chat.person is None:
        not_linked(chat)
        return
    told = [
        _("I tell you what happens to your tickets."),
        _("The buttons under a message act in your name."),
        _("Answer to a message of mine to write under its ticket; photos and files come along."),
        _("Write “@department what has to be done” to open a new ticket."),
        "", _("/my: my open tickets"), _("/stop: send me nothing more here"),
    ]  # fmt: skip
    chat.say(escape("\n".join(told)))


_COMMANDS = {"/start": _start, "/stop": _stop, "/my": _my, "/help": _help}
