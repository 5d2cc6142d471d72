"""What the reasons of servers mean, in words for whoever set the channel up."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HINTS: tuple[tuple[str, Promise | str], ...] = (
    (
        r"name or service not known|nodename nor servname|getaddrinfo|name resolution",
        _("There is no server of this name, or this machine cannot look names up."),
    ),
    (
        r"connection refused",
        _("The machine answers, but nothing listens on this port. Look at the port."),
    ),
    (
        r"timed out|timeout",
        _("Nobody answers. A firewall may be in between, or name and port are wrong."),
    ),
    (r"network is unreachable|no route to host", _("There is no way to this server from here.")),
    (
        r"self[- ]signed|unable to get local issuer|certificate verify failed|certificate of the",
        _("The certificate is not trusted. Add the certificate of your own authority."),
    ),
    (
        r"hostname mismatch|not valid for",
        _("The certificate is for another name: write the name of the server as it stands there."),
    ),
    (
        r"wrong[_ ]version[_ ]number|record layer|unexpected eof",
        _("The server speaks another protection on this port: try STARTTLS instead of TLS, or the "
          "other way round."),
    ),
    (
        r"starttls extension not supported",
        _("The server offers no STARTTLS on this port: try TLS on port 465."),
    ),
    (
        r"\b535\b|5\.7\.8|authentication failed|unauthorized|\b401\b|invalid token",
        _("Name, password or token are not right."),
    ),
    (
        r"\b530\b|5\.7\.0|auth(entication)? (is )?required|must issue a starttls",
        _("The server wants a name and a password first, or a protected line."),
    ),
    (
        r"5\.7\.1|relay|sender.*(not allowed|rejected|refused)|not permitted",
        _("The server does not send for this sender. Look at the sender, or sign in."),
    ),
    (r"greylist|come back later|try again", _("The server wants to be asked again later.")),
    (r"too many|rate limit|\b429\b", _("It goes too fast for the other side: set fewer a minute.")),
    (r"\b403\b|blocked|forbidden", _("The other side does not want messages to this address.")),
)  # fmt: skip


def hint_for(reason: str) -> str:
    """What to do about it, if we know."""
    return next((str(hint) for pattern, hint in HINTS if re.search(pattern, reason, re.I)), "")
