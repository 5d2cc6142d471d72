"""Hashes tell nothing of what they cover, and journals from before there were salts stay good."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from estafeta.lib import chain
from estafeta.tickets import actions, journal
from estafeta.tickets.models import Entry, Ticket
from estafeta.tickets.proof.faults import Kind
from estafeta.tickets.proof.storyfile.checking import check
from estafeta.tickets.proof.storyfile.writing import story_of
from estafeta.tickets.proof.verify import check_chain
from estafeta.tickets.proof.verify_quickly import verify_all
from tests.cast import Cast
from tests.orders import taken

OLD_FILE = Path(__file__).parent / "stories" / "version1.json"
"""What a client took home before there were salts; its third entry is withheld."""
GUESSES = ("ask the boss", "rude client", "wait a week")


@pytest.fixture
def without_salts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As entries were written then."""
    monkeypatch.setattr(journal.chain, "new_salt", lambda: None)


def noted(cast: Cast) -> Ticket:
    """Anna writes a note of which the client must not know, and a reply."""
    ticket = taken(cast)
    actions.note(ticket, by=cast.agent, text="rude client")
    actions.reply(ticket, by=cast.agent, text="On my way")
    return ticket


def guessed(ticket: Ticket, reader: Any) -> list[str]:
    """What a reader finds who knows everything of the note but its text, from his file alone."""
    story = json.loads(json.dumps(story_of(ticket, reader=reader)))
    [hidden] = [entry for entry in story["entries"] if entry["content"] is None]
    known = journal.content_of(ticket.entries.get(seq=hidden["seq"]))
    found = []
    for text in GUESSES:
        content = known | {"facts": known["facts"] | {"text": journal.text_digest(text)}}
        tried = {
            chain.link(hidden["previous_hash"], content),
            chain.commitment("", content),
            *(
                chain.commitment(entry["salt"], content)
                for entry in story["entries"]
                if entry.get("salt")
            ),
        }
        if tried & {hidden["hash"], hidden.get("commitment")}:
            found.append(text)
    return found


@pytest.mark.usefixtures("without_salts")
def test_a_withheld_note_without_salt_is_guessed(cast: Cast) -> None:
    assert guessed(noted(cast), cast.client) == ["rude client"]


def test_a_withheld_note_with_salt_is_not_guessed(cast: Cast) -> None:
    ticket = noted(cast)
    assert guessed(ticket, cast.client) == []
    note = ticket.entries.get(verb="note")
    assert note.salt is not None
    assert note.salt not in json.dumps(story_of(ticket, reader=cast.client))


def test_every_entry_has_its_own_salt(cast: Cast) -> None:
    noted(cast)
    salts = list(Entry.objects.values_list("salt", flat=True))
    assert len(set(salts)) == len(salts)
    assert all(salt is not None and len(salt) == 32 for salt in salts)


def test_a_journal_that_began_without_salts_goes_on_with_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(journal.chain, "new_salt", lambda: None)
        ticket = noted(cast)
    actions.complete(ticket, by=cast.agent, reason="Done")
    assert set(ticket.entries.filter(seq__lt=5).values_list("salt", flat=True)) == {None}
    assert ticket.entries.get(seq=5).salt is not None
    assert check_chain(ticket) == []
    assert list(verify_all()) == []
    report = check(json.loads(json.dumps(story_of(ticket, reader=cast.client))))
    assert report.faults == []
    assert any("not proved: what stands before entry 3" in proof for proof in report.proofs)


@pytest.mark.parametrize("salt", ["0" * 32, None])
def test_another_salt_is_found(cast: Cast, behind_the_back: Any, salt: str | None) -> None:
    ticket = noted(cast)
    behind_the_back("UPDATE tickets_entry SET salt = %s WHERE verb = 'note'", salt)
    for faults in (check_chain(ticket), list(verify_all())):
        assert [(fault.kind, fault.seq) for fault in faults] == [(Kind.CHANGED, 3)]


def test_a_file_of_the_old_version_is_proved(cast: Cast) -> None:
    report = check(json.loads(OLD_FILE.read_text(encoding="utf-8")))
    assert report.faults == []
    assert any("entries 3 to 7 lie under seal 1" in proof for proof in report.proofs)
    assert any("not proved: what stands before entry 3" in proof for proof in report.proofs)


@pytest.mark.parametrize("field", ["actor", "at", "facts"])
def test_a_file_of_the_old_version_that_was_changed_is_found(field: str) -> None:
    story = json.loads(OLD_FILE.read_text(encoding="utf-8"))
    story["entries"][4]["content"][field] = {}
    assert "entry 5 was changed" in check(story).faults


def forged_before(story: dict[str, Any], place: int) -> dict[str, Any]:
    """Entries before a withheld one say something else, with hashes that fit."""
    forged = copy.deepcopy(story)
    previous = ""
    for entry in forged["entries"][: place - 1]:
        entry["content"]["actor"], entry["shown"]["who"] = 99, "Somebody Else"
        entry["previous_hash"] = previous
        entry["hash"] = previous = (
            chain.link(previous, entry["content"])
            if entry.get("salt") is None
            else chain.link_over(previous, chain.commitment(entry["salt"], entry["content"]))
        )
    forged["entries"][place - 1]["previous_hash"] = previous
    forged["facts"] = [row for row in forged["facts"] if row[0] != "author"]
    return forged


def test_nobody_forges_what_stands_before_a_withheld_entry(cast: Cast) -> None:
    story = json.loads(json.dumps(story_of(noted(cast), reader=cast.client)))
    assert "entry 3 was changed" in check(forged_before(story, 3)).faults


def test_a_forger_of_an_old_file_proves_nothing_by_a_known_hash(cast: Cast) -> None:
    """Version 1 cannot show it; the report does not say that these entries were proved."""
    forged = forged_before(json.loads(OLD_FILE.read_text(encoding="utf-8")), 3)
    report = check(forged, heads=[forged["head"]["hash"]])
    assert report.faults == []
    assert not any("entries 1 to" in proof for proof in report.proofs)


def taken_back(cast: Cast) -> Ticket:
    """Anna writes a code to Clara twice: one she corrects, one she takes back."""
    ticket = taken(cast, requester=cast.client)
    for text in ("code 4711", "code 1147"):
        actions.reply(ticket, by=cast.agent, text=text)
    first, second = ticket.comments.order_by("pk")
    actions.edit_comment(ticket, by=cast.agent, comment=first.pk, text="code ****")
    actions.delete_comment(ticket, by=cast.agent, comment=second.pk)
    return ticket


def codes_in(story: Any) -> set[str]:
    """Codes whose digest somebody finds who has the file, with every salt that is in it."""
    whole = json.dumps(story)
    salts = {None, *(one["salt"] for one in (*story["entries"], *story["comments"]))}
    return {
        code for code in ("code 4711", "code 1147", "code ****") for salt in salts
        if journal.text_digest(code, salt) in whole
    }  # fmt: skip


def test_what_was_taken_back_is_not_guessed_from_the_journal(cast: Cast) -> None:
    ticket = taken_back(cast)
    story = story_of(ticket, reader=cast.client)
    assert codes_in(story) == {"code ****"}
    assert check(story).is_whole
    assert check_chain(ticket) == []
    assert list(verify_all()) == []


@pytest.mark.usefixtures("without_salts")
def test_comments_from_before_there_were_salts_stay_proved(cast: Cast) -> None:
    ticket = taken_back(cast)
    story = story_of(ticket, reader=cast.agent) | {"version": 2}
    for row in (*story["comments"], *story["wordings"]):
        del row["salt"]
    assert check(story).is_whole
    assert check_chain(ticket) == []
    assert list(verify_all()) == []


def test_a_salt_that_was_changed_is_found(cast: Cast) -> None:
    ticket = taken_back(cast)
    story = story_of(ticket, reader=None)
    for name in ("comments", "wordings"):
        changed = copy.deepcopy(story)
        changed[name][0]["salt"] = "0" * 32
        assert check(changed).faults
    ticket.comments.filter(deleted_at=None).update(salt="0" * 32)
    assert [fault.kind for fault in check_chain(ticket)] == [Kind.COMMENT_CHANGED]
    assert [fault.kind for fault in verify_all()] == [Kind.COMMENT_CHANGED]
