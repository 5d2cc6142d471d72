"""Apprise in a process of its own: it loads a hundred services, which no worker should carry.

Run as a file, with nothing of the product: `{"url", "text"}` comes in, `{"is_known", "is_sent",
"told"}` goes out. Without a text the address is only looked at.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from typing import Any


def main() -> None:
    """Send one message, or look at an address."""
    warnings.simplefilter("ignore")
    import apprise as library

    apprise: Any = library
    given = json.load(sys.stdin)
    with apprise.LogCapture(level=logging.WARNING) as log:
        service = apprise.Apprise()
        is_known = bool(service.add(given["url"]))
        is_sent = bool(is_known and given["text"] and service.notify(body=given["text"]))
        lines = [line.strip() for line in log.getvalue().splitlines() if line.strip()]
    said = {"is_known": is_known, "is_sent": is_sent, "told": lines[-1] if lines else ""}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
