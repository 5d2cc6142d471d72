"""Texts in parts: none torn, none longer than is paid for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estafeta.notifications.channels.sms.coding import coded, fitted
from estafeta.notifications.channels.sms.text import text_of
from estafeta.notifications.content import Content
from tests.services.smsc import _decoded


@pytest.mark.parametrize(
    ("text", "parts", "is_ucs2"),
    [
        ("x" * 160, 1, False), ("x" * 161, 2, False), ("x" * 306, 2, False), ("x" * 307, 3, False),
        ("я" * 70, 1, True), ("я" * 71, 2, True), ("я" * 134, 2, True), ("я" * 135, 3, True),
        ("€" * 80, 1, False), ("€" * 81, 2, False), ("🔥" * 35, 1, True), ("🔥" * 36, 2, True),
        ("", 1, False), ("a`b", 1, True),
    ],
)  # fmt: skip
def test_parts_are_counted_as_operators_count(text: str, parts: int, is_ucs2: bool) -> None:
    made = coded(text)
    assert (len(made.parts), made.is_ucs2) == (parts, is_ucs2)


ALPHABETS = st.one_of(
    st.text(st.sampled_from("abc €{}[]~^|\\\nÄ"), max_size=900),
    st.text(st.sampled_from("яжф 🔥x€"), max_size=500),
    st.text(max_size=200).filter(lambda text: text.isprintable()),
)


@settings(max_examples=150, deadline=None)
@given(ALPHABETS)
def test_no_part_is_torn_and_together_they_are_the_text(text: str) -> None:
    made = coded(text)
    coding = 8 if made.is_ucs2 else 0
    assert "".join(_decoded(part, coding) for part in made.parts) == text
    if len(made.parts) > 1:
        assert max(map(len, made.parts)) <= (134 if made.is_ucs2 else 153)


@settings(max_examples=150, deadline=None)
@given(ALPHABETS, st.integers(1, 4))
def test_what_is_cut_fits_with_the_whole_link(text: str, most: int) -> None:
    link = "https://desk.example.org/tickets/24170"
    made = fitted(text, link, most=most)
    assert len(coded(made).parts) <= most
    assert made.endswith(link)


def test_it_is_cut_between_words_and_says_so() -> None:
    made = fitted("слово " * 40, "https://d.org/1", most=1)
    assert made.endswith("слово... https://d.org/1")
    assert 55 <= len(made) <= 70


def test_signs_of_print_do_not_make_a_latin_text_dear() -> None:
    made = fitted("Anna — “takes” the ticket…", "", most=1)
    assert made == 'Anna - "takes" the ticket...'
    assert not coded(made).is_ucs2
    assert fitted("Анна — «берёт»", "", most=1) == "Анна — «берёт»"


def test_gathered_messages_say_how_many_and_where() -> None:
    part = Content(title="#1 T", text="x")
    made = text_of(
        Content(title="7 messages", text="a\nb", link="https://d.org/n", parts=[part] * 7),
        most_parts=1,
    )
    assert made == "7 messages https://d.org/n"


def test_a_code_is_there_whole() -> None:
    made = text_of(Content(title="Код Эстафеты: 123456", text="Введите его " * 20), most_parts=1)
    assert "123456" in made
    assert len(coded(made).parts) == 1
