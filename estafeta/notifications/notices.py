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
PROFILE = "/profile"


def content_of_notice(delivery: Delivery) -> Content:
    """Phrase it in the language of the moment."""
    facts: Facts = delivery.notice or {}
    return NOTICES[facts["name"]](facts)


def house() -> str:
    """What the installation is called."""
    return Site.current().organisation_name or "Estafeta"


def test(facts: Facts) -> Content:
    """Somebody wants to know whether messages arrive."""
    return Content(
        title=_("Test message from %(name)s") % {"name": house()},
        text=_("If you can read this, messages over this channel arrive."),
        link=public_address("/"),
        event="notice.test",
    )


def code(facts: Facts) -> Content:
    """Whoever reads it can prove that the address is his."""
    word = sealed.opened(facts["sealed_code"]) if "sealed_code" in facts else str(facts["code"])
    return Content(
        title=_("Code from %(name)s: %(code)s") % {"name": house(), "code": word},
        text=_(
            "Type this code on the page where you added the address. If that was not you, do nothing."
        ),
        event="notice.code",
    )


def address_stopped(facts: Facts) -> Content:
    """Nothing is sent to an address any more."""
    from estafeta.notifications.channels import CHANNELS

    name = str(facts.get("channel", ""))
    channel = CHANNELS[name].label if name in CHANNELS else name
    address = str(facts.get("address", ""))
    return Content(
        title=_("Messages no longer reach you at %(address)s") % {"address": address},
        text=_(
            "%(channel)s does not take them any more, so nothing is sent there: %(reason)s. "
            "Correct the address in your profile, or switch it on again."
        )
        % {"channel": channel, "reason": str(facts.get("reason", "")).rstrip(".")},
        link=public_address(PROFILE),
        event="notice.address_stopped",
    )


NOTICES: dict[str, Callable[[Facts], Content]] = {
    "test": test,
    "code": code,
    "address_stopped": address_stopped,
}
