"""What `estafeta journal` prints and with which code it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from estafeta.__main__ import main
from estafeta.tickets import actions
from estafeta.tickets.models import Seal, Ticket
from tests.cast import Cast


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """With a note."""
    found = actions.open_ticket(by=cast.client, title="Printer", department=cast.it).ticket
    actions.note(found, by=cast.agent, text="A secret")
    return found


def test_seal_prints_the_hash(ticket: Ticket, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "seal"]) == 0
    assert Seal.objects.get().hash in capsys.readouterr().out


def test_verify_counts_and_names_a_broken_seal(
    ticket: Ticket, behind_the_back: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["journal", "seal"])
    assert main(["journal", "verify"]) == 0
    assert "1 tickets checked (2 entries" in capsys.readouterr().out
    behind_the_back("UPDATE tickets_seal SET root = %s", "0" * 64)
    assert main(["journal", "verify"]) == 1
    told = capsys.readouterr().out
    assert "Seal 1 was changed." in told
    assert "Seal 1 is broken" in told
    assert "2 differences found." in told


def test_export_writes_everything_and_check_proves_it(
    ticket: Ticket, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "story.json"
    assert main(["journal", "export", str(ticket.pk), str(file), "--language", "en"]) == 0
    assert "A secret" in file.read_text()
    ticket.refresh_from_db()
    assert main(["journal", "check", str(file), "--head", ticket.journal_head]) == 0
    assert "entries 1 to 2 are as they were" in capsys.readouterr().out
    story = json.loads(file.read_text())
    story["comments"][0]["text"] = "Nothing"
    file.write_text(json.dumps(story))
    assert main(["journal", "check", str(file)]) == 1
    assert "WRONG  comment" in capsys.readouterr().out


def test_export_refuses_what_it_cannot_do(
    ticket: Ticket, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "export", str(ticket.pk), str(tmp_path / "story.doc")]) == 2
    assert main(["journal", "export", "999", str(tmp_path / "story.json")]) == 1
    assert main(["journal", "export", str(ticket.pk), str(tmp_path / "no" / "story.json")]) == 1
    assert capsys.readouterr().err.count("\n") == 3
