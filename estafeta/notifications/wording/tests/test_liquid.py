"""The template language has no way out and no way to go on for ever."""

from __future__ import annotations

import time
from typing import Any

import pytest

from estafeta.notifications.wording.liquid import Fault, checked, rendered

BOMBS = {
    "a loop without end": "{% for i in (1..100000000) %}x{% endfor %}",
    "loops in loops": "{% for i in (1..50) %}{% for j in (1..50) %}x{% endfor %}{% endfor %}",
    "loops after loops": "{% for i in (1..900) %}x{% endfor %}" * 3,
    "a long list": "{{ (1..1000000000) | join: 'x' }}",
    "a text that doubles": "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..900) %}"
    "{% assign a = a | append: a %}{% endfor %}{{ a }}",
    "a text that squares": "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..11) %}"
    "{% assign a = a | append: a %}{% endfor %}{{ a | replace: '', a }}",
    "a number that grows": "{% assign a = 9 %}{% for i in (1..900) %}"
    "{% assign a = a | plus: a %}{% endfor %}{{ a }}",
    "much output": "{% for i in (1..1500) %}" + "x" * 100 + "{% endfor %}",
    "many slow steps": "{% assign s = (1..1900) | join: ',' %}{% assign l = s | split: ',' %}"
    "{% for i in (1..1900) %}{% assign u = l | uniq %}{% endfor %}",
    "deep nesting": "{% if a %}" * 40 + "{% endif %}" * 40,
}


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS)
def test_a_bomb_ends_quickly(source: str) -> None:
    started = time.thread_time()
    with pytest.raises(Fault):
        rendered(source, {})
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'x' %}", "{% render 'x' %}", "{% tablerow i in (1..2) %}{% endtablerow %}",
        "{{ a | date: '%Y' }}", "{{ a | times: 2 }}", "{{ a | base64_decode }}",
        "{% capture x %}y{% endcapture %}", "{% increment x %}", "{{ a | safe }}",
    ],
)  # fmt: skip
def test_what_is_not_needed_is_not_there(source: str) -> None:
    with pytest.raises(Fault):
        checked(source, {})


@pytest.mark.parametrize(
    "name", ["__class__", "__init__.__globals__", "format", "upper", "__dict__", "mro"]
)
def test_there_are_no_objects_behind_values(name: str) -> None:
    values: dict[str, Any] = {"title": "x", "count": 3, "tickets": [{"title": "y"}]}
    for root in values:
        assert rendered(f"{{{{ {root}.{name} }}}}", values) == ""


def test_values_are_not_read_as_templates() -> None:
    evil = "{{ secret }} {% for i in (1..9) %}x{% endfor %}"
    assert rendered("{{ title }}", {"title": evil, "secret": "s"}) == evil


def test_in_markdown_values_have_no_marks() -> None:
    from estafeta.lib.markdown import render

    evil = "**b** [x](https://evil.test) <script>a</script> `c` # h\n> q ![i](x) &amp;"
    for source in ("{{ title }}", "{{ title | upcase | downcase }}", "{{ nope | default: title }}"):
        html = render(rendered(source, {"title": evil}, is_markdown=True))
        for tag in (
            "<strong",
            "<script",
            "<code",
            "<h1",
            "<blockquote",
            "<img",
            'href="https://evil',
        ):
            assert tag not in html, (source, tag)
        assert "&amp;amp;" in html


def test_conditions_see_values_as_they_are() -> None:
    source = "{% if title == 'A.B (c)' %}**yes**{% endif %}"
    assert rendered(source, {"title": "A.B (c)"}, is_markdown=True) == "**yes**"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("one\ntwo {{ x | nope }}", 2), ("{% if %}x{% endif %}", 1), ("one\n\n{{ x", 3),
        ("one\n{% if x %}\nthree", 3), ("{% endfor %}", 1), ("a\nb\nc {% foo %}", 3),
    ],
)  # fmt: skip
def test_a_fault_names_its_line(source: str, line: int) -> None:
    with pytest.raises(Fault) as caught:
        checked(source, {})
    assert caught.value.line == line


def test_what_is_not_there_is_empty_and_named() -> None:
    source = "{{ title }}{{ nope }}{% for t in tickets %}{{ t.any }}{% endfor %}"
    assert rendered(source, {"title": "x"}) == "x"
    assert checked(source, {"title": ""}).unknown == ["nope", "tickets"]
