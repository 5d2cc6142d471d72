"""The published copy of styles and scripts."""

import gzip
from pathlib import Path

import pytest

from estafeta.lib.static_files import publish, version


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source" / "js").mkdir(parents=True)
    (tmp_path / "source" / "js" / "app.js").write_text("run();\n" * 100)
    (tmp_path / "source" / "font.woff2").write_bytes(b"font")
    return tmp_path / "source"


def test_the_version_follows_the_content(source: Path) -> None:
    before = version(source)
    assert version(source) == before
    (source / "js" / "app.js").write_text("stop();")
    assert version(source) != before


def test_texts_get_a_compressed_twin(source: Path, tmp_path: Path) -> None:
    published = publish(source, tmp_path / "out")
    assert published.name == version(source)
    assert gzip.decompress((published / "js" / "app.js.gz").read_bytes()).count(b"run();") == 100
    assert (published / "font.woff2").read_bytes() == b"font"
    assert not (published / "font.woff2.gz").exists()
    assert publish(source, tmp_path / "out") == published


def test_only_the_version_before_is_kept(source: Path, tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        (source / "js" / "app.js").write_text(text)
        last = publish(source, tmp_path / "out")
    kept = list((tmp_path / "out").iterdir())
    assert len(kept) == 2
    assert last in kept
