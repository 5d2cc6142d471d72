"""Every way a message leaves the house: a folder and a row here for each.

The browser's pop-up is no channel: it is the notification itself, read by the live stream.
"""

from estafeta.notifications.channels.apprised import Services
from estafeta.notifications.channels.channel import Channel
from estafeta.notifications.channels.jabber import Jabber
from estafeta.notifications.channels.mail import Mail
from estafeta.notifications.channels.pushbullet import Pushbullet
from estafeta.notifications.channels.sms import Sms
from estafeta.notifications.channels.telegram import Telegram
from estafeta.notifications.channels.webhook import Webhooks
from estafeta.notifications.channels.webpush import WebPush

CHANNELS: dict[str, Channel] = {
    channel.name: channel
    for channel in (
        Mail(), Telegram(), Jabber(), Sms(), WebPush(), Pushbullet(), Services(), Webhooks(),
    )
}  # fmt: skip
