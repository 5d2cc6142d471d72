"""An exported story proves itself, and shows whatever was changed in it."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from estafeta.tickets import actions
from estafeta.tickets.models import Ticket
from estafeta.tickets.proof import sealing
from estafeta.tickets.proof.storyfile import wording
from estafeta.tickets.proof.storyfile.checking import check
from estafeta.tickets.proof.storyfile.pdf import printed
from estafeta.tickets.proof.storyfile.reading import NotAStory, read
from estafeta.tickets.proof.storyfile.writing import story_of
from tests.cast import Cast

Story = dict[str, Any]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Clara asks; Anna takes it, notes, replies, edits a reply, completes."""
    ticket = actions.open_ticket(
        by=cast.client, title="Принтер", text="Не печатает\n\n<b>совсем</b>", department=cast.it
    ).ticket
    actions.take(ticket, by=cast.agent)
    actions.note(ticket, by=cast.agent, text="Опять тот же")
    reply = actions.reply(ticket, by=cast.agent, text="Смотрю").comment
    assert reply is not None
    actions.edit_comment(ticket, by=cast.agent, comment=reply.pk, text="Смотрю и чиню")
    actions.edit(ticket, by=cast.head, title="Принтер в 214", text=ticket.text)
    actions.complete(ticket, by=cast.agent, reason="Заменён картридж")
    return ticket


@pytest.fixture
def story(ticket: Ticket, cast: Cast) -> Story:
    """As the agent takes it home: through a file and back."""
    story: Story = json.loads(json.dumps(story_of(ticket, reader=cast.agent, language="ru")))
    return story


def test_a_story_proves_itself(story: Story) -> None:
    report = check(story)
    assert report.faults == []
    assert list(wording.differences(story)) == []
    assert "7 entries fit their hashes" in report.proofs


def test_a_client_gets_the_chain_without_the_notes(ticket: Ticket, cast: Cast) -> None:
    story = story_of(ticket, reader=cast.client)
    assert check(story).faults == []
    withheld = [entry["seq"] for entry in story["entries"] if entry["content"] is None]
    assert withheld == [3]
    text = json.dumps(story, ensure_ascii=False)
    assert "Опять тот же" not in text
    assert "Смотрю и чиню" in text
    assert story["wordings"] == []


def _entry(story: Story, seq: int) -> Story:
    found: Story = story["entries"][seq - 1]
    return found


CHANGES: dict[str, Callable[[Story], Any]] = {
    "an actor": lambda s: _entry(s, 2)["content"].update(actor=1),
    "a time": lambda s: _entry(s, 2)["content"].update(at="2020-01-01T00:00:00.000000+00:00"),
    "a reason": lambda s: _entry(s, 7)["content"]["facts"].update(reason="Само"),
    "an entry left out": lambda s: s["entries"].pop(3),
    "the last entry left out": lambda s: s["entries"].pop(),
    "two that changed places": lambda s: s["entries"].insert(1, s["entries"].pop(2)),
    "a hash": lambda s: _entry(s, 4).update(hash="0" * 64),
    "the title": lambda s: s["ticket"].update(title="Другое"),
    "the text": lambda s: s["ticket"].update(text="Печатает"),
    "the status": lambda s: s["ticket"].update(status="cancelled"),
    "the department": lambda s: s["ticket"].update(department=99),
    "the requester": lambda s: s["ticket"].update(requester=99),
    "a comment": lambda s: s["comments"][1].update(text="Не смотрю"),
    "a comment's author": lambda s: s["comments"][1].update(author=99),
    "a note made public": lambda s: s["comments"][0].update(kind="reply"),
    "a comment left out": lambda s: s["comments"].pop(),
    "a comment added": lambda s: s["comments"].append({**s["comments"][0], "id": 999}),
    "an earlier wording": lambda s: s["wordings"][0].update(text="Смотрел"),
    "the heading": lambda s: s["words"].update(heading="No. 1: Другое"),
    "a fact above": lambda s: s["facts"][3].__setitem__(2, "Accounting"),
    "a name": lambda s: _entry(s, 2)["shown"].update(who="Boris Agent"),
    "a salt": lambda s: _entry(s, 2).update(salt="0" * 32),
    "a salt left out": lambda s: _entry(s, 2).update(salt=None),
    "nothing that can be read": lambda s: s.pop("entries"),
    "another version": lambda s: s.update(version=99),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_found(story: Story, what: str) -> None:
    changed = copy.deepcopy(story)
    CHANGES[what](changed)
    assert check(changed).faults


@pytest.mark.parametrize("field", ["at", "words", "reason"])
def test_shown_words_that_the_data_does_not_say_are_found(story: Story, field: str) -> None:
    _entry(story, 7)["shown"][field] = "something else"
    assert list(wording.differences(story))


def test_another_status_above_the_story_is_found(story: Story) -> None:
    story["facts"][0][2] = "Новая"
    assert list(wording.differences(story))


def test_a_whole_chain_made_anew_does_not_lie_under_the_seal(ticket: Ticket, cast: Cast) -> None:
    seal = sealing.seal_all()[-1]
    actions.reply(ticket, by=cast.client, text="Спасибо")
    sealing.seal_all()
    story = story_of(ticket, reader=cast.head)
    report = check(story, heads=[seal.hash])
    assert report.faults == []
    assert any("seal 1: entries 1 to 7 are as they were" in proof for proof in report.proofs)
    assert any("entries 1 to 8 lie under seal 2" in proof for proof in report.proofs)
    story["seal"]["proofs"][0]["steps"][0][1] = "0" * 64
    assert check(story).faults


def test_a_hash_known_from_elsewhere_says_what_it_proves(story: Story) -> None:
    known = _entry(story, 4)["hash"]
    assert any("entry 4" in proof for proof in check(story, heads=[known.upper()]).proofs)
    assert check(story, heads=["0" * 64]).faults


@pytest.fixture
def paper(story: Story, tmp_path: Path) -> Path:
    """Printed."""
    file = tmp_path / "story.pdf"
    file.write_bytes(printed(story))
    return file


@pytest.mark.slow
def test_paper_carries_the_story_and_shows_it(paper: Path, story: Story) -> None:
    assert read(paper) == (story, [])


@pytest.mark.slow
def test_pages_that_show_something_else_are_found(story: Story, tmp_path: Path) -> None:
    """The pages of one story with the data of another, as a forger would put them together."""
    import pypdfium2

    lie = copy.deepcopy(story)
    lie["ticket"]["text"] = "Печатает отлично"
    with pypdfium2.PdfDocument(printed(lie)) as document:
        document.get_attachment(0).set_data(json.dumps(story).encode())
        document.save(tmp_path / "forged.pdf")
    found, faults = read(tmp_path / "forged.pdf")
    assert check(found).faults == []
    assert any("pages" in fault for fault in faults)


@pytest.mark.slow
def test_the_command_needs_neither_database_nor_settings(paper: Path, tmp_path: Path) -> None:
    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "estafeta", "journal", "check", *words],
            env={"PATH": "/usr/bin", "PYTHONPATH": str(Path.cwd())},
            cwd=Path.cwd(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    done = command(str(paper), "--show")
    assert done.returncode == 0, done.stderr
    assert "Заменён картридж" in done.stdout
    assert "nothing was changed" in done.stdout
    assert command(str(paper), "--head", "1" * 64).returncode == 1
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert command(str(tmp_path / "other.pdf")).returncode == 2
    assert command(str(tmp_path / "missing.json")).returncode == 2


def test_what_is_not_a_story_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    for content in (b"", b"\xff\xfe", b"[1]", b"{"):
        file.write_bytes(content)
        with pytest.raises(NotAStory):
            read(file)


def test_the_recipe_of_the_documentation_works(
    ticket: Ticket, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[3] / "docs" / "journal.md").read_text()
    recipe = page.split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    story = story_of(ticket, reader=cast.client)
    Path("story.json").write_text(json.dumps(story, ensure_ascii=False), encoding="utf-8")
    exec(recipe, {})
    _entry(story, 2)["content"]["actor"] += 1
    Path("story.json").write_text(json.dumps(story, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(AssertionError):
        exec(recipe, {})


def test_what_tells_of_a_ticket_that_the_reader_does_not_see_is_withheld(
    ticket: Ticket, cast: Cast
) -> None:
    away = actions.open_ticket(
        by=cast.agent2, title="Secret bill", department=cast.accounting
    ).ticket
    again = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    actions.merge(again, by=cast.director, other=away, reason="The same")
    again.refresh_from_db()
    for reader in (cast.client, cast.agent, cast.director):
        story = story_of(again, reader=reader)
        assert check(story).faults == []
        sees = Ticket.objects.visible_to(reader).filter(pk=away.pk).exists()
        told = [line["content"]["verb"] for line in story["entries"] if line["content"]]
        assert ("merge" in told) == sees, reader


@pytest.mark.slow
def test_what_prints_is_not_imported_by_those_who_serve(tmp_path: Path) -> None:
    code = (
        "from estafeta.ops.django_setup import load_django; load_django(); import sys, estafeta.urls;"
        "from estafeta.ops import worker, preload; from django.urls import get_resolver;"
        "get_resolver().url_patterns; print('weasyprint' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PATH": "/usr/bin", "ESTAFETA_DATA": str(tmp_path)},
        cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "False", done.stderr
