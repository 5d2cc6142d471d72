"""A view hands a file over, and its bytes go out in parts: from a folder and from a bucket."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from estafeta.lib import blobs
from estafeta.lib.blobs import FolderBlobs
from estafeta.lib.handed_files import HEADER, HandedFiles

BODY = bytes(range(256)) * 1000
NAME = "ab/abcdef"


@pytest.fixture(scope="module")
def bucket() -> Iterator[Any]:
    """A storage that speaks S3, served from this process."""
    server_of = pytest.importorskip("moto.server")
    s3 = pytest.importorskip("estafeta.lib.s3_blobs")
    server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    storage = s3.S3Blobs(
        bucket_name="files", endpoint_url=f"http://{host}:{port}", region_name="us-east-1",
        access_key="key", secret_key="secret", location="desk",
    )  # fmt: skip
    storage.connection.create_bucket(Bucket="files")
    yield storage
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def storage(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "bucket":
        made = request.getfixturevalue("bucket")
    else:
        made = FolderBlobs(location=tmp_path / "attachments", file_permissions_mode=0o600)
    monkeypatch.setitem(storages._storages, blobs.ALIAS, made)  # type: ignore[attr-defined]
    made.delete(NAME)
    assert made.save(NAME, ContentFile(BODY)) == NAME
    return made


def get(name: str = NAME, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """What comes out when a view hands this file over."""
    sent: list[Any] = []

    async def view(_scope: Any, _receive: Any, send: Any) -> None:
        told = [
            (b"content-type", b"video/mp4"), (b"content-length", b"0"),
            (HEADER.encode(), name.encode()), (b"x-frame-options", b"DENY"),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": told})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    asked = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": "http", "method": method, "path": "/", "headers": asked}
    asyncio.run(HandedFiles(view)(scope, receive, send))
    found = {key.decode().lower(): value.decode() for key, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message["body"] for message in sent[1:])


def test_the_file_takes_the_place_of_the_answer(storage: Any) -> None:
    status, headers, body = get()
    assert (status, body) == (200, BODY)
    assert headers["content-length"] == str(len(BODY))
    assert headers["content-type"] == "video/mp4"
    assert headers["x-frame-options"] == "DENY"
    assert HEADER.lower() not in headers


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=100000-", 100_000, 255_999), ("bytes=-7", 255_993, 255_999)],
)
def test_a_video_is_sent_in_the_parts_it_is_asked_for(
    storage: Any, asked: str, first: int, last: int
) -> None:
    status, headers, body = get(range=asked)
    assert (status, body) == (206, BODY[first : last + 1])
    assert headers["content-range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert headers["content-length"] == str(last - first + 1)


def test_a_range_beyond_the_end_is_refused(storage: Any) -> None:
    assert get(range="bytes=900000-")[0] == 416


def test_what_a_browser_has_is_not_sent_again(storage: Any) -> None:
    tag = get()[1]["etag"]
    assert get(if_none_match=tag)[::2] == (304, b"")
    assert get(range="bytes=0-9", if_range=tag)[0] == 206
    assert get(range="bytes=0-9", if_range='"another"')[0] == 200


def test_a_head_gives_no_body(storage: Any) -> None:
    status, headers, body = get(method="HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(BODY)), b"")


def test_a_file_that_is_gone_is_not_found(storage: Any) -> None:
    storage.delete(NAME)
    storage.delete(NAME)
    assert get()[::2] == (404, b"")


def test_a_copy_for_programs_of_this_machine_is_whole(storage: Any, tmp_path: Path) -> None:
    assert blobs.local_copy(NAME, tmp_path / "copy").read_bytes() == BODY
    (tmp_path / "source").write_bytes(b"other")
    blobs.put(tmp_path / "source", "cd/other")
    assert storage.size("cd/other") == 5
    with storage.part("cd/other", 1, 3) as part:
        assert part.read(3) == b"the"


def test_other_answers_pass_as_they_are() -> None:
    sent: list[Any] = []

    async def view(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b"no", "more_body": False})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(HandedFiles(view)({"type": "http"}, None, send))  # type: ignore[arg-type]
    assert [message.get("status", message.get("body")) for message in sent] == [404, b"no"]


def test_only_the_process_reads_the_folder(tmp_path: Path) -> None:
    storage = FolderBlobs(location=tmp_path / "attachments", file_permissions_mode=0o600)
    storage.save("ab/x", io.BytesIO(b"x"))
    assert (tmp_path / "attachments" / "ab" / "x").stat().st_mode & 0o077 == 0
