"""Message catalogues: collect texts from the source, compile, and find what is not translated.

English is the source language and needs no catalogue.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "uk")
WHERE = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
# As in estafeta/jinja.py, or a text would be collected otherwise than it is asked for.
_JINJA = {
    "extensions": "jinja2.ext.do",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
    "trim_blocks": "true",
}
TEMPLATES = {"templates/**.html": _JINJA, "templates/**.txt": _JINJA}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Estafeta\\n"
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def file_of(language: str) -> Path:
    """Say where a language's catalogue lies."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def collected() -> Catalog:
    """Collect every text of the source."""
    catalog = Catalog(project="Estafeta", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        PACKAGE, method_map=WHERE, options_map=TEMPLATES, keywords=KEYWORDS, comment_tags=("T:",)
    )
    for name, _line, text, comments, context in found:
        catalog.add(text, None, [(f"estafeta/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def read(language: str) -> Catalog:
    """Read a catalogue, or begin an empty one."""
    path = file_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Estafeta", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Write a catalogue, sorted and without dates: only what was translated makes a difference."""
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language, plurals=catalog.plural_forms).encode())
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False, omit_header=True)


def update() -> None:
    """Bring new texts into the catalogues and take out the ones that are gone."""
    template = collected()
    for language in LANGUAGES:
        catalog = read(language)
        # Without guesses: a translation of a similar text is a wrong translation.
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write(language, catalog)


def compile_all() -> None:
    """Write the files that are read at run time."""
    for language in LANGUAGES:
        if file_of(language).exists():
            with file_of(language).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(language))


def complaints() -> Iterator[str]:
    """Name each text that is missing, superfluous, not translated or wrongly translated."""
    template = collected()
    wanted = {_key(message) for message in template if message.id}
    for language in LANGUAGES:
        catalog = read(language)
        present = {_key(message) for message in catalog if message.id}
        for text, _context in sorted(wanted - present, key=str):
            yield f"{language}: not in the catalogue (bin/translations update): {text!r}"
        for text, _context in sorted(present - wanted, key=str):
            yield f"{language}: no longer in the source (bin/translations update): {text!r}"
        for message in catalog:
            if message.id and _key(message) in wanted:
                yield from (
                    f"{language}: {fault}: {message.id!r}" for fault in _faults(message, catalog)
                )


def _key(message: Message) -> tuple[str, str]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text, message.context or ""


def _forms(text: object) -> list[str]:
    forms = text if isinstance(text, (list, tuple)) else [text]
    return [str(form or "") for form in forms]


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    if message.fuzzy:
        yield "only guessed (fuzzy)"
    is_plural = not isinstance(message.id, str)
    sources, texts = _forms(message.id), _forms(message.string)
    if not all(texts):
        yield "not translated"
        return
    if is_plural and len(texts) != catalog.num_plurals:
        yield f"needs {catalog.num_plurals} plural forms"
    known = {name for source in sources for name in PLACEHOLDER.findall(source)}
    # "One ticket" may do without its number, so a plural form may use fewer; a plain text may not.
    for text in texts:
        used = set(PLACEHOLDER.findall(text))
        if used - known or (not is_plural and used != known):
            yield f"placeholders differ in {text!r}"


def main(words: list[str]) -> int:
    """Do one of update, compile, check."""
    if words == ["update"]:
        update()
    elif words == ["compile"]:
        compile_all()
    elif words == ["check"]:
        found = list(complaints())
        print(*found, sep="\n", end="\n" if found else "")
        return 1 if found else 0
    else:
        print("usage: bin/translations update | compile | check", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
