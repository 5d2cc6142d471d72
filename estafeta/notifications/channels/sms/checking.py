"""Templates and patterns of administrators, tried before they are kept."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from estafeta.lib import outside
from estafeta.lib.apprising import Hung
from estafeta.notifications.channels.sms import patterns
from estafeta.notifications.channels.sms.filling import filled, in_json, in_url, values_for
from estafeta.notifications.channels.sms.gateway import header_lines
from estafeta.notifications.channels.sms.provider import is_understood

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# With every sign that could break out of its place.
_SAMPLE = values_for("+79123456789", 'A "quoted" \\ text\n{text} & 100 %', "estafeta-1", "a/b?c")


def template_address(text: str) -> str:
    """An address whose host nobody's message can change."""
    text = text.strip()
    if not text:
        return ""
    if "{" in urlsplit(text).netloc:
        raise ValidationError(_("The host is always the same: no placeholders before the path."))
    try:
        outside.check(filled(text, _SAMPLE, in_url), settings.INSIDE_ADDRESSES)
    except outside.Refused as refused:
        raise ValidationError(
            _("Nothing can be sent to this address: %(reason)s") % {"reason": refused}
        ) from None
    return text


def headers(text: str) -> str:
    """Lines of name and value."""
    for name, value in header_lines(text):
        if not _HEADER.fullmatch(name) or not value or not value.isascii():
            words = _("“%(line)s” is not a header. Write: Name: value")
            raise ValidationError(words % {"line": f"{name}: {value}"[:80]})
    return text


def a_pattern(text: str) -> str:
    """A regular expression."""
    try:
        patterns.check(text)
    except patterns.Fault as error:
        words = _("This is not a regular expression: %(reason)s")
        raise ValidationError(words % {"reason": error}) from None
    return text


def a_body(text: str, kind: str) -> None:
    """JSON stays JSON whatever the message says."""
    if kind != "json":
        return
    try:
        json.loads(filled(text, _SAMPLE, in_json))
    except ValueError as error:
        words = _(
            "With a message filled in this is no JSON: %(reason)s. Put placeholders in quotes."
        )
        raise ValidationError(words % {"reason": error}) from None


def an_address(text: str) -> str:
    """An address that Apprise understands, with a place for the number."""
    text = text.strip()
    if not text:
        return ""
    if "{phone}" not in text and "{digits}" not in text:
        raise ValidationError(_("Put {digits} where the number stands."))
    try:
        is_known = is_understood(filled(text, {**_SAMPLE, "text": "x"}, in_url))
    except Hung:
        raise ValidationError(_("The address could not be checked. Try again.")) from None
    if not is_known:
        raise ValidationError(_("Apprise does not understand this address."))
    return text
