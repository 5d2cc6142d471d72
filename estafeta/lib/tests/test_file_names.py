"""Names of files keep what people wrote and lose what does something."""

import pytest

from estafeta.lib.file_names import LONGEST, file_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Акт №5 «Ромашка».pdf", "Акт №5 «Ромашка».pdf"),
        ("R&amp;D.txt", "R&amp;D.txt"),
        ("отчёт 🖨️.xlsx", "отчёт 🖨️.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\win.ini", "win.ini"),
        ("C:\\Users\\anna\\акт.doc", "акт.doc"),
        ("/", "file"), ("..", "file"), ("", "file"), ("\0\x07", "file"),
        ("one\r\nSet-Cookie: x=1.txt", "one Set-Cookie: x=1.txt"),
        ("a\u2028b\nc.txt", "ab c.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        (".bashrc", ".bashrc"),
        ("и\u0306.txt", "й.txt"),
    ],
)  # fmt: skip
def test_a_name_stays_a_name(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = file_name("ы" * 400 + ".tar.gz")
    assert len(name) == LONGEST
    assert name.endswith(".gz")
