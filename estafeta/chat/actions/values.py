"""What people may write."""

from __future__ import annotations

from django.utils.translation import gettext as _

from estafeta.chat.errors import Invalid
from estafeta.chat.models.message import LONGEST
from estafeta.lib.text import clean


def a_text(text: str, *, required: bool) -> str:
    """Cleaned. Raises Invalid."""
    text = clean(text)
    if required and not text:
        raise Invalid("text", _("Write something first."))
    if len(text) > LONGEST:
        words = _("At most %(most)s characters fit, this is %(length)s.")
        raise Invalid("text", words % {"most": LONGEST, "length": len(text)})
    return text
