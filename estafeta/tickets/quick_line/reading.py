"""Understand a line: signs first, then for whom, then until when; the rest is the title."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from estafeta.lib.text import clean, excerpt
from estafeta.tickets.models.tag import LONGEST_TAG, MOST_TAGS
from estafeta.tickets.models.ticket import Priority
from estafeta.tickets.quick_line import moments, naming
from estafeta.tickets.quick_line import vocabulary as say
from estafeta.tickets.quick_line.moments import Said
from estafeta.tickets.quick_line.naming import Directory, Line
from estafeta.tickets.quick_line.pieces import Candidate, Doubt, NameKind, Piece, Understood
from estafeta.tickets.quick_line.words import NOTHING, Word, words_of

LONGEST_LINE = 2000
LONGEST_TITLE = 250
MOST_PIECES = 30
MOST_ASKED_FOR = 8
"""Words such as "for" behind which somebody is looked for."""
_ONCE = (NameKind.DEPARTMENT, NameKind.REQUESTER, NameKind.TOPIC, NameKind.PRIORITY)
_EXCLAIMED = {"!!": Priority.HIGH, "!!!": Priority.URGENT}
_LOOSE = " \t,;:-–—"
_LEFT_DOT = re.compile(r"(?:^|\s)\.(?=\s|$)")
"""What a sentence or an abbreviation that was taken out leaves behind."""


def understand(
    text: str, directory: Directory, *, now: datetime, zone: tzinfo,
    priority_named: Callable[[str], int | None] = lambda _word: None,
) -> Understood:  # fmt: skip
    """What a ticket from this text would be; the first line is read, the others are its text.

    Of clients' lines as much is understood as their form asks: the department and the topic.
    """
    whole = clean(text)
    first, _newline, rest = whole.partition("\n")
    first, over = _cut(first)
    line = Line(first, words_of(first), directory)
    taken: list[tuple[int, int]] = []
    pieces = _signs(line, taken, priority_named)
    if directory.is_staff:
        pieces += _requesters(line, taken)
        pieces += _deadline(line, taken, now, zone)
    pieces = _each_once(sorted(pieces, key=lambda piece: piece.start))
    title = _title(first, pieces)
    kept = "\n".join(part for part in (over, rest) if part).strip()
    if len(title) > LONGEST_TITLE:
        kept = f"{title}\n{kept}".strip()
        title = excerpt(title, LONGEST_TITLE)
    return Understood(first, title, kept, tuple(pieces))


def _cut(line: str) -> tuple[str, str]:
    """No line that somebody types is so long; what is over goes on in the text."""
    if len(line) <= LONGEST_LINE:
        return line, ""
    at = line.rfind(" ", 0, LONGEST_LINE)
    at = at if at > 0 else LONGEST_LINE
    return line[:at], line[at:].strip()


def _signs(
    line: Line, taken: list[tuple[int, int]], priority_named: Callable[[str], int | None]
) -> list[Piece]:
    found: list[Piece] = []
    place = 0
    while place < len(line.words) and len(found) < MOST_PIECES:
        word = line.words[place]
        end, piece = place + 1, None
        before = line.words[place - 1] if place else None
        is_for_requester = (
            word.sigil == "@" and before is not None and line.directory.is_staff
            and bool(say.REQUESTER.one(before.key) or before.is_labelled)
        )  # fmt: skip
        if word.sigil == "@" and not is_for_requester:
            end, piece = naming.addressee(line, place)
        elif word.sigil == "/":
            end, piece = naming.topic(line, place)
        elif word.sigil == "!" and line.directory.is_staff:
            end, piece = _priority(line.words, place, priority_named)
        elif word.sigil == "#" and line.directory.is_staff and _may_be_a_tag(word):
            piece = Piece(NameKind.TAG, word.start, word.end, word=word.text)
        if piece is not None:
            found.append(piece)
            taken.append((place, end))
        place = end
    return found


def _may_be_a_tag(word: Word) -> bool:
    """#2417 is how people write the number of a ticket."""
    return len(word.text) <= LONGEST_TAG and not word.text.isdecimal()


def _priority(
    words: Sequence[Word], place: int, priority_named: Callable[[str], int | None]
) -> tuple[int, Piece]:
    word = words[place]
    keys = word.key.split() if word.is_quoted else [one.key for one in words[place : place + 3]]
    number: int | None = _EXCLAIMED.get(word.text) or priority_named(word.key)
    length = 1
    if number is None and (found := say.PRIORITIES.at(keys, 0)):
        length, number = (1 if word.is_quoted else found[0]), found[1]
    if number is None and word.text.isdecimal() and word.text in "1234":
        number = int(word.text)
    last = words[place + length - 1].end
    if number is None:
        return place + 1, Piece(
            NameKind.PRIORITY, word.start, word.end, word=word.text, why=Doubt.UNKNOWN
        )
    return place + length, Piece(NameKind.PRIORITY, word.start, last, number=int(number))


def _requesters(line: Line, taken: list[tuple[int, int]]) -> list[Piece]:
    begins = [n for n, word in enumerate(line.words) if naming.begins_requester(word)]
    for place in begins[:MOST_ASKED_FOR]:
        if _is_taken(place, taken):
            continue
        if found := naming.requester(line, place):
            end, piece = found
            if not any(_is_taken(at, taken) for at in range(place, end)):
                taken.append((place, end))
                return [piece]
    return []


def _deadline(line: Line, taken: list[tuple[int, int]], now: datetime, zone: tzinfo) -> list[Piece]:
    # Words that are taken already end every phrase.
    keys = [NOTHING if _is_taken(n, taken) or w.sigil else w.key for n, w in enumerate(line.words)]
    found = [(n, said) for n in range(len(keys)) if (said := moments.read(keys, n)) is not None]
    usable = [
        (place, said) for place, said in found
        if said.is_sure or _is_at_an_edge(keys, place, said.end)
    ]  # fmt: skip
    # "Tomorrow by noon" and not only its "by noon".
    usable = [
        one for one in usable
        if not any(n < one[0] and one[1].end <= said.end for n, said in usable)
    ]  # fmt: skip
    usable.sort(key=lambda pair: (not pair[1].is_strong, pair[0]))
    # "not understood" only where nothing better is found.
    usable.sort(key=lambda pair: pair[1].is_wrong)
    if not usable:
        return []
    place, said = usable[0]
    start, end = line.words[place].start, line.words[said.end - 1].end
    piece = _settled(line, said, start, end, now, zone)
    # "The printer was silent today at 10" tells what happened; "until 10" would be a mistake.
    return [] if piece.why is Doubt.PAST and not said.is_strong else [piece]


def _settled(line: Line, said: Said, start: int, end: int, now: datetime, zone: tzinfo) -> Piece:
    words = line.text[start:end]
    if said.is_wrong:
        return Piece(NameKind.DEADLINE, start, end, word=words, why=Doubt.UNKNOWN)
    ahead = list(dict.fromkeys(moments.settle(said, now=now, zone=zone)))
    if not ahead:
        return Piece(NameKind.DEADLINE, start, end, word=words, why=Doubt.PAST)
    if len(ahead) == 1:
        return Piece(NameKind.DEADLINE, start, end, moment=ahead[0])
    found = []
    for at in ahead:
        local = at.astimezone(zone)
        instead = f"до {local:%Y-%m-%d %H:%M}"
        label = f"{local:%Y-%m-%d %H:%M}"
        found.append(Candidate(label, "", line.text[:start] + instead + line.text[end:]))
    return Piece(
        NameKind.DEADLINE, start, end, word=words, why=Doubt.SEVERAL, candidates=tuple(found)
    )


def _is_at_an_edge(keys: Sequence[str], place: int, end: int) -> bool:
    """It begins or ends the line, but for words that are taken."""
    before, after = keys[:place], keys[end:]
    return all(key == NOTHING for key in before) or all(key == NOTHING for key in after)


def _each_once(pieces: list[Piece]) -> list[Piece]:
    """A ticket has one department, one requester, one topic and one priority: the first counts."""
    seen: set[NameKind] = set()
    tags = 0
    found: list[Piece] = []
    for piece in pieces:
        is_second = piece.why is None and piece.kind in _ONCE and piece.kind in seen
        tags += piece.kind is NameKind.TAG
        if is_second or (piece.kind is NameKind.TAG and tags > MOST_TAGS):
            words = piece.known.name if piece.known else piece.word
            piece = Piece(piece.kind, piece.start, piece.end, word=words, why=Doubt.SECOND)
        if piece.why is None:
            seen.add(piece.kind)
        found.append(piece)
    return found


def _title(line: str, pieces: Sequence[Piece]) -> str:
    """What is left; what was not understood stays, so that nothing is lost."""
    rest, at = [], 0
    for piece in pieces:
        if piece.why is None:
            rest.append(line[at : piece.start])
            at = piece.end
    rest.append(line[at:])
    words = " ".join(part.strip() for part in rest if part.strip(_LOOSE))
    words = _LEFT_DOT.sub(" ", words)
    for mark in ",;:":
        words = words.replace(f" {mark}", mark)
    return " ".join(words.split()).strip(_LOOSE)


def _is_taken(place: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in taken)
