"""A browser's subscription: where its maker takes messages for it, and the keys only it has."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from estafeta.accounts.errors import Invalid
from estafeta.lib import browsers, outside
from estafeta.notifications.channels.channel import Given
from estafeta.notifications.channels.webpush import keys

POINT, SECRET = 65, 16


@dataclass(frozen=True)
class Subscription:
    """As the browser gave it; the order of the fields is that of the value."""

    auth: str
    endpoint: str
    p256dh: str

    @property
    def value(self) -> str:
        """As the page makes it too, to know its own browser again (static/js/push.js)."""
        return json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def of(cls, value: str) -> Subscription:
        """Read a value."""
        return cls(**json.loads(value))

    def given(self, user_agent: str) -> Given:
        """Judge what the browser sent. Raises Invalid."""
        try:
            outside.check(self.endpoint, settings.INSIDE_ADDRESSES)
            _check_keys(self)
        except (outside.Refused, ValueError):
            raise Invalid.at("", _("This browser gave an address that cannot be used.")) from None
        return Given(self.value, browsers.name_of(user_agent) or _("Unknown browser"))


def _check_keys(subscription: Subscription) -> None:
    """Raise ValueError for what nothing can be encrypted with."""
    from cryptography.hazmat.primitives.asymmetric import ec

    point = keys.as_bytes(subscription.p256dh)
    if len(point) != POINT or len(keys.as_bytes(subscription.auth)) != SECRET:
        raise ValueError("wrong length")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
