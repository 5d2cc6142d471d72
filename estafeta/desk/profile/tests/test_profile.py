"""One's own card, photo and settings."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from estafeta.accounts.models import Person, SecurityEntry


@pytest.fixture
def anna(cast: Any, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(cast.agent)
    return client


def _form(**changed: str) -> dict[str, str]:
    return {
        "email": "anna@example.org", "phone": "1", "room": "2", "position": "Engineer",
        "contacts": "", "language": "en", "time_zone": "Europe/Kyiv", "theme": "dark",
        "popup_place": "top-left", "state_shown_to": "departments", **changed,
    }  # fmt: skip


def _me(cast: Any) -> Person:
    return Person.objects.get(pk=cast.agent.pk)


def _picture(size: tuple[int, int] = (600, 400), kind: str = "JPEG", **more: Any) -> io.BytesIO:
    sent = io.BytesIO()
    Image.new("RGB", size, "navy").save(sent, kind, **more)
    sent.seek(0)
    sent.name = f"me.{kind.lower()}"
    return sent


def test_contacts_and_settings_are_saved(cast: Any, anna: Client) -> None:
    assert anna.post("/profile", _form())["Location"] == "/profile"
    me = _me(cast)
    assert (me.phone, me.theme, me.popup_place) == ("1", "dark", "top-left")
    assert me.state_shown_to == "departments"
    changes = SecurityEntry.objects.get(kind="people.changed").facts["changes"]
    assert set(changes) == {"phone", "room", "position"}


def test_the_page_speaks_the_language_that_was_just_chosen(cast: Any, anna: Client) -> None:
    anna.post("/profile", _form(language="uk"))
    assert '<html lang="uk"' in anna.get("/profile").content.decode()


def test_rights_login_and_name_cannot_be_smuggled_in(cast: Any, anna: Client) -> None:
    anna.post("/profile", _form(name="Boss", login="root", is_administrator="on", is_director="on"))
    me = _me(cast)
    assert (me.name, me.login, me.is_administrator, me.is_director) == (
        "Anna Agent", "anna", False, False,
    )  # fmt: skip


def test_administrators_may_rename_themselves(cast: Any, client: Client) -> None:
    client.force_login(cast.admin)
    client.post("/profile", _form(name="Ada L.", email=""))
    assert Person.objects.get(pk=cast.admin.pk).name == "Ada L."


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "nobody"}, {"language": "xx"}, {"time_zone": "Mars"}, {"theme": "pink"},
        {"popup_place": "middle"}, {"state_shown_to": "strangers"}, {"phone": "1" * 61}, {"time_zone": "../etc/passwd"},
    ],
)  # fmt: skip
def test_wrong_values_change_nothing_and_stay_in_the_form(
    cast: Any, anna: Client, changed: dict[str, str]
) -> None:
    response = anna.post("/profile", _form(room="Kept 7", **changed))
    assert response.status_code == 422
    assert 'value="Kept 7"' in response.content.decode()
    assert _me(cast).room == ""


def test_a_photo_is_cut_square_encoded_anew_and_named_at_random(
    cast: Any, anna: Client, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0110] = "Secret camera"
    anna.post("/profile/photo", {"photo": _picture(exif=exif)})
    name = _me(cast).photo
    with Image.open(tmp_path / "photos" / name) as made:
        assert (made.size, made.format) == ((256, 256), "WEBP")
        assert not made.getexif()
    assert "me" not in name
    assert f"/files/photos/{name}?s=" in anna.get("/profile").content.decode()


def test_a_turned_photo_stands_upright(cast: Any, anna: Client, tmp_path: Path) -> None:
    sent, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    picture = Image.new("RGB", (400, 400), "red")
    picture.paste("blue", (0, 0, 200, 400))
    picture.save(sent, "JPEG", exif=exif)
    sent.seek(0)
    sent.name = "me.jpg"
    anna.post("/profile/photo", {"photo": sent})
    with Image.open(tmp_path / "photos" / _me(cast).photo) as made:
        top, bottom = (
            made.convert("RGB").getpixel((128, 10)),
            made.convert("RGB").getpixel((128, 245)),
        )
    assert top[2] > 150 > top[0]  # type: ignore[index]
    assert bottom[0] > 150 > bottom[2]  # type: ignore[index]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_other_formats_are_taken(cast: Any, anna: Client, kind: str) -> None:
    anna.post("/profile/photo", {"photo": _picture(kind=kind)})
    assert _me(cast).photo.endswith(".webp")


def test_the_old_photo_is_thrown_away(cast: Any, anna: Client, tmp_path: Path) -> None:
    for _number in range(2):
        anna.post("/profile/photo", {"photo": _picture()})
    assert [p.name for p in (tmp_path / "photos").iterdir()] == [_me(cast).photo]
    anna.post("/profile/photo", {"remove": "1"})
    assert list((tmp_path / "photos").iterdir()) == []
    assert _me(cast).photo == ""


def _bomb() -> io.BytesIO:
    """A small file whose head promises 60,000 × 60,000 pixels."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff\xe0broken", b"GIF89a" + b"\x00" * 20, _bomb().getvalue(),
        _picture().getvalue()[:200], b"%PDF-1.4", b"MZ" + b"\x00" * 500,
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_a_message(
    cast: Any, anna: Client, content: bytes
) -> None:
    sent = io.BytesIO(content)
    sent.name = "../../evil.webp"
    response = anna.post("/profile/photo", {"photo": sent})
    assert response.status_code == 422
    assert 'id="field-photo-error"' in response.content.decode()
    assert _me(cast).photo == ""


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_few_bytes_that_unpack_to_a_gigabyte_are_refused(
    cast: Any, anna: Client, kind: str
) -> None:
    response = anna.post("/profile/photo", {"photo": _picture(kind=kind, size=(6000, 3000))})
    assert response.status_code == 422
    assert "too many pixels" in response.content.decode()


def test_a_large_photo_of_a_camera_is_taken(cast: Any, anna: Client) -> None:
    anna.post("/profile/photo", {"photo": _picture(size=(6000, 3000))})
    assert _me(cast).photo.endswith(".webp")


def test_a_huge_file_is_refused(cast: Any, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("estafeta.accounts.photos.MOST_BYTES", 100)
    response = anna.post("/profile/photo", {"photo": _picture()})
    assert "at most 10 MB" in response.content.decode()


def test_no_file_says_so(cast: Any, anna: Client) -> None:
    assert anna.post("/profile/photo").status_code == 422


def test_the_theme_is_kept_from_any_page(cast: Any, anna: Client) -> None:
    assert anna.post("/profile/theme", {"theme": "light"}).status_code == 204
    assert _me(cast).theme == "light"
    assert anna.post("/profile/theme", {"theme": "pink"}).status_code == 204
    assert _me(cast).theme == "light"
