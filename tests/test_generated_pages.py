"""The pages of docs/generated are what the tables say today."""

from __future__ import annotations

import pytest

from estafeta.ops.generated.__main__ import FOLDER, main
from estafeta.ops.generated.pages import PAGES
from estafeta.tickets.statuses import Status
from estafeta.tickets.verbs import Verb


def test_the_generated_pages_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out
    assert {path.name for path in FOLDER.glob("*.md")} == set(PAGES), "a page that nothing makes"


def test_a_page_that_has_drifted_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PAGES, "permissions.md", lambda: "# Something else\n")
    assert main(["check"]) == 1


def test_every_verb_and_status_is_on_its_page() -> None:
    permissions, statuses = PAGES["permissions.md"](), PAGES["statuses.md"]()
    assert all(f"`{verb}`" in permissions for verb in Verb)
    assert all(f" {status}: " in statuses for status in Status)
    assert "stateDiagram-v2" in statuses
