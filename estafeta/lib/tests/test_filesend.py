"""The sender of files, called as an ASGI application."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django.fixtures import Settings

from estafeta.lib import filesend

BODY = bytes(range(256)) * 1000


@pytest.fixture
def photo(tmp_path: Path, settings: Settings) -> str:
    """Give the signed address of a picture."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "photos").mkdir(parents=True)
    (tmp_path / "files" / "photos" / "1.webp").write_bytes(BODY)
    (tmp_path / "secret.webp").write_bytes(b"secret")
    return filesend.address_of("photos/1.webp")


def get(address: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for an address and collect the answer."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    parts = urlsplit(address)
    scope = {
        "type": "http",
        "method": method,
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
    }
    asyncio.run(filesend.app(scope, receive, send))
    start = sent[0]
    found = {key.decode(): value.decode() for key, value in start["headers"]}
    return start["status"], found, b"".join(message["body"] for message in sent[1:])


def test_a_signed_address_gives_the_picture_in_pieces(photo: str) -> None:
    status, headers, body = get(photo)
    assert (status, body) == (200, BODY)
    assert headers["content-type"] == "image/webp"
    assert headers["content-length"] == str(len(BODY))
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cache-control"].startswith("private")


def test_a_head_request_gives_no_body(photo: str) -> None:
    status, headers, body = get(photo, "HEAD")
    assert (status, body, headers["content-length"]) == (200, b"", str(len(BODY)))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=255990-", 255990, 255999), ("bytes=-5", 255995, 255999)],
)
def test_a_range_is_answered_with_that_part(photo: str, asked: str, first: int, last: int) -> None:
    status, headers, body = get(photo, range=asked)
    assert (status, body) == (206, BODY[first : last + 1])
    assert headers["content-range"] == f"bytes {first}-{last}/{len(BODY)}"


@pytest.mark.parametrize("asked", [f"bytes=0-{'9' * 5000}", f"bytes={'9' * 5000}-", "bytes=²-"])
def test_a_range_of_no_sense_gives_the_whole(photo: str, asked: str) -> None:
    assert get(photo, range=asked)[::2] == (200, BODY)


def test_a_range_beyond_the_end_is_refused(photo: str) -> None:
    status, headers, _ = get(photo, range="bytes=999999-")
    assert (status, headers["content-range"]) == (416, f"bytes */{len(BODY)}")


def test_an_unchanged_picture_is_not_sent_again(photo: str) -> None:
    _, headers, _ = get(photo)
    status, _, body = get(photo, if_none_match=headers["etag"])
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    "address",
    [
        "/files/photos/1.webp",
        "/files/photos/1.webp?s=forged",
        "/files/photos/2.webp?s=forged",
    ],
)
def test_without_the_right_signature_there_is_nothing(photo: str, address: str) -> None:
    assert get(address)[0] == 404


def test_a_signature_is_good_for_one_file_only(photo: str) -> None:
    assert get(photo.replace("1.webp", "2.webp"))[0] == 404


def test_even_a_signed_address_does_not_lead_out_of_the_folder(photo: str) -> None:
    name = "../secret.webp"
    address = f"/files/{name}?{urlsplit(filesend.address_of(name)).query}"
    assert get(address)[0] == 404


def test_what_is_no_picture_is_not_sent(photo: str, settings: Settings) -> None:
    (Path(settings.MEDIA_ROOT) / "page.html").write_text("<script>")
    assert get(filesend.address_of("page.html"))[0] == 404


def test_nothing_can_be_posted(photo: str) -> None:
    assert get(photo, "POST")[0] == 405
