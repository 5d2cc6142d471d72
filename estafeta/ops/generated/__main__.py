"""Write the generated pages or see whether they are current: `update` or `check`."""

from __future__ import annotations

import sys
from pathlib import Path

import estafeta
from estafeta.ops.django_setup import load_django

FOLDER = Path(estafeta.__file__).parent.parent / "docs" / "generated"


def main(words: list[str]) -> int:
    """Do one of the two."""
    load_django()
    from estafeta.ops.generated.pages import PAGES

    if words not in (["update"], ["check"]):
        print("usage: python -m estafeta.ops.generated update | check", file=sys.stderr)
        return 2
    behind = [
        (FOLDER / name, text)
        for name, text in ((name, make()) for name, make in PAGES.items())
        if not (FOLDER / name).exists() or (FOLDER / name).read_text() != text
    ]
    for path, text in behind:
        if words == ["update"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        print(f"{path.name}: {'written' if words == ['update'] else 'not current'}")
    if behind and words == ["check"]:
        print("Run: .venv/bin/python -m estafeta.ops.generated update")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
