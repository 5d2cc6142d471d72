"""How a ticket's number is written: `IT-2417` where its department has a prefix, else `2417`.

The number alone says which ticket it is; the prefix says where it stands today, so it changes with a
hand-over, and whatever prefix somebody wrote down once still finds the ticket.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from estafeta.accounts import tree

SIGNS = "#№"
_WRITTEN = re.compile(
    r"(?:(?P<sign>[#№])\s*|(?P<prefix>[^\W\d_][^\W_]{0,7})[-–]\s*)?(?P<number>\d+)"
)
MOST = 2**63 - 1


def written(number: int, department: int) -> str:
    """As it stands in lists and sentences."""
    prefix = tree.prefix_of(department)
    return f"{prefix}-{number}" if prefix else str(number)


def named(number: int, department: int) -> str:
    """As a name of its own: `IT-2417`, or `No. 2417`."""
    text = written(number, department)
    return _("No. %(number)s") % {"number": text} if text.isdecimal() else text


def signed(number: int, department: int) -> str:
    """The same in every language, for subjects of mails: `IT-2417`, or `#2417`."""
    text = written(number, department)
    return f"#{text}" if text.isdecimal() else text


def read(text: str) -> int | None:
    """The number that is meant by `2417`, `#2417`, `№ 2417` or `IT-2417`, if the text is no more."""
    found = _match(text)
    return int(found["number"]) if found else None


def is_marked(text: str) -> bool:
    """Whether the text says that it is a number, by a sign or a prefix: no word to look for."""
    found = _match(text)
    return bool(found and (found["sign"] or found["prefix"]))


def _match(text: str) -> re.Match[str] | None:
    found = _WRITTEN.fullmatch(text.strip())
    if not found or not found["number"].isascii() or int(found["number"][:30]) > MOST:
        return None
    if found["prefix"] and found["prefix"].upper() not in tree.prefixes():
        return None
    return found
