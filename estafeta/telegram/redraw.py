"""A message of the bot, shown once more as things are now."""

from __future__ import annotations

from estafeta.notifications.channels.telegram import buttons
from estafeta.notifications.channels.telegram.writing import card_of, text_of, with_outcome
from estafeta.notifications.concern import still_concern
from estafeta.notifications.content import content_of, public_address
from estafeta.notifications.models import Delivery
from estafeta.telegram.chat import Chat
from estafeta.tickets.models import Ticket


def redraw(chat: Chat, number: int, ticket: int, outcome: str) -> None:
    """What it told, what has come of it, and the buttons of this moment."""
    assert chat.person is not None
    row = Ticket.objects.visible_to(chat.person).with_people().filter(pk=ticket).first()
    if row is None:
        without_buttons(chat, number)
        return
    link = public_address(f"/tickets/{row.pk}")
    keyboard = buttons.keyboard(chat.person, row, chat=chat.key, link=link)
    text = _told(chat, number) or card_of(row, link=link)
    chat.edit(number, with_outcome(text, outcome), buttons=keyboard)


def without_buttons(chat: Chat, number: int) -> None:
    """Nothing can be done from here any more."""
    empty: dict[str, list[object]] = {"inline_keyboard": []}
    chat.tell("editMessageReplyMarkup", message_id=number, reply_markup=empty)


def deliveries(chat: Chat, number: int) -> list[Delivery]:
    """What was told in this message of ours, as far as it is still kept."""
    rows = Delivery.objects.filter(target=chat.address, server_id=str(number))
    return list(
        rows.select_related(
            "notification__person", "notification__entry__ticket", "notification__entry__actor",
            "notification__entry__comment", "target", "person",
        ).order_by("pk")
    )  # fmt: skip


def _told(chat: Chat, number: int) -> str:
    """Nothing for what the person may not read any more, or what was never a delivery."""
    bundle = deliveries(chat, number)
    told = [row.notification for row in bundle if row.notification is not None]
    if not told or len(told) != len(bundle) or len(still_concern(told)) != len(told):
        return ""
    return text_of(content_of(bundle))
