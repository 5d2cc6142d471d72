"""Messages about the messages themselves: a function for each name that `Delivery.notice` can have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from estafeta.accounts.models import Site
from estafeta.lib import sealed
from estafeta.notifications.content import Content, public_address

if TYPE_CHECKING:
    from estafeta.notifications.models import Delivery

Facts = Mapping[str, Any]
REACH = "/profile/reach"


def content_of_notice(delivery: Delivery) -> Content:
    """Phrase it in the language of the moment."""
    facts: Facts = delivery.notice or {}
    name = facts["name"]
    return {**NOTICES, **FOR_PROGRAMS}[name](facts)


def house() -> str:
    """What the installation is called."""
    return Site.current().organisation_name or "Estafeta"


def test(facts: Facts) -> Content:
    """Somebody wants to know whether messages arrive."""
    return Content(
        title=_("%(name)s: test message") % {"name": house()},
        text=_("If you can read this, messages over this channel arrive."),
        link=public_address("/"),
        button=_("Open %(name)s") % {"name": house()},
        event="notice.test",
    )


def code(facts: Facts) -> Content:
    """Whoever reads it can prove that the address is his."""
    word = sealed.opened(facts["sealed_code"]) if "sealed_code" in facts else str(facts["code"])
    return Content(
        title=_("%(name)s: your code is %(code)s") % {"name": house(), "code": word},
        text=_(
            "Type this code on the page where you added the address. If that was not you, do nothing."
        ),
        event="notice.code",
    )


def address_stopped(facts: Facts) -> Content:
    """Nothing is sent to an address any more: whose it was, why, and where to mend it."""
    from estafeta.notifications.channels import CHANNELS

    name = str(facts.get("channel", ""))
    channel = CHANNELS[name].label if name in CHANNELS else name
    words = {**facts, "channel": channel, "address": str(facts.get("address", ""))}
    title, place, button = _whose(words)
    told = _(
        "%(channel)s does not take messages to %(address)s any more, so nothing is sent there."
    )
    reason = _("The other side says: %(reason)s") % {"reason": facts.get("reason", "")}
    return Content(
        title=title % words,
        text="\n".join([told % words, reason]),
        link=public_address(place),
        button=button,
        event="notice.address_stopped",
    )


def _whose(facts: Facts) -> tuple[str, str, str]:
    """What has stopped, the page where it can be mended, and what one does there."""
    if "webhook" in facts:
        page = f"/administration/webhooks/{facts['webhook_id']}"
        return _("The webhook “%(webhook)s” is stopped"), page, _("Look at the webhook")
    if "department" in facts:
        page = f"/departments/{facts['department_id']}/reach" if "department_id" in facts else REACH
        title = _("Messages no longer reach %(department)s at %(address)s")
        return title, page, _("Correct the address")
    return _("Messages no longer reach you at %(address)s"), REACH, _("Correct the address")


def purged(facts: Facts) -> Content:
    """A ticket was removed for good."""
    title = _("Ticket %(number)s was removed for good") % {"number": facts["number"]}
    return Content(title=title, text=title, event="notice.purged")


NOTICES: dict[str, Callable[[Facts], Content]] = {
    "test": test,
    "code": code,
    "address_stopped": address_stopped,
}
FOR_PROGRAMS: dict[str, Callable[[Facts], Content]] = {"purged": purged}
"""What no person reads has no words to change."""
