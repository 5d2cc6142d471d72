"""Makes the story of a ticket: what one reader may see of it, and the proof that it is whole.

Of an entry that the reader may not read (a note, another ticket) its hash and a commitment are given:
the chain holds with them, and nobody can try what they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from estafeta.accounts.models import Site
from estafeta.lib import chain, clock
from estafeta.lib.text import one_line
from estafeta.tickets import journal
from estafeta.tickets.models import Comment, Entry, Ticket, Wording
from estafeta.tickets.proof import sealing
from estafeta.tickets.proof.storyfile.shown import Story
from estafeta.tickets.proof.storyfile.wording import moment, shown_of, speaking
from estafeta.tickets.proof.told import told
from estafeta.tickets.relations.relating import without_unseen

if TYPE_CHECKING:
    from estafeta.accounts.models import Person

FORMAT, VERSION = "estafeta story", 3


def story_of(ticket: Ticket, *, reader: Person | None, language: str = "") -> Story:
    """For a reader, in his language; for nobody in particular (`None`) everything."""
    site = Site.current()
    language = language or (reader.language if reader else "") or site.language
    zone = (reader.time_zone if reader else "") or site.time_zone
    with speaking(language, zone):
        return _story(ticket, reader, language, zone)


def _story(ticket: Ticket, reader: Person | None, language: str, zone: str) -> Story:
    site = Site.current()
    own = Entry.objects.filter(ticket=ticket)
    entries = list(own.select_related("actor", "on_behalf_of", "comment").order_by("seq"))
    readable_ids = {entry.pk for entry in entries}
    if reader is not None:
        seen = without_unseen(own.readable_by(reader), reader)
        readable_ids = {entry.pk for entry in seen}
    comments = Comment.objects.filter(ticket=ticket).select_related("author")
    if reader is not None:
        comments = comments.readable_by(reader)
    sees_all = reader is None or reader.is_agent
    seal = sealing.proofs_for(entries)
    return {
        "format": FORMAT, "version": VERSION, "language": language, "time_zone": zone,
        "installation": site.organisation_name,
        "address": f"{site.address}/tickets/{ticket.pk}" if site.address else "",
        "made_at": chain.moment(clock.now()),
        "made_for": reader.name if reader else "",
        "ticket": {
            "number": ticket.pk, "title": ticket.title, "text": ticket.text,
            "status": ticket.status, "department": ticket.department_id,
            "requester": ticket.requester_id,
        },
        "head": {"length": ticket.journal_length, "hash": ticket.journal_head},
        "entries": [_line(entry, entry.pk in readable_ids) for entry in entries],
        "comments": [_comment(comment) for comment in comments],
        "wordings": _wordings(ticket) if sees_all else [],
        "seal": seal,
        "facts": _facts(ticket, entries),
        "words": {
            "over": site.organisation_name or "Estafeta",
            "heading": f"{ticket.label}: {one_line(ticket.title)}",
            "story": _("Story"), "proof": _("How this can be proved"),
            "withheld": _("An entry that is not part of this copy: only its hash is."),
        },
        "proof_words": _proof_words(seal),
        "proof_facts": _proof_facts(ticket, seal),
    }  # fmt: skip


def _line(entry: Entry, is_readable: bool) -> Story:
    line: Story = {
        "seq": entry.seq, "previous_hash": entry.previous_hash, "hash": entry.hash,
        "content": None, "shown": None,
    }  # fmt: skip
    if not is_readable:
        if entry.salt is not None:
            line["commitment"] = chain.commitment(entry.salt, journal.content_of(entry))
    else:
        line["content"], line["salt"] = journal.content_of(entry), entry.salt
        line["shown"] = shown_of(entry, entry.actor.name)
    return line


def _comment(comment: Comment) -> Story:
    return {
        "id": comment.pk, "kind": comment.kind, "author": comment.author_id,
        "author_name": comment.author.name, "answers": comment.answers_id,
        "text": comment.text, "salt": comment.salt, "is_deleted": comment.deleted_at is not None,
    }  # fmt: skip


def _wordings(ticket: Ticket) -> list[Story]:
    rows = Wording.objects.filter(comment__ticket=ticket).order_by("seq", "pk")
    return [
        {"comment": row.comment_id, "seq": row.seq, "text": row.text, "salt": row.salt}
        for row in rows
    ]


def _facts(ticket: Ticket, entries: Sequence[Entry]) -> list[list[str]]:
    """What stands above the story: only what the entries prove, with the names of that time."""
    names = told((one.verb, one.facts, one.comment_id, one.actor_id) for one in entries).names
    rows = (
        ("status", _("Status"), ticket.get_status_display()),
        ("requester", _("Requester"), names.get("requester", "")),
        ("author", _("Author"), entries[0].actor.name if entries else ""),
        ("department", _("Department"), names.get("department", "")),
        ("opened", _("Opened"), moment(entries[0].at) if entries else ""),
    )
    return [[name, str(label), str(value)] for name, label, value in rows if value]


def _proof_words(seal: Story | None) -> list[str]:
    found = [
        _("Every entry is sealed by a hash over its content and the hash before it. The data and "
          "the hashes are attached to this document; “estafeta journal check FILE” computes them "
          "anew and compares them with these pages."),
        _("The last hash stands for the whole story: a story that was changed afterwards has "
          "another one."),
    ]  # fmt: skip
    if seal is not None:
        found.append(
            _("All journals of the installation are sealed together each day. The seal below was "
              "kept, and perhaps mailed, on its day; who has that mail can compare.")
        )  # fmt: skip
    return found


def _proof_facts(ticket: Ticket, seal: Story | None) -> list[list[str]]:
    found = [
        [_("Made"), moment(clock.now())],
        [_("Entries"), str(ticket.journal_length)],
        [_("Last hash"), ticket.journal_head],
    ]
    if seal is not None:
        number = seal["proofs"][-1]["seal"]
        [over] = [one for one in seal["seals"] if one["content"]["number"] == number]
        found.append([_("Seal of the installation"), str(number)])
        found.append([_("Hash of the seal"), over["hash"]])
    return [[str(label), value] for label, value in found]
