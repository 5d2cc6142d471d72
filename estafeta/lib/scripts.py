"""Puts modules of JavaScript together, so that a browser fetches one file instead of sixty.

Our modules keep to a few forms of `import` and `export`, which is what makes so small a tool enough;
it refuses whatever it does not know, and a test puts every module together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

_IMPORT = re.compile(
    r'^import\s*(?:\{(?P<names>[^}]*)\}\s*from\s*|\*\s*as\s+(?P<whole>\w+)\s+from\s*)?"(?P<from>[^"]+)";?[ \t]*$',
    re.MULTILINE,
)
_DECLARED = re.compile(
    r"^export (?P<what>(?:async )?function\*?|class|const) (?P<name>\w+)", re.MULTILINE
)
_LISTED = re.compile(r"^export \{(?P<names>[^}]*)\};?[ \t]*$", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export|await)\b.*", re.MULTILINE)
_NAMED = re.compile(r"(\w+)(?:\s+as\s+(\w+))?")


def _called(path: Path) -> str:
    """A module's name inside of a joined file."""
    return "$" + re.sub(r"\W", "_", path.stem)


class CannotJoin(ValueError):
    """A module is written in a way that this tool does not know, or two wait for each other."""


@dataclass
class Module:
    """One file, read."""

    path: Path
    body: str
    imports: list[tuple[Path, str]] = field(default_factory=list)
    """What it takes from where, as the inside of a destructuring; a plain word for the whole."""
    exports: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called inside of a joined file."""
        return _called(self.path)

    def closed(self) -> str:
        """As a function that is run at once and gives what the module exports."""
        taken = "".join(
            f"const {given} = {_called(path)};\n" for path, given in self.imports if given
        )
        told = ", ".join(self.exports)
        return f"const {self.name} = (() => {{\n{taken}{self.body.strip()}\nreturn {{ {told} }};\n}})();\n"


def read(path: Path) -> Module:
    """Take a module apart. Raises CannotJoin."""
    module = Module(path, path.read_text())

    def taken(found: re.Match[str]) -> str:
        source = found["from"]
        if not source.startswith("./") or not source.endswith(".js"):
            raise CannotJoin(f"{path.name}: import from {source}")
        given = found["whole"] or ""
        if found["names"] is not None:
            pairs = _NAMED.findall(found["names"])
            given = "{ " + ", ".join(f"{a}: {b}" if b else a for a, b in pairs) + " }"
        module.imports.append((path.parent / source[2:], given))
        return ""

    def declared(found: re.Match[str]) -> str:
        module.exports.append(found["name"])
        return f"{found['what']} {found['name']}"

    def listed(found: re.Match[str]) -> str:
        pairs = _NAMED.findall(found["names"])
        module.exports += [f"{b}: {a}" if b else a for a, b in pairs]
        return ""

    body = _IMPORT.sub(taken, module.body)
    body = _LISTED.sub(listed, _DECLARED.sub(declared, body))
    if unknown := _UNKNOWN.search(body):
        raise CannotJoin(f"{path.name}: {unknown[0].strip()[:80]}")
    module.body = body
    return module


def in_order(entry: Path) -> list[Module]:
    """The module and all that it needs, as a browser would run them. Raises CannotJoin."""
    done: dict[Path, Module] = {}
    open_now: list[Path] = []

    def visit(path: Path) -> None:
        if path in done:
            return
        if path in open_now:
            names = " → ".join(one.name for one in [*open_now, path])
            raise CannotJoin(f"modules wait for each other: {names}")
        open_now.append(path)
        module = read(path)
        for source, _given in module.imports:
            visit(source)
        open_now.pop()
        done[path] = module

    visit(entry)
    return list(done.values())


def alone(entry: Path) -> str:
    """One classic script that needs no other file. Raises CannotJoin."""
    return "\n".join(module.closed() for module in in_order(entry))


def publish(folder: Path, first: str) -> None:
    """Join the modules of a copied folder in their places.

    `first` is on every page; the others take what it holds already from it, so that no module runs twice.
    """
    shared = in_order(folder / first)
    held = {module.path: module for module in shared}
    written = dict(_pages(folder, held, first))
    names = ", ".join(module.name for module in shared)
    text = "\n".join(module.closed() for module in shared)
    written[folder / first] = f"{text}\nexport {{ {names} }};\n"
    for path, text in written.items():
        path.write_text(text)


def _pages(folder: Path, held: dict[Path, Module], first: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.glob("*.js")):
        modules = in_order(path)
        module = modules[-1]
        if path in held:
            told = f"export const {{ {', '.join(_outside(module.exports))} }} = {module.name};\n"
            lead = f'import {{ {module.name} }} from "./{first}";\n'
            yield path, lead + (told if module.exports else "")
        elif module.imports:
            own = [one for one in modules if one.path not in held]
            needed = _needed(own, held.keys())
            lead = f'import {{ {", ".join(needed)} }} from "./{first}";\n' if needed else ""
            told = f"export const {{ {', '.join(_outside(module.exports))} }} = {module.name};\n"
            text = lead + "\n".join(one.closed() for one in own)
            yield path, text + (told if module.exports else "")


def _outside(exports: list[str]) -> list[str]:
    return [one.partition(":")[0] for one in exports]


def _needed(own: list[Module], held: Set[Path]) -> list[str]:
    paths = {path for one in own for path, _given in one.imports if path in held}
    return sorted(_called(path) for path in paths)
