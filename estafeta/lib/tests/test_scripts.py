"""Modules put together do what they did apart."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import estafeta
from estafeta.lib import scripts, static_files

NODE = shutil.which("node")
SOURCES = Path(estafeta.__file__).parent / "static"


def _written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _written(
        tmp_path,
        count='let n = 0;\nexport const up = () => (n += 1);\nexport function now() {\n  return n;\n}\n',
        app='import { up } from "./count.js";\nup();\n',
        page='import { now as told, up } from "./count.js";\nimport "./own.js";\nup();\nconsole.log(told());\n',
        own='import * as count from "./count.js";\nclass A {}\nexport { A as B };\ncount.up();\n',
        plain="document.title = 1;\n",
    )  # fmt: skip


@pytest.mark.skipif(NODE is None, reason="no node here")
def test_no_module_runs_twice(folder: Path) -> None:
    scripts.publish(folder, "app.js")
    (folder / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(
        ["node", str(folder / "page.js")], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout == "3\n"


def test_what_needs_nothing_stays_as_it_is(folder: Path) -> None:
    scripts.publish(folder, "app.js")
    assert (folder / "plain.js").read_text() == "document.title = 1;\n"


def test_a_script_alone_imports_nothing(folder: Path) -> None:
    text = scripts.alone(folder / "page.js")
    assert "import " not in text
    assert text.index("$count = ") < text.index("$own = ") < text.index("$page = ")


@pytest.mark.parametrize(
    "text",
    [
        'import all from "./count.js";',
        'import { a } from "../vendor/a.js";',
        "export let n = 1;",
        "export default 1;",
        "await go();",
    ],
)
def test_what_it_does_not_know_it_refuses(folder: Path, text: str) -> None:
    _written(folder, odd=text + "\n")
    with pytest.raises(scripts.CannotJoin, match=r"odd\.js"):
        scripts.publish(folder, "app.js")


def test_modules_that_wait_for_each_other_are_named(folder: Path) -> None:
    _written(folder, a='import "./b.js";\n', b='import "./a.js";\n')
    with pytest.raises(scripts.CannotJoin, match=r"a\.js → b\.js → a\.js"):
        scripts.alone(folder / "a.js")


def test_all_our_modules_and_sheets_can_be_joined(tmp_path: Path) -> None:
    made = static_files.publish(SOURCES, tmp_path)
    assert "@import" not in (made / "css" / "all.css").read_text()
    for path in made.glob("js/*.js"):
        imports = [line for line in path.read_text().splitlines() if line.startswith("import ")]
        assert all(line.endswith('from "./app.js";') for line in imports), path.name


def test_a_ticket_page_fetches_at_most_eighty_kilobytes_of_script(tmp_path: Path) -> None:
    made = static_files.publish(SOURCES, tmp_path)
    names = ("vendor/htmx-2.0.11.min.js", "js/app.js", "js/ticket.js", "js/theme_early.js")
    assert sum((made / f"{name}.gz").stat().st_size for name in names) <= 80_000
