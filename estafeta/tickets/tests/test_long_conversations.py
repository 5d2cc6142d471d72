"""However much is said about a ticket, it can be said."""

import random

from estafeta.lib import fulltext
from estafeta.tickets import actions
from estafeta.tickets.lists import search
from estafeta.tickets.models import Ticket
from tests.cast import Cast
from tests.orders import order

LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"


def _long_text(seed: int) -> str:
    """200,000 characters of words that are all different and as long as the index keeps them."""
    chance = random.Random(seed)
    words = ("".join(chance.choices(LETTERS, k=fulltext.LONGEST - 1)) for _ in range(3300))
    return " ".join(words)[:200_000]


def test_reply_after_reply_of_the_longest_kind_is_kept(cast: Cast) -> None:
    ticket = order(cast, text=_long_text(0))
    for seed in range(1, 4):
        actions.reply(ticket, by=cast.agent, text=_long_text(seed))
    actions.edit(ticket, by=cast.director, title="Still alive", text=ticket.text)
    assert ticket.comments.count() == 3
    assert search.matching(Ticket.objects.all(), "alive", reader=cast.agent).get() == ticket


def test_a_word_without_end_is_not_remembered_in_memory() -> None:
    fulltext._stems.cache_clear()
    assert fulltext.tokens("ы" * 200_000, "w" * 200_000)
    assert max(map(len, fulltext.tokens("ы" * 200_000))) <= fulltext.LONGEST
    assert fulltext._stems.cache_info().currsize == 2
