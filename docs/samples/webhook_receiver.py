"""Takes webhooks of Estafeta: verifies, acts once for each message, answers quickly.

pip install standardwebhooks
WEBHOOK_SECRET=whsec_… python webhook_receiver.py 8000
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

SEEN: set[str] = set()  # in earnest: a table with a unique column, kept for a few days


class Receiver(BaseHTTPRequestHandler):
    """Answers `POST`."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            # Checks the signature, and that the time in it is no more than five minutes away:
            # whoever has listened in cannot send an old message again.
            message = Webhook(os.environ["WEBHOOK_SECRET"]).verify(body, dict(self.headers))
        except WebhookVerificationError:
            self.answer(401)
            return
        if self.headers["webhook-id"] not in SEEN:  # a message may come twice, under one id
            SEEN.add(self.headers["webhook-id"])
            print(message["type"], message["data"], flush=True)
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
