"""Photos of people and the logo, brought by programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from estafeta.accounts.models import SecurityEntry, Site
from tests import files
from tests.cast import Cast
from tests.program import ROOT, Program, pointers

LOGO = "/administration/look/logo"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def bring(program: Program, address: str, field: str, content: bytes) -> Any:
    body = {field: SimpleUploadedFile("a.jpg", content)}
    headers = {"Authorization": f"Bearer {program.token}"}
    return program.client.post(f"{ROOT}{address}", body, headers=headers)


def test_ones_own_photo_is_drawn_anew_replaced_and_taken_away(cast: Cast, media: Path) -> None:
    client = Program.of(cast.client)
    first = bring(client, "/me/photo", "photo", files.photo()).json()["photo"]
    second = bring(client, "/me/photo", "photo", files.photo()).json()["photo"]
    assert first != second == client.get("/me").json()["photo"]
    kept = [one.read_bytes() for one in (media / "photos").iterdir()]
    assert [one[8:12] for one in kept] == [b"WEBP"]
    assert client.post("/me/photo/remove").json()["photo"] == ""
    assert not list((media / "photos").iterdir())


def test_the_logo_is_for_administrators_programs_and_stands_in_the_trail(
    cast: Cast, media: Path
) -> None:
    for program in (Program.of(cast.director), Program.of(cast.admin)):
        assert bring(program, LOGO, "logo", files.photo()).status_code == 403
    assert not (media / "brand").exists()
    ada = Program.of(cast.admin, "admin")
    shown = bring(ada, LOGO, "logo", files.photo()).json()
    assert Site.objects.get().logo in shown["logo"]
    entry = SecurityEntry.objects.get(kind="settings.changed")
    assert entry.facts["changes"] == {"logo": [False, True]}
    assert ada.post(f"{LOGO}/remove").json()["logo"] == ""
    assert Site.objects.get().logo == ""


@pytest.mark.parametrize("content", [b"", b"no picture", b"<svg onload='alert(1)'/>"])
def test_what_is_no_picture_is_refused_at_its_field(cast: Cast, content: bytes) -> None:
    ada = Program.of(cast.admin, "admin")
    for address, field in (("/me/photo", "photo"), (LOGO, "logo")):
        answer = bring(ada, address, field, content)
        assert (answer.status_code, pointers(answer)) == (422, [f"/{field}"])


def test_a_photo_that_is_too_large_is_refused_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafeta.accounts.photos.MOST_BYTES", 100)
    answer = bring(Program.of(cast.agent), "/me/photo", "photo", files.photo())
    assert (answer.status_code, pointers(answer)) == (422, ["/photo"])


def test_a_picture_is_not_sent_as_json(cast: Cast) -> None:
    assert Program.of(cast.agent).post("/me/photo", photo="x").status_code == 415
