"""Text as it comes from outside, made safe to keep and to compare."""

import re
import unicodedata

_PATRONYMIC = re.compile("(ич|вна|чна)$")
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Text that both engines keep: NFC, plain newlines, no control codes or lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNKEEPABLE.sub("", text)).strip()


def one_line(text: str) -> str:
    """`clean` for titles and names: white space folded to single blanks."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """For comparing what people type: case folded, ё as е, white space as single blanks."""
    return " ".join(clean(text).casefold().replace("ё", "е").split())


def short_name(name: str) -> str:
    """A name for narrow places: two words, or the surname with initials where a patronymic ends it."""
    words = name.split()
    if len(words) == 3 and _PATRONYMIC.search(words[2]):
        return "\N{NO-BREAK SPACE}".join((words[0], f"{words[1][0]}.", f"{words[2][0]}."))
    return " ".join(words[:2])


def excerpt(text: str, length: int = 140) -> str:
    """The beginning of a text on one line, cut with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
