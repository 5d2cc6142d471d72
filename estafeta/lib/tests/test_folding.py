"""What is folded into a template reads as if it were called each time."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from estafeta.jinja import environment


@pytest.fixture
def english():
    return environment(language="en")


def render(text: str, **context: object) -> str:
    return engines["jinja2"].from_string(text).render(context)


def test_a_phrase_escapes_what_is_put_into_it(english) -> None:
    template = english.from_string("{{ _('<b>%(name)s</b> 100%%', name=name) }}")
    assert template.render(name="<i>") == "<b>&lt;i&gt;</b> 100%"


def test_a_phrase_without_words_in_it_keeps_its_percent_sign(english) -> None:
    assert english.from_string("{{ _('100%%') }}").render() == "100%"


def test_a_phrase_that_is_only_known_when_rendered_still_works(english) -> None:
    assert english.from_string("{{ _(words) }}").render(words="Save") == "Save"


def test_each_language_has_its_own_templates(monkeypatch) -> None:
    said = {"ru": "Сохранить", "en": "Save"}
    monkeypatch.setattr("estafeta.jinja._translated", lambda language, _words: said[language])
    template = "{{ _('Save') }} {{ get_locale() }}"
    for language, words in said.items():
        text = environment(language=language).from_string(template).render()
        assert text == f"{words} {language}"


def test_the_backend_chooses_by_the_active_language() -> None:
    for language in ("ru", "uk", "en"):
        with translation.override(language):
            assert render("{{ get_locale() }}") == language


def test_pure_functions_are_called_once_when_the_template_is_compiled() -> None:
    calls = []
    env = environment(language="en")
    env.pure = {**env.pure, "icon": lambda name: calls.append(name) or name}
    template = env.from_string("{% for _i in range(3) %}{{ icon('plus') }}{% endfor %}")
    assert template.render() == "plusplusplus"
    assert calls == ["plus"]


def test_trans_blocks_are_folded_and_escaped(english) -> None:
    template = english.from_string("{% trans name=name %}Hello {{ name }}{% endtrans %}")
    assert template.render(name="<x>") == "Hello &lt;x&gt;"


def test_values_are_escaped_once(english) -> None:
    template = english.from_string(
        "{{ text }} {{ html }} {{ number }} {{ none }} {{ lazy }} {{ yes }}"
    )
    shown = template.render(
        text="<b>'&'", html=Markup("<b>"), number=3, none=None, lazy=gettext_lazy("<i>"), yes=True
    )
    assert shown == "&lt;b&gt;&#39;&amp;&#39; <b> 3 None &lt;i&gt; True"


def test_macros_are_called_with_all_kinds_of_arguments(english) -> None:
    template = english.from_string(
        "{% macro tag(name, class='x') %}<{{ name }} {{ class }}>{{ caller() if caller is defined else '' }}{% endmacro %}"
        "{{ tag('<a') }}{{ tag(class='y', name='b') }}{% call tag('c') %}<hr>{{ text }}{% endcall %}"
        "{% for i in [1] %}{{ tag(i) }}{% endfor %}"
    )
    assert template.render(text="<") == "<&lt;a x><b y><c x><hr>&lt;<1 x>"


def test_a_choice_without_the_other_side_writes_nothing(english) -> None:
    template = english.from_string("{{ '<a>' if yes }}|{{ '<b>' if no }}|{{ x if x is defined }}")
    assert template.render(yes=True, no=False) == "&lt;a&gt;||"
