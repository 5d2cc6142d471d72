"""The rules of the house that a machine can see: floors, sizes, names, and who asks whom."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "estafeta"
FLOORS = [
    {"ops"},
    {"desk", "cabinet", "community", "api", "mail_in", "signin", "telegram"},
    {"carrying", "notifications", "realtime", "planning", "reports", "automation"},
    {"tickets", "directory", "knowledge", "chat"},
    {"files"},
    {"presence"},
    {"accounts"},
    {"lib"},
]
FACES = ("desk", "api", "signin", "telegram")
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "services",
    "core",
    "misc",
}
MOST_LINES = 400
# Rooms whose code is not the product's: what the database has been and what others made.
NOT_OURS = {"migrations", "vendor", "node_modules"}


def _sources(folder: Path, *endings: str) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in endings and not NOT_OURS & set(path.parts)
    )


def _contract() -> dict[str, object]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [layers] = [one for one in settings["contracts"] if one["type"] == "layers"]
    return layers


def test_the_contract_of_the_floors_is_the_one_of_the_design() -> None:
    contract = _contract()
    written = [
        {room.strip(" ()") for room in str(floor).split("|")}
        for floor in contract["layers"]  # type: ignore[attr-defined]
    ]
    assert written == FLOORS
    assert contract["containers"] == ["estafeta"]
    assert contract["exhaustive"] is True
    # Rooms on one floor do not know each other: `|`, not `:`.
    assert not any(":" in str(floor) for floor in contract["layers"])  # type: ignore[attr-defined]
    assert contract["ignore_imports"] == ["estafeta.**.tests.** -> estafeta.**"], "tests alone"


def test_every_room_stands_on_a_floor() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms - {"locale"} <= set().union(*FLOORS), "a room that no floor has"


@pytest.mark.slow
def test_imports_go_down_the_floors_only() -> None:
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "lint-imports"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_file_is_too_long() -> None:
    files = [
        *_sources(PACKAGE, ".py", ".js", ".html"),
        *_sources(ROOT / "tests", ".py"),
        *_sources(ROOT / "bench", ".py"),
    ]
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert not too_long


def test_most_files_are_short() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in _sources(PACKAGE, ".py"))
    full = [length for length in lengths if length > 1]
    assert full[len(full) // 2] <= 80


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [path for path in _sources(PACKAGE, ".py") if FORBIDDEN & {path.stem, *path.parts}]


def _queries_of_tickets(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every `Ticket.objects` with the name of the method called on it."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "objects"
            and isinstance(node.value.value, ast.Name)
            and node.value.value.id == "Ticket"
        ):
            yield node.lineno, node.attr


def test_no_face_fetches_a_ticket_past_the_rule_of_sight() -> None:
    past = [
        f"{path.relative_to(ROOT)}:{line} Ticket.objects.{method}"
        for face in FACES
        for path in _sources(PACKAGE / face, ".py")
        if "tests" not in path.parts
        for line, method in _queries_of_tickets(ast.parse(path.read_text()))
        if method != "visible_to"
    ]
    assert not past


def test_deleted_tickets_are_fetched_by_administrators_alone() -> None:
    allowed = {"desk/people/deleted.py", "api/lookups.py"}
    found = {
        str(path.relative_to(PACKAGE))
        for face in FACES
        for path in _sources(PACKAGE / face, ".py")
        if "tests" not in path.parts and "with_deleted" in path.read_text()
    }
    assert found <= allowed


def test_nobody_listens_to_signals_or_wraps_requests_in_transactions() -> None:
    for path in _sources(PACKAGE, ".py"):
        if "tests" in path.parts:
            continue
        text = path.read_text()
        assert "django.dispatch" not in text, path
        assert "post_save" not in text, path
        assert "ATOMIC_REQUESTS" not in text, path


def test_the_audit_of_queries_sees_what_it_looks_for() -> None:
    tree = ast.parse("def f():\n    return Ticket.objects.get(pk=1), Ticket.objects.visible_to(p)")
    assert list(_queries_of_tickets(tree)) == [(2, "get"), (2, "visible_to")]
