"""The Bot API of Telegram: one method a call, and what its errors mean.

https://core.telegram.org/bots/api. The token is part of every address, so no address is ever shown.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import Any

from django.conf import settings

from estafeta.lib import outside
from estafeta.lib.outside import Unreachable
from estafeta.notifications.channels.channel import Values

API = "https://api.telegram.org"
LARGEST_ANSWER = 1 << 20
LARGEST_FILE = 20_000_000
"""More the Bot API does not hand out."""


class BotError(Exception):
    """Telegram said no; `code` as in HTTP."""

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


class Bot:
    """A bot by its token. Raises BotError, Unreachable.

    Where its API and the proxy stand is judged with each connection: a name may point elsewhere by
    then than when it was typed.
    """

    def __init__(self, values: Values, *, token: str = "") -> None:
        self._base = str(values.get("api_url") or API).rstrip("/")
        self._token = token or str(values.get("token", ""))
        self._proxy = str(values.get("proxy") or "")
        self._way: outside.Way | None = None

    def ask(self, method: str, *, seconds: float = 10.0, **fields: Any) -> Any:
        """Call a method of the API; give its result."""
        given = {name: value for name, value in fields.items() if value is not None}
        answer = self._call(
            "POST", f"bot{self._token}/{method}", json.dumps(given).encode(),
            seconds=seconds, most_bytes=LARGEST_ANSWER,
        )  # fmt: skip
        said = _said(answer)
        if said["ok"] is True and "result" in said:
            return said["result"]
        raise _error(said, answer.status)

    def file(self, path: str) -> bytes:
        """The bytes of a file that `getFile` has named."""
        place = f"file/bot{self._token}/{path}"
        answer = self._call("GET", place, seconds=60, most_bytes=LARGEST_FILE)
        if answer.status != 200:
            raise BotError(answer.status, "The file is not there.")
        if answer.is_cut:
            raise Unreachable("The file is larger than Telegram said.")
        return answer.body

    def close(self) -> None:
        """Hang up."""
        if self._way is not None:
            self._way.close()

    def _call(self, method: str, place: str, body: bytes = b"", **limits: Any) -> outside.Answer:
        headers = {"User-Agent": "Estafeta", "Content-Type": "application/json"}
        try:
            if self._way is None:
                proxy = outside.proxy_of(self._proxy) if self._proxy else None
                self._way = outside.Way(settings.INSIDE_ADDRESSES, proxy=proxy)
            return self._way.request(
                method, f"{self._base}/{place}", headers=headers, body=body, **limits
            )
        except outside.Refused as refused:
            raise Unreachable(str(refused)) from None


def _said(answer: outside.Answer) -> dict[str, Any]:
    said = None
    with suppress(ValueError):
        said = json.loads(answer.body)
    if isinstance(said, dict) and "ok" in said:
        return said
    if answer.status >= 500 or answer.status == 429:
        raise BotError(answer.status, "The server is overloaded.")
    raise Unreachable(f"No Bot API answers there (status {answer.status}).")


def _error(said: dict[str, Any], status: int) -> BotError:
    parameters, code = said.get("parameters"), said.get("error_code")
    after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return BotError(
        code if isinstance(code, int) else status,
        str(said.get("description", ""))[:300],
        float(after) if isinstance(after, int | float) and math.isfinite(after) else None,
    )
