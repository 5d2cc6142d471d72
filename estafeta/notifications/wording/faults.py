"""What is wrong with a template, in words that administrators understand."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _


def in_words(reason: str) -> str:
    """The library's reason in the language of the moment; an unknown one stays as it is."""
    for pattern, phrase in _phrases():
        if match := re.match(pattern, reason):
            return phrase % match.groupdict()
    return reason


def _phrases() -> list[tuple[str, str]]:
    return [
        (r"unknown filter '(?P<name>.*)'", _("There is no filter called “%(name)s”.")),
        (
            r"unexpected tag 'end(?P<name>.*)'",
            _("An “end%(name)s” without a “%(name)s” before it."),
        ),
        (r"unexpected tag '(?P<name>.*)'", _("There is no “%(name)s” in templates.")),
        (
            r"expected tag (?P<name>\w+), found",
            _("A part is not closed: “%(name)s” is missing."),
        ),
        (
            r"expected '\}\}', found|missing tag name or closing|expected '%\}'",
            _("The braces are not closed."),
        ),
        (r"missing expression", _("Something is missing between the braces.")),
        (r"the loops go round too often", _("The loops go round too often.")),
        (r"it takes too long", _("It takes too long.")),
        (r"the (text|list|number) is too (long|large)", _("A value becomes too large.")),
        (r"the text becomes too long|output stream limit", _("The text becomes too long.")),
        (r"local namespace limit", _("Too much is kept in variables.")),
        (r"block nesting limit|context depth limit", _("The parts lie too deep in each other.")),
        (r"Nothing is left of the text", _("Nothing is left of the text.")),
    ]
