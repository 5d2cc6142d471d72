"""The checker of catalogues finds what it has to."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from estafeta.ops import translations

TEMPLATE = Catalog()
TEMPLATE.add("Take")
TEMPLATE.add("Hello %(name)s")
TEMPLATE.add(("%(n)s ticket", "%(n)s tickets"))

GOOD = """
msgid ""
msgstr "Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Take"
msgstr "Взять"

msgid "Hello %(name)s"
msgstr "Здравствуйте, %(name)s"

msgid "%(n)s ticket"
msgid_plural "%(n)s tickets"
msgstr[0] "%(n)s заявка"
msgstr[1] "%(n)s заявки"
msgstr[2] "%(n)s заявок"
"""


def complaints(monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    monkeypatch.setattr(translations, "LANGUAGES", ("ru",))
    monkeypatch.setattr(translations, "collected", lambda: TEMPLATE)
    catalog = read_po(BytesIO(text.encode()), locale="ru")
    monkeypatch.setattr(translations, "read", lambda _: catalog)
    return list(translations.complaints())


def test_a_complete_catalogue_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert complaints(monkeypatch, GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('"Взять"', '""', "not translated"),
        ("Здравствуйте, %(name)s", "Здравствуйте, %(имя)s", "placeholders differ"),
        ("Здравствуйте, %(name)s", "Здравствуйте", "placeholders differ"),
        ('msgid "Take"', '#, fuzzy\nmsgid "Take"', "only guessed"),
        ('msgid "Take"', 'msgid "Took"', "not in the catalogue"),
        ('msgid "Take"', 'msgid "Gone"\nmsgstr "x"\n\nmsgid "Take"', "no longer in the source"),
        ('msgstr[2] "%(n)s заявок"', 'msgstr[2] ""', "not translated"),
    ],
)
def test_a_fault_is_named(
    monkeypatch: pytest.MonkeyPatch, before: str, after: str, complaint: str
) -> None:
    assert before in GOOD
    found = complaints(monkeypatch, GOOD.replace(before, after))
    assert any(complaint in line for line in found), found


def test_texts_of_python_and_of_templates_are_collected() -> None:
    names = {message.id for message in translations.collected() if message.id}
    assert "Ticket %(ticket)s: entry %(seq)s is missing." in names
    sources = {
        where[0].rsplit(".", 1)[-1] for m in translations.collected() for where in m.locations
    }
    assert {"py", "html"} <= sources
