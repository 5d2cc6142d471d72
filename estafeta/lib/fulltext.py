"""Words of Russian, Ukrainian and English brought to stems, the same for both engines.

Both engines index what `tokens` returns and look for what `wanted` returns, so that search gives the
same answers on SQLite and PostgreSQL. Russian and English stems are Snowball's. Snowball has no
Ukrainian; the light stemmer below strips case and verb endings, which is what search needs.
"""

import re
import sys
import threading
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any

from estafeta.lib.text import fold

MOST_TOKENS = 20_000
MOST_BYTES = 600_000
MOST_WANTED = 12
LONGEST = 60

_WORD = re.compile(r"[\w][\w\-./@:]*", re.UNICODE)
_PART = re.compile(r"[^\W_]+", re.UNICODE)
_CYRILLIC = re.compile(r"[а-яґєіїʼ']", re.IGNORECASE)
_UKRAINIAN = re.compile(r"[ґєії]")
_RUSSIAN = re.compile(r"[ыэъ]")
_VOWELS = "аеєиіїоуюя"
_ENDINGS = sorted(
    "а я у ю і ї о е є и ь й ам ям ах ях ом ем єм им їм ім ий ій їй их іх ої ою ею єю ів їв "
    "ами ями ими іми ого ому ові еві єві ого ього ьому ення ання яння ень "
    "ти ати яти ити іти увати ювати ує ують ає ають яє яють ить ять ать ив ав яв ила ала ило ало "
    "или али уть ють ся сь тися ться вся лася лося лися".split(),
    key=len,
    reverse=True,
)


def _stemmer(language: str) -> Any:
    """Of the library's thirty languages, which it imports all, two are wanted: that saves 4 MB."""
    if "snowballstemmer" not in sys.modules:
        spec = find_spec("snowballstemmer")
        assert spec is not None
        sys.modules["snowballstemmer"] = module_from_spec(spec)
    module = import_module(f"snowballstemmer.{language}_stemmer")
    return getattr(module, f"{language.title()}Stemmer")()


class _Stemmers(threading.local):
    """Of each thread its own: a stemmer keeps the word it works on, and another would spoil it."""

    def __init__(self) -> None:
        self.russian, self.english = _stemmer("russian"), _stemmer("english")


_of_thread = _Stemmers()


def _ukrainian_stem(word: str) -> str:
    for ending in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and any(v in stem for v in _VOWELS):
            return stem
    return word


def stems(word: str) -> tuple[str, ...]:
    """The stems of one folded word: a Cyrillic word of neither alphabet for sure has two."""
    return _stems(word[:LONGEST])


@lru_cache(maxsize=50_000)
def _stems(word: str) -> tuple[str, ...]:
    if not word.isalpha():
        return (word,)
    if not _CYRILLIC.search(word):
        return (_of_thread.english.stemWord(word),)
    found = []
    if not _UKRAINIAN.search(word):
        found.append(_of_thread.russian.stemWord(word))
    if not _RUSSIAN.search(word):
        found.append(_ukrainian_stem(word))
    return tuple(dict.fromkeys(found))


def _pieces(text: str) -> list[str]:
    """Words as written (`inv-20345`, `10.0.0.7`), and the parts of compound ones."""
    found = []
    for match in _WORD.finditer(fold(text).replace("'", "").replace("ʼ", "").replace("’", "")):
        word = match.group().strip("-./@:_")
        parts = _PART.findall(word)
        if len(parts) > 1:
            found.append(word[:LONGEST])
        found.extend(parts)
    return found


def tokens(*texts: str) -> list[str]:
    """What the index keeps of the texts: distinct stems, at most `MOST_TOKENS` and `MOST_BYTES`."""
    found: dict[str, None] = {}
    size = 0
    for text in texts:
        for piece in _pieces(text):
            for stem in stems(piece):
                if stem not in found:
                    found[stem] = None
                    size += len(stem.encode())
            if len(found) >= MOST_TOKENS or size >= MOST_BYTES:
                return list(found)[:MOST_TOKENS]
    return list(found)


def wanted(query: str) -> list[tuple[str, ...]]:
    """What to look for: every group must match, any beginning of a token in a group suffices."""
    groups = []
    for match in _WORD.finditer(fold(query).replace("'", "").replace("ʼ", "").replace("’", "")):
        word = match.group().strip("-./@:_")
        if word:
            whole = len(_PART.findall(word)) > 1
            groups.append((word[:LONGEST],) if whole else stems(word))
    return groups[:MOST_WANTED]
