"""The other cases of a name: Петрова, Петровой, Петрову. Endings as data, Russian and Ukrainian."""

from __future__ import annotations

from functools import lru_cache

_TABLE = """
ский   ского скому ским ском
ський  ського ському ським
цький  цького цькому цьким
цкий   цкого цкому цким цком
ская   ской скую скою
ська   ської ській ську ською
цька   цької цькій цьку цькою
ый     ого ому ым ом
ий     ого ому им ом его ему ем ия ию ием ии ія ію
ій     ія ію ієві ієм ії ього ьому ім ого ому ої ею
ая     ой ую ою
яя     ей юю ею
ия     ии ию ией ие
ія     ії ію ією іє
ья     ьи ье ью ьей
га     ги ге гу гой гою зі
ка     ки ке ку кой кою ці ок
ха     хи хе ху хой хою сі
а      ы и е у ой ою ей ею і о
я      и ю е ей ею і ї єю є
ко     ка ку кові ком
о      а у ові ом е
ець    ця цю цеві цем ці
ец     ца цу цем це
ок     ка ку ком ке кові
ел     ла лу лом ле ела елу елом еле
ір     ора ору орові ором орі
ей     ея ею еем ее
єй     єя єю єєві єєм єї
й      я ю ем еві єм єві ї е
ь      я ю ем е ём еві єм єві і и
ы      ов ам ами ах
и      ов ей ам ами ах ів
"""
_RULES = sorted(
    ((line.split()[0], line.split()[1:]) for line in _TABLE.strip().splitlines()),
    key=lambda rule: -len(rule[0]),
)
_CONSONANT = "а у ом ем е ым им і ові еві".split()


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """How a word may be written besides as it is; an English one with its possessive."""
    if word.isascii():
        return frozenset((f"{word}'s",))
    if len(word) < 3:
        return frozenset()
    for ending, others in _RULES:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return frozenset(stem + other for other in others)
    return frozenset(word + other for other in _CONSONANT) if word[-1].isalpha() else frozenset()
