"""Name, logo, colour, priorities: how an installation shows itself."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from PIL import Image

from estafeta.accounts.models import SecurityEntry, Site
from estafeta.tickets.actions import open_ticket
from estafeta.tickets.models import Priority


@pytest.fixture
def admin(cast: Any) -> Client:
    client = Client()
    client.force_login(cast.admin)
    return client


def _picture(kind: str = "PNG", size: tuple[int, int] = (600, 300), **more: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB" if kind == "JPEG" else "RGBA", size, "teal").save(file, kind, **more)
    return file.getvalue()


def _send(admin: Client, content: bytes, name: str = "logo.png") -> str:
    sent = {"logo": SimpleUploadedFile(name, content)}
    admin.post("/administration/look/logo", sent)
    return Site.objects.get().logo


def test_the_name_stands_on_every_page_and_on_the_way_in(cast: Any, admin: Client) -> None:
    admin.post("/administration/look", {"name": "Service desk", "accent": ""})
    assert "Service desk</span>" in admin.get("/administration").content.decode()
    assert "Service desk" in Client().get("/sign-in").content.decode()
    changes = SecurityEntry.objects.get(kind="settings.changed").facts["changes"]
    assert changes == {"brand_name": ["", "Service desk"]}


def test_the_colour_comes_as_a_sheet_that_strangers_get_too(cast: Any, admin: Client) -> None:
    admin.post("/administration/look", {"name": "", "accent": "#0F7F86"})
    page = Client().get("/sign-in").content.decode()
    assert '<link rel="stylesheet" href="/brand/0f7f86.css">' in page
    sheet = Client().get("/brand/0f7f86.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "immutable" in sheet["Cache-Control"]
    assert "--accent: light-dark(#0f7f86," in sheet.content.decode()


def test_a_colour_that_is_too_light_is_said_to_be_darkened(cast: Any, admin: Client) -> None:
    admin.post("/administration/look", {"name": "", "accent": "#ffd400"})
    assert "cannot be read on #ffd400" in admin.get("/administration/look").content.decode()
    assert "--accent: light-dark(#ffd400" not in Client().get("/brand/ffd400.css").content.decode()


@pytest.mark.parametrize(
    "accent", ["red", "#12", "#12345g", "url(x)", "#123456;}", "}*{display:none", "１２３４５６"]
)
def test_what_is_no_colour_is_refused_and_nowhere_served(
    cast: Any, admin: Client, accent: str
) -> None:
    assert admin.post("/administration/look", {"name": "", "accent": accent}).status_code == 422
    assert Site.objects.get().accent == ""
    assert Client().get("/brand/zzzzzz.css").status_code == 404
    assert Client().get("/brand/FFFFFF.css").status_code == 404


def test_a_logo_is_drawn_anew_small_and_without_what_was_hidden(
    cast: Any, admin: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    name = _send(admin, _picture("JPEG", (3000, 1000), exif=exif), "l.jpg")
    kept = (tmp_path / "brand" / name).read_bytes()
    assert b"secret place" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.format == "WEBP"
        assert picture.width <= 480
        assert picture.height <= 96
    assert "brand-logo" in Client().get("/sign-in").content.decode()
    other = _send(admin, _picture())
    assert [path.name for path in (tmp_path / "brand").iterdir()] == [other]
    admin.post("/administration/look/logo", {"remove": "1"})
    assert Site.objects.get().logo == ""
    assert not list((tmp_path / "brand").iterdir())


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a<script>alert(1)</script>", b"", b"%PDF-1.7", _picture()[:60],
    ],
)  # fmt: skip
def test_what_is_no_picture_is_no_logo(
    cast: Any, admin: Client, settings: Any, tmp_path: Path, content: bytes
) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert _send(admin, content) == ""
    assert not (tmp_path / "brand").exists() or not list((tmp_path / "brand").iterdir())


def test_a_bomb_is_refused_before_it_is_unpacked(
    cast: Any, admin: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(file, "PNG")
    assert _send(admin, file.getvalue()) == ""


def _names(value: int, **names: str) -> dict[str, str]:
    return {f"{value}-{code}": name for code, name in names.items()}


def test_priorities_are_called_as_administrators_wish(cast: Any, admin: Client) -> None:
    sent = _names(4, en="Fire", ru="Пожар", uk="Пожежа") | {"4-colour": "violet"}
    assert admin.post("/administration/priorities", sent).status_code == 302
    for language, name in (("en", "Fire"), ("ru", "Пожар"), ("uk", "Пожежа")):
        with translation.override(language):
            assert str(Priority.URGENT.label) == name
            assert (4, name) in [(value, str(label)) for value, label in Priority.choices]
    ticket = open_ticket(by=cast.agent, title="x", department=cast.it, priority=4).ticket
    with translation.override("en"):
        assert ticket.get_priority_display() == "Fire"
    client = Client()
    client.force_login(cast.agent)
    for path in ("/inbox", f"/tickets/{ticket.pk}"):
        page = client.get(path).content.decode()
        assert "tint-violet" in page
        assert "Fire" in page
    changes = SecurityEntry.objects.get(kind="settings.changed").facts["changes"]
    assert changes["priority.4.uk"] == ["", "Пожежа"]
    assert "Priority (Fire), uk" in admin.get("/administration/security").content.decode()


def test_an_empty_name_is_our_own_again(cast: Any, admin: Client) -> None:
    admin.post("/administration/priorities", _names(4, en="Fire"))
    admin.post("/administration/priorities", {})
    with translation.override("en"):
        assert str(Priority.URGENT.label) == "Urgent"
    assert Site.objects.get().priority_looks == {}


@pytest.mark.parametrize(
    "sent",
    [
        _names(4, en="Same") | _names(3, en="same"), _names(1, en="x" * 41),
        {"4-colour": "#ff0000"}, {"4-colour": "url(x)"},
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_or_shown_is_refused(
    cast: Any, admin: Client, sent: dict[str, str]
) -> None:
    answer = admin.post("/administration/priorities", sent)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert Site.objects.get().priority_looks == {}


def test_a_name_is_never_taken_for_markup(cast: Any, admin: Client) -> None:
    admin.post("/administration/priorities", _names(4, en="<b>%(x)s</b>"))
    ticket = open_ticket(by=cast.agent, title="x", department=cast.it, priority=4).ticket
    client = Client()
    client.force_login(cast.agent)
    page = client.get(f"/tickets/{ticket.pk}").content.decode()
    assert "&lt;b&gt;%(x)s&lt;/b&gt;" in page
    assert "<b>%(x)s" not in page
