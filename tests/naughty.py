"""Texts that break careless programs, and a form for each way of breaking."""

from __future__ import annotations

NAUGHTY: dict[str, str] = {
    "quotes": "O'Reilly said: \"it's\" `now` «так» „так“",
    "sql": "Robert'); DROP TABLE tickets_ticket;--",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\"><svg/onload=alert(1)> ' autofocus onfocus=alert(1) x='",
    "link": "[нажми](javascript:alert(1)) ![x](https://evil.example/p.gif)",
    "template": "{{7*7}} {% include '/etc/passwd' %} ${7*7} #{7*7} %(title)s {0} %s",
    "formula": '=HYPERLINK("http://evil.example","x") +1 -1 @SUM(A1)',
    "rtl": "\u202eабв\u202c \u2067مرحبا\u2069",
    "zero width": "за\u200bяв\u200dка\ufeff\u2060",
    "emoji": "🖨️👩‍💻🇺🇦🏳️‍🌈",
    "nul": "до\x00после",
    "controls": "а\x01\x08\x1b[31mб\x7f",
    "decomposed": "и\u0306 е\u0308",
    "combining": "з" + "\u0335" * 60,
    "newlines": "один\r\nдва\rтри\u2028четыре\u2029пять",
    "header": "Тема\r\nBcc: everybody@example.org",
    "path": "../../etc/passwd %2e%2e%2f \\\\server\\share",
    "search": '"слово* NEAR( - ^ :* & | ! <->',
    "like": "100% _ \\% [a]",
    "markdown": "# " + "> " * 200 + "*" * 400 + "[" * 400,
    "null": "null",
    "numbers": "NaN Infinity -0 1e309 ٣",
    "blank after": "слово" + " " * 200,
    "one long word": "ы" * 240,
}
"""Name -> text; every one has a letter or a sign, so that it is a title."""

MEGABYTE = "я" * 500_000
