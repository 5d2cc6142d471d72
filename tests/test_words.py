"""The words people read: complete in every language, right with every number, nowhere left in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

import estafeta
from estafeta.accounts.models import Person
from estafeta.desk.deadline import day_and_time
from estafeta.ops import translations
from estafeta.tickets import actions
from estafeta.tickets.phrases import phrase
from estafeta.tickets.statuses import Status
from tests.cast import Cast
from tests.crawl import pages_of
from tests.orders import done, order, taken

DOCS = Path(estafeta.__file__).parents[1] / "docs"
AMOUNTS = (1, 2, 5, 11, 21, 22, 25)
NEW_TICKETS = {
    "ru": "новая новые новых новых новая новые новых",
    "uk": "нова нові нових нових нова нові нових",
}
LATE = {
    "ru": "просрочена просрочены просрочено просрочено просрочена просрочены просрочено",
    "uk": "прострочена прострочені прострочено прострочено прострочена прострочені прострочено",
}


@pytest.fixture(scope="module", autouse=True)
def _compiled_anew() -> None:
    """The tests read the catalogues as they are in the source, not as somebody compiled them once."""
    files = [translations.file_of(language) for language in translations.LANGUAGES]
    if any(not file.with_suffix(".mo").exists() or _is_older(file) for file in files):
        translations.compile_all()
    translation.trans_real._translations.clear()  # type: ignore[attr-defined]


def _is_older(file: Path) -> bool:
    return file.with_suffix(".mo").stat().st_mtime < file.stat().st_mtime


def test_every_catalogue_is_complete_and_current() -> None:
    assert list(translations.complaints()) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_no_word_of_a_library_wins_over_ours(language: str) -> None:
    """Django and allauth translate some of the same short words, each in its own way."""
    with translation.override(language):
        for message in translations.read(language):
            ours: Any = message.string
            if isinstance(message.id, str) and message.context:
                assert pgettext(message.context, message.id) == ours
            elif isinstance(message.id, str):
                assert not message.id or gettext(message.id) == ours
            else:
                one, many = message.id
                assert [ngettext(one, many, n) for n in (1, 2, 5)] == list(ours)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_words_agree_with_numbers(language: str) -> None:
    with translation.override(language):
        new = [ngettext("%(count)s new ticket", "%(count)s new tickets", n) for n in AMOUNTS]
        late = [ngettext("%(count)s late", "%(count)s late", n) for n in AMOUNTS]
    assert [words.split()[1] for words in new] == NEW_TICKETS[language].split()
    assert [words.split()[1] for words in late] == LATE[language].split()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ru",
            "Новая, В работе, Ожидает, На приёмке, Выполнена, Отменена, В архиве, Объединена, Удалена",
        ),
        (
            "uk",
            "Нова, У роботі, Очікує, На прийманні, Виконана, Скасована, В архіві, Об’єднана, Видалена",
        ),
    ],
)
def test_statuses_agree_with_the_word_for_a_ticket(language: str, words: str) -> None:
    with translation.override(language):
        assert ", ".join(str(status.label) for status in Status) == words


@pytest.mark.django_db
def test_the_journal_reads_after_a_name_of_any_gender(cast: Cast) -> None:
    ticket = order(cast)
    taking = actions.take(ticket, by=cast.agent)
    handing = actions.hand_over(ticket, by=cast.agent, people=[cast.agent_b], reason="По железу")
    with translation.override("ru"):
        assert phrase(taking) == "берёт заявку в работу"
        assert phrase(handing) == "передаёт заявку: Boris Agent"
    with translation.override("uk"):
        assert phrase(taking) == "бере заявку в роботу"
        assert phrase(handing) == "передає заявку: Boris Agent"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "26 Nov"), ("ru", "26 ноября"), ("uk", "26 листопада")]
)
def test_a_day_stands_in_the_form_the_language_wants(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from estafeta.lib import clock

    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 1, 9, tzinfo=UTC))
    with translation.override(language):
        assert day_and_time(datetime(2026, 11, 26, 16, tzinfo=UTC)) == words


def test_no_text_hides_inside_an_f_string() -> None:
    """There the collector does not see it, so nobody would translate it."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in Path(estafeta.__file__).parent.rglob("*.py")
        for piece in ast.walk(ast.parse(path.read_text()))
        if isinstance(piece, ast.JoinedStr)
        for call in ast.walk(piece)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in translations.KEYWORDS
    ]
    assert hidden == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_no_page_shows_english(cast: Cast, language: str) -> None:
    _some_life(cast)
    Person.objects.update(language=language)
    seen = {
        text.strip(): f"{address} as {who}"
        for who, person in cast.everybody().items()
        for address, page in pages_of(person, starts=("/", "/search?q=1", "/navigation"))
        if not address.startswith("/api/")
        for text in page.texts
    }
    assert len(seen) > 500
    english = _english(language)
    assert {text: where for text, where in seen.items() if english(text)} == {}


def _english(language: str) -> Callable[[str], bool]:
    """Tell English that has a translation: a sentence anywhere in a text, a word by itself."""
    words: set[str] = set()
    sentences: list[str] = []
    patterns: list[re.Pattern[str]] = []
    for message in translations.read(language):
        for text in [message.id] if isinstance(message.id, str) else message.id:
            if len(text) <= 3 or text == message.string:
                continue
            pieces = translations.PLACEHOLDER.split(text)
            if len(pieces) > 1 and any(map(str.strip, pieces)):
                patterns.append(re.compile(".+".join(map(re.escape, pieces))))
            elif " " in text:
                sentences.append(text)
            else:
                words.add(text)
    return lambda shown: (
        shown in words
        or any(text in shown for text in sentences)
        or any(pattern.fullmatch(shown) for pattern in patterns)
    )


def _some_life(cast: Cast) -> None:
    """One ticket in each status, with everything in its journal that can be there."""
    order(cast, by=cast.client)
    held = taken(cast)
    actions.note(held, by=cast.agent, text="Для своих")
    actions.reply(held, by=cast.director, text="Ну как?")
    actions.set_priority(held, by=cast.head, priority=4)
    actions.edit(
        held, by=cast.director, title="Иначе", text="Совсем", topic=None, acceptance="nobody"
    )
    actions.hand_over(held, by=cast.agent, people=[cast.agent_b], reason="По железу")
    actions.acknowledge(order(cast, people=[cast.agent]), by=cast.agent)
    actions.wait(taken(cast, by=cast.agent), by=cast.agent, wait_for="part", reason="Едет")
    actions.complete(taken(cast, acceptance="author"), by=cast.agent)
    actions.return_to_work(done(cast), by=cast.director, reason="Не то")
    actions.cancel(order(cast), by=cast.director, reason="Не нужно")
    finished = done(cast)
    actions.archive(finished, by=cast.director)


@pytest.mark.parametrize("language", ["en", *translations.LANGUAGES])
def test_the_documentation_calls_things_as_the_pages_do(language: str) -> None:
    """What stands in bold or in quotes within bold is a word of the product."""
    known = set(_shown(language))
    for page in (DOCS / language).glob("*.md"):
        for bold in re.findall(r"\*\*(.+?)\*\*", page.read_text(), re.DOTALL):
            for word in re.split(r"\s+→\s+", " ".join(bold.split()).rstrip(".")):
                assert word.strip("«»“”") in known, f"{page.name}: {word}"


def _shown(language: str) -> Iterator[str]:
    for message in translations.collected() if language == "en" else translations.read(language):
        told = message.id if language == "en" else message.string
        yield from [told] if isinstance(told, str) else told or ()
