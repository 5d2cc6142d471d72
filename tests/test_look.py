"""The look keeps its own rules: words, icons, colours and a strict content policy."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

ROOT = Path(__file__).resolve().parent.parent / "estafeta"
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
PAGES = sorted(p for p in TEMPLATES.rglob("*.html") if "mail" not in p.parts)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG ratio of two colours."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _tokens(theme: int) -> dict[str, str]:
    css = (STATIC / "css" / "tokens.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", css)
    return {name: colours[theme] for name, *colours in pairs}


TEXT_ON_GROUND = [
    (text, ground)
    for ground in ("bg", "surface", "sunken", "selected", "grey-soft")
    for text in ("ink", "soft", "faint")
] + [
    ("on-accent", "accent"), ("on-red", "red"), ("accent-text", "accent-soft"),
    ("accent-text", "surface"), ("violet-text", "violet-soft"), ("amber-text", "amber-soft"),
    ("green-text", "green-soft"), ("green-text", "surface"), ("red-text", "red-soft"),
    ("red-text", "surface"), ("red-text", "accent-soft"), ("soft", "amber-soft"),
]  # fmt: skip


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_its_ground(theme: int) -> None:
    tokens = _tokens(theme)
    weak = [
        f"{text} on {ground}: {ratio:.2f}"
        for text, ground in TEXT_ON_GROUND
        if (ratio := contrast(tokens[text], tokens[ground])) < 4.5
    ]
    assert not weak


def test_white_initials_can_be_read_on_the_colour_of_every_person() -> None:
    css = (STATIC / "css" / "tokens.css").read_text()
    hues = re.findall(r"\.hue-(\d+) { --hue: (#\w{6}); }", css)
    assert len(hues) == 12
    assert not [hue for hue, colour in hues if contrast(colour, "#ffffff") < 4.5]


def test_the_sprite_holds_exactly_the_named_icons() -> None:
    names = (STATIC / "icons" / "names.txt").read_text().split()
    drawn = re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons" / "sprite.svg").read_text())
    assert drawn == ["logo", *names]


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    names = {*(STATIC / "icons" / "names.txt").read_text().split(), "logo"}
    asked = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"(?:\bicon\(|icon_name=|error_icon = )'([\w-]+)'", page.read_text())
    }
    assert not {(page, name) for page, name in asked if name not in names}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_template_has_what_the_content_policy_forbids(page: Path) -> None:
    text = re.sub(r"{#.*?#}", "", page.read_text(), flags=re.DOTALL)
    assert not re.findall(r"<[^>]*\sstyle=", text)
    assert not re.findall(r"<[^>]*\son\w+=", text)
    assert not re.findall(r"<style\b|javascript:|hx-on", text)
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert not [tag for tag in scripts if "src=" not in tag and "application/json" not in tag]


def test_every_word_that_a_module_says_is_translated() -> None:
    known = set(re.findall(r"'(\w+)': _\(", (TEMPLATES / "layout" / "words.html").read_text()))
    said = {
        (module.name, word)
        for module in (STATIC / "js").glob("*.js")
        for word in re.findall(r'\bsay\("(\w+)"', module.read_text())
        if 'from "./words.js"' in module.read_text()
    }
    assert said
    assert not {(module, word) for module, word in said if word not in known}


def test_modules_stay_small_and_are_reached_from_the_entry() -> None:
    modules = {module.name: module.read_text() for module in (STATIC / "js").glob("*.js")}
    assert not [name for name, text in modules.items() if text.count("\n") > 150]
    missing = {
        f"{name}: {other}"
        for name, text in modules.items()
        for other in re.findall(r'from "\./([\w.]+)"|import "\./([\w.]+)"', text)
        if not {*filter(None, other)} <= modules.keys()
    }
    assert not missing


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["", "/components", "/list", "/ticket", "/form", "/dashboard", "/signin", "/error"]
)
def test_the_styleguide_shows_every_page_in_development(page: str) -> None:
    with override_settings(DEBUG=True, ROOT_URLCONF="estafeta.desk.styleguide"):
        answer = Client().get(f"/styleguide{page}")
    assert answer.status_code == 200


@pytest.mark.django_db
def test_the_styleguide_is_not_there_in_production() -> None:
    with override_settings(DEBUG=False, ROOT_URLCONF="estafeta.desk.styleguide"):
        assert Client().get("/styleguide").status_code == 404


def test_only_the_frame_of_plain_pages_is_as_tall_as_the_window() -> None:
    frames = [page.name for page in PAGES if re.search(r'class="plain[ "]', page.read_text())]
    assert frames == ["plain.html"]
