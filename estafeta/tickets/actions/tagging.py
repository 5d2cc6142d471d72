"""Tags: words that staff hangs on tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.lib.text import fold, one_line
from estafeta.tickets.actions.action import Done, action
from estafeta.tickets.errors import Invalid
from estafeta.tickets.lists import search
from estafeta.tickets.models import Tag, Tagging, Ticket
from estafeta.tickets.models.tag import LONGEST_TAG, MOST_TAGS
from estafeta.tickets.verbs import Verb

if TYPE_CHECKING:
    from estafeta.accounts.models import Person


@action(Verb.TAG)
def tag(ticket: Ticket, *, by: Person, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Done:
    """Hang tags on it and take others off. A tag that nobody has used yet is there from then on."""
    wanted, unwanted = _names("add", add), _names("remove", remove)
    present = {row.tag.key: row for row in ticket.taggings.select_related("tag")}
    gone = [row for key, row in present.items() if key in unwanted and key not in wanted]
    new = {key: name for key, name in wanted.items() if key not in present}
    if not gone and not new:
        raise Invalid("", _("Nothing was changed."))
    if len(present) - len(gone) + len(new) > MOST_TAGS:
        raise Invalid("add", _("A ticket has at most %(most)s tags.") % {"most": MOST_TAGS})
    Tagging.objects.filter(pk__in=[row.pk for row in gone]).delete()
    tags = _kept(new)
    Tagging.objects.bulk_create([Tagging(ticket=ticket, tag=one) for one in tags])
    ticket.is_related = True
    ticket.save(update_fields=["is_related"])
    search.index(ticket)
    return Done(
        {"added": [one.name for one in tags], "removed": sorted(row.tag.name for row in gone)}
    )


def _names(field: str, words: Iterable[str]) -> dict[str, str]:
    """Key -> name as it was written. Raises Invalid for what is no tag."""
    found: dict[str, str] = {}
    for word in words:
        if len(word) > LONGEST_TAG * 4:
            raise Invalid(field, _too_long(len(word)))
        name = one_line(word).lstrip("#").strip()
        if not name or "," in name:
            raise Invalid(field, _("A tag is a word or two, without commas."))
        if len(name) > LONGEST_TAG:
            raise Invalid(field, _too_long(len(name)))
        found.setdefault(fold(name)[: LONGEST_TAG * 2], name)
        if len(found) > MOST_TAGS:
            raise Invalid(field, _("A ticket has at most %(most)s tags.") % {"most": MOST_TAGS})
    return found


def _too_long(length: int) -> str:
    return _("Too long: %(length)s characters, at most %(most)s fit.") % {
        "length": length,
        "most": LONGEST_TAG,
    }


def _kept(names: dict[str, str]) -> list[Tag]:
    """The rows of these tags, locked; somebody may be making or purging the same ones just now."""
    found: list[Tag] = []
    for _attempt in range(2):
        rows = [Tag(name=name, key=key) for key, name in sorted(names.items())]
        Tag.objects.bulk_create(rows, ignore_conflicts=True)
        locked = Tag.objects.select_for_update(no_key=True).filter(key__in=names)
        found = list(locked.order_by("key"))
        if len(found) == len(names):
            break
    return found
