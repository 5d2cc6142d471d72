"""Kinds are told from bytes."""

import io
import zipfile

import pytest

from estafeta.lib.sniff import Kind, sniff


def packed(*names: str, first: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, b"x" * 10)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "kind"),
    [
        (b"\xff\xd8\xff\xe0....", "image/jpeg", Kind.PICTURE),
        (b"\x89PNG\r\n\x1a\n....", "image/png", Kind.PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", Kind.PICTURE),
        (b"\0\0\0\x18ftypheic", "image/heic", Kind.PICTURE),
        (b"\0\0\0\x18ftypisom", "video/mp4", Kind.VIDEO),
        (b"\x1a\x45\xdf\xa3....webm", "video/webm", Kind.VIDEO),
        (b"ID3....", "audio/mpeg", Kind.SOUND),
        (b"%PDF-1.7", "application/pdf", Kind.DOCUMENT),
        (packed("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Kind.DOCUMENT),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Kind.DOCUMENT),
        (packed("content.xml", first=b"application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text", Kind.DOCUMENT),
        (packed("a.txt"), "application/zip", Kind.ARCHIVE),
        (packed("META-INF/MANIFEST.MF", "a.class"), "application/octet-stream", Kind.PROGRAM),
        (b"MZ" + bytes(200), "application/octet-stream", Kind.PROGRAM),
        (b"\x7fELF\x02", "application/octet-stream", Kind.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", "application/octet-stream", Kind.PROGRAM),
        ("Привет, мир".encode(), "text/plain", Kind.TEXT),
        ("Привет, мир".encode("cp1251"), "text/plain", Kind.TEXT),
        ("Привет".encode("utf-16"), "text/plain", Kind.TEXT),
        (b"<!DOCTYPE html><script>alert(1)</script>", "text/html", Kind.DOCUMENT),
        (b"<?xml version='1.0'?><svg onload='alert(1)'/>", "image/svg+xml", Kind.DOCUMENT),
        (b"\x01\x02\x03\0\x04", "application/octet-stream", Kind.OTHER),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_are(content: bytes, media_type: str, kind: Kind) -> None:
    found = sniff(io.BytesIO(content), "harmless.txt")
    assert (found.type, found.kind) == (media_type, kind)


@pytest.mark.parametrize("name", ["run.BAT", "x.ps1", "letter.pdf.js", "a.lnk ", "b.scr."])
def test_a_text_that_a_press_would_run_is_a_program(name: str) -> None:
    assert sniff(io.BytesIO(b"echo hello"), name).kind is Kind.PROGRAM


def test_an_installer_hides_among_documents_of_the_same_build() -> None:
    def ole(class_id: bytes) -> bytes:
        head = (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\0" + bytes(16) + b"\x01\0\0\0"
        )
        return head.ljust(512, b"\0") + bytes(512) + bytes(80) + class_id + bytes(400)

    msi = bytes.fromhex("84100c0000000000c000000000000046")
    assert sniff(io.BytesIO(ole(msi))).kind is Kind.PROGRAM
    assert sniff(io.BytesIO(ole(bytes(16)))).kind is Kind.DOCUMENT


def test_an_archive_of_a_million_names_is_not_listed() -> None:
    bomb = packed(*(f"{number}" for number in range(20_000)))
    assert sniff(io.BytesIO(bomb)).type == "application/zip"


def test_what_an_archive_says_of_itself_does_not_become_a_header() -> None:
    evil = packed("a", first=b"application/vnd.oasis.opendocument.text\r\nX-Evil: \xff1; charset=x")
    assert sniff(io.BytesIO(evil)).type == "application/vnd.oasis.opendocument.text"
