"""What people are told: the bell's rows, and what is sent to them from here."""

from estafeta.notifications.models.address import Address
from estafeta.notifications.models.channel import ChannelSettings, ChannelState
from estafeta.notifications.models.delivery import Delivery, DeliveryState
from estafeta.notifications.models.ladder import Climb, Rung, Whom
from estafeta.notifications.models.mass import MassMessage
from estafeta.notifications.models.notification import IncludedEntry, Notification
from estafeta.notifications.models.progress import Progress
from estafeta.notifications.models.push_keys import PushKeys
from estafeta.notifications.models.sender import MailSender
from estafeta.notifications.models.talk import Asked, AskedAs, Inbox, LinkCode
from estafeta.notifications.models.talk_call import TalkCall
from estafeta.notifications.models.template import MessageTemplate
from estafeta.notifications.models.webhook import Webhook
from estafeta.notifications.models.wishes import DefaultWishes, Mute, Rhythm, Wishes

__all__ = [
    "Address",
    "Asked",
    "AskedAs",
    "ChannelSettings",
    "ChannelState",
    "Climb",
    "DefaultWishes",
    "Delivery",
    "DeliveryState",
    "Inbox",
    "IncludedEntry",
    "LinkCode",
    "MailSender",
    "MassMessage",
    "MessageTemplate",
    "Mute",
    "Notification",
    "Progress",
    "PushKeys",
    "Rhythm",
    "Rung",
    "TalkCall",
    "Webhook",
    "Whom",
    "Wishes",
]
