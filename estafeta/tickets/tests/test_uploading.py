"""What is taken in and what is not: by size, by bytes, by virus."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from estafeta.accounts.models import Site
from estafeta.files import intake
from estafeta.lib import blobs, clamd
from estafeta.tickets.errors import Invalid
from estafeta.tickets.files.uploading import CannotCheck, keep_draft
from estafeta.tickets.models import Attachment
from tests import files
from tests.cast import Cast

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def keep(cast: Cast, content: bytes, name: str = "file") -> Attachment:
    return keep_draft(io.BytesIO(content), name, by=cast.agent)


def test_a_photo_is_kept_without_its_place_and_with_its_pictures(cast: Cast) -> None:
    row = keep(cast, files.photo(), "Двор.JPG")
    assert (row.kind, row.type, row.is_drawn) == ("picture", "image/jpeg", True)
    with blobs.blobs().part(row.blob, 0, row.size) as kept:
        content = kept.read()
    assert b"GPS" not in content
    assert len(content) == row.size
    assert all(blobs.blobs().exists(name) for name in row.all_blobs)
    assert len(row.all_blobs) == 3


def test_a_file_that_is_too_large_or_empty_is_refused(cast: Cast) -> None:
    Site.objects.update(file_megabytes=1)
    Site.forget()
    assert keep(cast, b"x" * 1_000_000)
    for content in (b"x" * 1_000_001, b""):
        with pytest.raises(Invalid) as caught:
            keep(cast, content)
        assert caught.value.field == "files"


def test_what_is_not_accepted_is_told_by_bytes_and_not_by_name(cast: Cast) -> None:
    with pytest.raises(Invalid, match="program"):
        keep(cast, b"MZ" + bytes(200), "photo.jpg")
    Site.objects.update(refused_file_kinds="archive")
    Site.forget()
    assert keep(cast, b"MZ" + bytes(200), "setup.exe").kind == "program"
    with pytest.raises(Invalid, match="Archives"):
        keep(cast, b"PK\x03\x04" + bytes(100), "letter.docx")


def test_a_zip_bomb_is_kept_packed(cast: Cast) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(100_000_000))
    row = keep(cast, out.getvalue(), "42.zip")
    assert (row.kind, row.size < 200_000, row.width) == ("archive", True, 0)


def test_a_picture_that_would_fill_the_memory_is_not_drawn(cast: Cast) -> None:
    row = keep(cast, files.bomb(), "bomb.png")
    assert (row.is_drawn, row.all_blobs) == (False, [row.blob])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.photo(ending=b"<script>alert(1)</script>"), "photo.html"),
        (files.png(ending=b"PK\x03\x04" + bytes(50)), "photo.zip"),
    ],
)
def test_of_two_files_in_one_only_the_picture_stays(cast: Cast, content: bytes, name: str) -> None:
    row = keep(cast, content, name)
    with blobs.blobs().part(row.blob, 0, row.size) as kept:
        after = kept.read()
    assert b"<script>" not in after
    assert b"PK\x03\x04" not in after
    assert row.is_drawn


def test_nobody_fills_the_disk_with_what_he_does_not_send(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_DRAFTS", 2)
    keep(cast, b"1")
    keep(cast, b"2")
    with pytest.raises(Invalid):
        keep(cast, b"3")
    assert keep_draft(io.BytesIO(b"4"), "x", by=cast.head)


def test_a_virus_is_refused_and_while_nobody_looks_nothing_is_taken(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CLAMD = "/nowhere/clamd.sock"
    with pytest.raises(CannotCheck):
        keep(cast, b"clean")
    monkeypatch.setattr(clamd, "scan", lambda _address, _file: "Eicar-Signature")
    with pytest.raises(Invalid, match="Eicar"):
        keep(cast, EICAR)
    assert not Attachment.objects.exists()
    monkeypatch.setattr(clamd, "scan", lambda _address, _file: None)
    assert keep(cast, b"clean")
