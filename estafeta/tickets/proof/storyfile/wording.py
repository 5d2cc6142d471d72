"""The words of a story in a language, from its data: who writes it and who checks it ask here."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from estafeta.tickets import phrases
from estafeta.tickets.models import Entry
from estafeta.tickets.statuses import Status

if TYPE_CHECKING:
    from estafeta.tickets.proof.storyfile.shown import Story


@contextmanager
def speaking(language: str, zone: str) -> Iterator[None]:
    """In the language and zone of the story."""
    with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
        yield


def shown_of(entry: Entry, who: str) -> dict[str, Any]:
    """What the page shows of an entry."""
    return {
        "at": moment(entry.at),
        "who": who,
        "words": phrases.phrase(entry),
        "reason": phrases.reason(entry),
        "notice": phrases.notice(entry),
        "old": [list(pair) for pair in phrases.replaced(entry)],
    }


def moment(at: datetime) -> str:
    """To the second, with the offset from UTC."""
    here = localtime(at)
    return f"{date_format(here, 'SHORT_DATE_FORMAT')} {here:%H:%M:%S} (UTC{here:%z})"


def differences(story: Story) -> Iterator[str]:
    """Entries whose shown words are not those that this version writes from the data."""
    with speaking(story["language"], story["time_zone"]):
        status = str(Status(story["ticket"]["status"]).label)
        if ["status", status] not in [[name, value] for name, _label, value in story["facts"]]:
            yield "the status above the story is not the one of its data"
        for line in story["entries"]:
            content = line["content"]
            if content is None:
                continue
            entry = Entry(
                verb=content["verb"], facts=content["facts"], via=content["via"],
                at=datetime.fromisoformat(content["at"]), comment_id=content["comment"],
            )  # fmt: skip
            if shown_of(entry, line["shown"]["who"]) != line["shown"]:
                yield f"entry {line['seq']}: the words shown are not what its data says"
