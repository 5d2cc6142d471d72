"""What is made of pictures, and what is left of what they tell."""

import io
from pathlib import Path

import pytest
from PIL import Image

from estafeta.lib import pictures
from estafeta.lib.pictures import CLEAN, LARGE, SMALL
from tests import files

WEBP_XMP = b"<x:xmpmeta>55,45N</x:xmpmeta>"


def look(content: bytes, media_type: str, folder: Path) -> pictures.Looks:
    source = folder / "source"
    source.write_bytes(content)
    return pictures.look(source, media_type, folder)


def webp() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "olive").save(out, "WEBP", exif=exif, xmp=WEBP_XMP)
    return out.getvalue()


def test_a_photo_gets_a_small_and_a_large_picture_the_right_way_up(tmp_path: Path) -> None:
    looks = look(files.photo(3000, 1500, turned=True), "image/jpeg", tmp_path)
    assert (looks.width, looks.height) == (1000, 2000)
    with Image.open(tmp_path / LARGE) as large, Image.open(tmp_path / SMALL) as small:
        assert (large.format, large.size) == ("WEBP", (1000, 2000))
        assert max(small.size) == 480
        assert not large.getexif()


def test_the_kept_photo_does_not_tell_where_it_was_taken(tmp_path: Path) -> None:
    original = files.photo(turned=True, ending=b"PK\x03\x04GUEST")
    assert b"GPSLatitude" in original
    assert look(original, "image/jpeg", tmp_path).is_clean
    kept = (tmp_path / CLEAN).read_bytes()
    for secret in (b"GPSLatitude", b"SECRETMAKERNOTE", b"SECRETCOMMENT", b"GUEST"):
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as after, Image.open(io.BytesIO(original)) as before:
        exif = after.getexif()
        assert not exif.get_ifd(0x8825)
        assert (exif[0x010F], exif[0x0112]) == ("Telephone", 6)
        assert exif.get_ifd(0x8769)[0x9003] == "2026:11:24 10:00:00"
        assert after.tobytes() == before.tobytes()


def test_a_png_and_a_webp_lose_what_they_say_besides_the_picture(tmp_path: Path) -> None:
    look(files.png(text=b"55,45N", ending=b"<script>"), "image/png", tmp_path)
    kept = (tmp_path / CLEAN).read_bytes()
    assert b"55,45N" not in kept
    assert kept.endswith(b"IEND\xaeB`\x82")
    Image.open(io.BytesIO(kept)).verify()
    look(webp(), "image/webp", tmp_path)
    kept = (tmp_path / CLEAN).read_bytes()
    assert WEBP_XMP not in kept
    with Image.open(io.BytesIO(kept)) as after:
        after.load()
        assert after.size == (90, 60)
        assert not after.getexif()


def test_a_picture_without_anything_to_hide_is_kept_as_it_is(tmp_path: Path) -> None:
    assert not look(files.png(), "image/png", tmp_path).is_clean


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.bomb(), "image/png"),
        (files.photo()[:5000], "image/jpeg"),
        (b"\xff\xd8\xff" + b"x" * 500, "image/jpeg"),
        (b"GIF89a<script>alert(1)</script>", "image/gif"),
        (b"%PDF-1.4\nnothing", "application/pdf"),
    ],
)
def test_what_cannot_be_drawn_has_no_picture(
    content: bytes, media_type: str, tmp_path: Path
) -> None:
    assert look(content, media_type, tmp_path).width == 0


def test_a_picture_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.01)
    assert look(files.png(), "image/png", tmp_path).width == 0


def test_a_paper_is_drawn_page_by_page(tmp_path: Path) -> None:
    looks = look(files.PDF, "application/pdf", tmp_path)
    assert looks.pages == 2
    assert (tmp_path / SMALL).exists()
    assert pictures.draw_page(tmp_path / "source", 2, tmp_path / "page")
    with Image.open(tmp_path / "page") as page:
        assert page.size == (1200, 1600)
    assert not pictures.draw_page(tmp_path / "source", 3, tmp_path / "page3")


def test_a_mile_of_paper_is_drawn_small(tmp_path: Path) -> None:
    mile = files.PDF.replace(b"[0 0 300 400]", b"[0 0 9000000 4]")
    assert look(mile, "application/pdf", tmp_path).pages in (0, 2)
