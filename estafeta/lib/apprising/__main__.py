"""The process that speaks: a line of JSON in, a line out; ends with its input."""

from __future__ import annotations

import json
import logging
import re
import resource
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from estafeta.lib.apprising import guard
from estafeta.lib.apprising.allowed import KINDS, NATIVE, Refused, clean

MEMORY = 900 << 20
LONGEST_REASON = 300
_STATUS = re.compile(r"error=(\d{3})")
_WORDS = re.compile(r"[^/?&=:@#\s]{5,}")


class Heard(logging.Handler):
    """What the library says while it works; its own answer is only yes or no."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def main() -> None:
    """Answer until nobody asks any more."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    refusals = guard.stand(json.loads(sys.argv[1]))
    schemes = KINDS[sys.argv[2]]
    import apprise

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    heard = Heard()
    log = logging.getLogger("apprise")
    log.propagate = False
    log.addHandler(heard)
    asset = apprise.AppriseAsset(
        app_id="Estafeta", app_desc="", app_url="", plugin_paths=[], secure_logging=True,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )  # fmt: skip
    tasks: dict[str, Callable[..., dict[str, Any]]] = {"look": _look, "send": _send}
    for line in sys.stdin:
        told = json.loads(line)
        heard.lines.clear()
        refusals.clear()
        answer = tasks[told.pop("do")](asset, heard, refusals, schemes, **told)
        print(json.dumps(answer), flush=True)


def _service(asset: Any, url: str, schemes: frozenset[str]) -> Any:
    """The plugin of the address. Raises Refused."""
    import apprise

    made: Any = apprise.Apprise.instantiate(
        clean(url, schemes), asset=asset, suppress_exceptions=True
    )
    if made is None:
        raise Refused("The service does not understand this address.")
    scheme = str(made.url()).partition("://")[0].lower()
    if scheme not in schemes or scheme in NATIVE:
        raise Refused("This service cannot be used.")
    host = getattr(made, "host", "")
    if isinstance(host, str):
        guard.judge_literal(host)
    return made


def _look(
    asset: Any, heard: Heard, refusals: list[str], schemes: frozenset[str], *, url: str
) -> dict[str, Any]:
    try:
        made = _service(asset, url, schemes)
    except Refused as error:
        return {"wrong": str(error)}
    shown = str(made.url(privacy=True)).partition("?")[0]
    return {"service": str(made.service_name), "shown": _without(url, unquote(shown))}


def _send(
    asset: Any,
    heard: Heard,
    refusals: list[str],
    schemes: frozenset[str],
    *,
    url: str,
    title: str,
    body: str,
    is_urgent: bool,
) -> dict[str, Any]:
    import apprise

    try:
        made = _service(asset, url, schemes)
    except Refused as error:
        return {"is_sent": False, "status": 403, "reason": str(error)}
    kind = apprise.NotifyType.WARNING if is_urgent else apprise.NotifyType.INFO
    is_sent = bool(
        made.notify(body=body, title=title, notify_type=kind, body_format=apprise.NotifyFormat.TEXT)
    )
    if is_sent:
        return {"is_sent": True}
    if refusals:
        return {"is_sent": False, "status": 403, "reason": refusals[0]}
    words = _without(url, " ".join(heard.lines))
    found = _STATUS.search(words)
    reason = words[:LONGEST_REASON] or "The service did not take it."
    return {"is_sent": False, "status": int(found[1]) if found else 0, "reason": reason}


def _without(url: str, words: str) -> str:
    """The words without anything secret of the address: all of it but its scheme and host."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    rest = url.partition("://")[2]
    secrets = {piece for piece in _WORDS.findall(rest) if piece.lower() != host}
    secrets |= {unquote(piece) for piece in secrets} | {quote(piece) for piece in secrets}
    for secret in sorted(secrets, key=len, reverse=True):
        words = words.replace(secret, "…")
    return words


if __name__ == "__main__":
    main()
