"""Texts of a data set: sentences picked from a pool, so that stems, HTML and digests are made once."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

from bench.sizes import COMMON_WORD, RARE_WORD
from estafeta.lib import fulltext, markdown
from estafeta.ops.demo.texts import LANGUAGES, texts_of

POOL = 8_000
INVENTED_WORDS = 6_000
SYLLABLES = (
    "ба ве го ду же зи ка ло му не по ра си та фу ха це чи шо ля бор вал гор дам зон кор лам мон "
    "пар рос сад тон фор щит стан град пласт"
).split()


@dataclass(frozen=True)
class Text:
    """One text in every form in which it is kept."""

    text: str
    html: str
    digest: str
    stems: tuple[str, ...]


def make(text: str) -> Text:
    """Render, hash and stem a text."""
    return Text(
        text,
        markdown.render(text),
        hashlib.sha256(text.encode()).hexdigest(),
        tuple(fulltext.tokens(text)),
    )


class Prose:
    """The pools; the same dice give the same."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.words = self._vocabulary()
        self.titles = [make(self._sentence(3, 6).rstrip(".")) for _ in range(POOL // 4)]
        self.bodies = [make(" ".join(self._sentence(6, 14) for _ in range(3))) for _ in range(POOL)]
        self.comments = [make(self._sentence(5, 18)) for _ in range(POOL)]
        self.rare = make(f"Нужен {RARE_WORD}, серийный номер на обороте.")

    def _vocabulary(self) -> list[str]:
        """Real words first, which are met more often, then invented ones."""
        real: dict[str, None] = {}
        for language in LANGUAGES:
            for story in texts_of(language).stories.values():
                for text in (story.title, story.text, story.done):
                    words = (word.strip(".,:;!?«»“”()№") for word in text.split())
                    real.update(dict.fromkeys(word for word in words if word.isalpha()))
        invented = [
            "".join(self.dice.choice(SYLLABLES) for _ in range(self.dice.randint(2, 4)))
            for _ in range(INVENTED_WORDS)
        ]
        return [*real, *invented]

    def _word(self) -> str:
        place = int(len(self.words) * self.dice.random() ** 3)
        return self.words[place]

    def _sentence(self, shortest: int, longest: int) -> str:
        words = [self._word() for _ in range(self.dice.randint(shortest, longest))]
        if self.dice.random() < 0.1:
            words.append(COMMON_WORD)
        return " ".join(words).capitalize() + "."
