"""Where people and departments are reached: add an address, prove it, switch it, take it away.

What the room offers to channels, the desk and the API. The mail address of a person is no row here:
it stands on his card.
"""

from estafeta.notifications.addresses.adding import begin, keep
from estafeta.notifications.addresses.changing import (
    choose_kinds,
    remove,
    resume,
    send_test,
    switch,
)
from estafeta.notifications.addresses.owners import Owner, may_change, of, require
from estafeta.notifications.addresses.proving import confirm, is_open, send_code

__all__ = [
    "Owner",
    "begin",
    "choose_kinds",
    "confirm",
    "is_open",
    "keep",
    "may_change",
    "of",
    "remove",
    "require",
    "resume",
    "send_code",
    "send_test",
    "switch",
]
