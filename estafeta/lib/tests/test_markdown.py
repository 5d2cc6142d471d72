"""What people write becomes HTML that is safe to show, in a time that nobody can stretch."""

import re
import time

import pytest

from estafeta.lib.markdown import plain, render, shows

N = 40_000


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("see https://a.b/c_d?x=1&y=(z).", "https://a.b/c_d?x=1&amp;y=(z)</a>."),
        ("(http://a.b/c)", "http://a.b/c</a>)"),
        ("www.a.example", 'href="http://www.a.example"'),
        ("ask me@a.example.", 'href="mailto:me@a.example"'),
        ("HTTPS://a.example", 'href="HTTPS://a.example"'),
        ("[here](http://a.b)", ">here</a>"),
        ("`http://a.b`", "<code>http://a.b</code>"),
    ],
)
def test_addresses_in_a_text_can_be_followed(written: str, shown: str) -> None:
    assert shown in render(written)


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "javascript://a.b/%0aalert(1)",
        '[x](http://a.b" onclick="alert(1))',
        "![x](http://a.b/x.png)",
        'http://a.b"onmouseover="alert(1)',
    ],
)
def test_nothing_that_is_written_can_run_or_call_elsewhere(written: str) -> None:
    html = render(written).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.parametrize(
    "unit",
    [
        "a://",
        "http://a.b/((",
        "http://",
        "a@",
        "a@b.",
        "www.",
        "a.",
        "//a.b ",
        "[",
        "![",
        "*_",
        "я",
    ],
)
def test_the_longest_text_takes_no_longer_than_its_length_says(unit: str) -> None:
    text = unit * (N // len(unit))
    quarter = _seconds(text[: N // 4])
    assert _seconds(text) < 10 * quarter + 0.5


def _seconds(text: str) -> float:
    """Of three times the shortest: what others do at the same time makes it longer, never shorter."""
    found = []
    for _ in range(3):
        start = time.thread_time()
        render.__wrapped__(text)
        found.append(time.thread_time() - start)
    return min(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is **urgent**.\n\n- checked\n- restarted", "It is urgent. checked restarted"),
        ("See [the guide](https://example.org/x) and `ping`", "See the guide and ping"),
        ("```\nping 10.0.0.1\n```", "ping 10.0.0.1"),
        ("<script>alert(1)</script> 2 < 3", "<script>alert(1)</script> 2 < 3"),
        ("", ""),
    ],
)
def test_a_quote_keeps_the_words_and_drops_the_marks(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Сделано. Проверьте, пожалуйста!", "a — b", "1. one", "* a\n* b", "www.example.org", "a_b_c",
        "Line\nline", "Call @anna_b_ or @boris.", "x" * 500, "Q & A <b>", "2 < 3", "e.g. this", "ok...",
        "[a](https://example.org)", "   padded", "MM. Next", "Hello.World", "a.b c", "№ 5", "É. ok",
    ],
)  # fmt: skip
def test_html_shows_its_own_text_and_no_other(text: str) -> None:
    assert shows(render(text), text)
    assert shows(render(text, (("anna_b_", "Anna"), ("boris", "Boris"))), text)
    assert not shows(render(text) + "<p>more</p>", text)
    assert not shows("", text)
    assert not shows(f'<a href="https://evil.example">{text}</a>', text)


def test_nothing_shows_nothing() -> None:
    assert shows("", "")
    assert not shows("<p>x</p>", "")
