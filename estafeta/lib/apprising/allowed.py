"""Which services may be named, and what an address may not carry."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 2000
SCHEMES = frozenset(
    """
    slack mmost mmosts matrix matrixs workflow workflows discord gchat rocket rockets zulip wxteams
    webex nctalk nctalks ncloud nclouds ntfy ntfys gotify gotifys pover pushy bark barks signal
    signals line viber threema wechat wecombot dingtalk feishu lark flock ryver twist guilded revolt
    synology synologys join spush simplepush prowl pushdeer pushdeers schan opsgenie pagerduty splunk
    victorops ilert incidentio goalert goalerts cliq zcliq zohocliq zoom groupme stackfield hassio
    hassios bale humhub humhubs kook pushplus wxpusher
    """.split()
)
"""People's chats and pushes. None that runs something here, speaks to the desktop or to a system's
log, takes any address at all (json, form), or sends mail and SMS, which have channels of their own."""
SMS_SCHEMES = frozenset(
    """
    serwersms d7sms clicksend smsmgr smsmanager bulkvs seven 46elks elks plivo sns smstunnel
    clickatell twilio smsc smseagle smseagles voipms cm httpsms atalk msg91 vonage nexmo bulksms
    kavenegar telnyx msgbird sinch octopush
    """.split()
)
"""Providers of short messages, which only administrators name."""
KINDS = {"chat": SCHEMES, "sms": SMS_SCHEMES}
NATIVE = ("https",)
"""Addresses of incoming webhooks as Slack, Teams, Discord and Google show them."""
DROPPED = frozenset({"template", "attach", "store", "verify", "tz", "rto", "cto"})
"""Parameters that name files here or weaken the connection."""


class Refused(Exception):
    """Nothing is sent to such an address."""


def clean(url: str, schemes: frozenset[str] = SCHEMES) -> str:
    """The address without what it must not carry. Raises Refused."""
    if not url or len(url) > LONGEST or any(sign <= " " or sign == "\x7f" for sign in url):
        raise Refused("This is no address.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refused("This is no address.") from None
    if parts.scheme.lower() not in (*schemes, *NATIVE):
        raise Refused("This service cannot be used.")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.strip().lower() not in DROPPED and not name.startswith(("+", "-", ":"))
    ]
    return urlunsplit(parts._replace(query=urlencode(query), fragment=parts.fragment))
