"""The demo in three languages; only the one that is loaded gets read."""

from pathlib import Path

from estafeta.ops.demo.texts.shape import Story, Texts, Who, read

LANGUAGES = ("ru", "uk", "en")

__all__ = ["LANGUAGES", "Story", "Texts", "Who", "texts_of"]


def texts_of(language: str) -> Texts:
    """The texts of one of `LANGUAGES`."""
    if language not in LANGUAGES:
        raise ValueError(f"no demo in the language {language!r}")
    return read(Path(__file__).with_name(f"{language}.toml"))
