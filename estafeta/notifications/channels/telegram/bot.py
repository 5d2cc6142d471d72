"""The Bot API of Telegram: one method a call, and what its errors mean.

https://core.telegram.org/bots/api. The token is part of every address, so no address is ever shown.
"""

from __future__ import annotations

import json
from typing import Any

from estafeta.lib.web_calls import CannotReach, WebCalls
from estafeta.notifications.channels.channel import Values

API = "https://api.telegram.org"
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
    """A bot by its token. Raises BotError, CannotReach."""

    def __init__(self, values: Values, *, token: str = "") -> None:
        self._base = str(values.get("api_url") or API).rstrip("/")
        self._token = token or str(values.get("token", ""))
        self._calls = WebCalls(proxy=str(values.get("proxy") or ""))

    def ask(self, method: str, *, seconds: float = 10.0, **fields: Any) -> Any:
        """Call a method of the API; give its result."""
        given = {name: value for name, value in fields.items() if value is not None}
        answer = self._calls.call(
            "POST", f"{self._base}/bot{self._token}/{method}", json.dumps(given).encode(),
            {"Content-Type": "application/json"}, seconds=seconds,
        )  # fmt: skip
        try:
            said = json.loads(answer.body)
            if said["ok"]:
                return said["result"]
        except (ValueError, KeyError, TypeError) as error:
            if answer.status >= 500 or answer.status == 429:
                raise BotError(answer.status, "The server is overloaded.") from error
            raise CannotReach(f"No Bot API answers there (status {answer.status}).") from error
        after = (said.get("parameters") or {}).get("retry_after")
        code = int(said.get("error_code", answer.status))
        raise BotError(code, str(said.get("description", ""))[:300], after)

    def file(self, path: str) -> bytes:
        """The bytes of a file that `getFile` has named."""
        address = f"{self._base}/file/bot{self._token}/{path}"
        answer = self._calls.call("GET", address, seconds=60, most_bytes=LARGEST_FILE)
        if answer.status != 200:
            raise BotError(answer.status, "The file is not there.")
        return answer.body

    def close(self) -> None:
        """Hang up."""
        self._calls.close()
