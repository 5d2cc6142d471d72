"""From what was claimed to messages that can be handed over, each in its receiver's language."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.db import InterfaceError, OperationalError

from estafeta.lib.sealed import CannotBeOpened
from estafeta.lib.text import clean
from estafeta.notifications import ledger
from estafeta.notifications.channels.channel import Channel, Values
from estafeta.notifications.concern import objections
from estafeta.notifications.ledger import Ending
from estafeta.notifications.message import speaking_to
from estafeta.notifications.outbox.bundle import Bundle, Letter
from estafeta.notifications.outbox.wordings import Wordings

log = logging.getLogger(__name__)

MENDED = (OperationalError, InterfaceError, CannotBeOpened)
"""A database that is busy or away, a wrong key: no fault of the message, which waits."""


def written(
    channel: Channel, bundles: Sequence[Bundle], values: Values
) -> Iterator[tuple[Letter | None, list[Ending]]]:
    """Give for each bundle its letter, if something of it can leave, and what becomes of the rest."""
    wordings = Wordings()
    reasons = objections(channel, [row for bundle in bundles for row in bundle.rows])
    for bundle in bundles:
        endings = [ledger.expired(row, reasons[row.pk]) for row in bundle.rows if row.pk in reasons]
        left = [row for row in bundle.rows if row.pk not in reasons]
        if not left:
            yield None, endings
            continue
        try:
            yield _letter(channel, replace(bundle, rows=left), values, wordings), endings
        except MENDED as error:
            log.warning("%s cannot be written now: %s", bundle.first, error)
            wait = ledger.wait_after(bundle.first.attempts)
            yield None, endings + [ledger.waits(row, _words(error), wait=wait) for row in left]
        except Exception as error:  # what cannot be written now will not be better later
            log.exception("%s cannot be written", bundle.first)
            yield None, endings + [ledger.failed(row, _words(error)) for row in left]


def _letter(channel: Channel, bundle: Bundle, values: Values, wordings: Wordings) -> Letter:
    with speaking_to(bundle.first.person):
        message = channel.write(wordings.of(bundle.rows), bundle.rows, values)
    return Letter(bundle, message, channel.address_of(bundle.first))


def _words(error: Exception) -> str:
    return clean(f"{type(error).__name__}: {error}")
