"""A connection to the mail server, kept for many letters, and what its answers mean."""

from __future__ import annotations

import smtplib
from collections.abc import Container
from contextlib import suppress
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from estafeta.notifications.channels.channel import DeliveryError

OK = range(200, 300)
REFUSED = range(500, 600)


class SmtpConnection:
    """Opened by the first letter; opened again when the server has hung up."""

    def __init__(self) -> None:
        self._backend = EmailBackend(fail_silently=False)

    def send(self, letter: bytes, *, to: str) -> str:
        """Hand over one letter; give the server's last answer. Raises DeliveryError."""
        try:
            server = self._open()
            return self._hand_over(server, letter, to)
        except DeliveryError:
            raise
        except UnicodeError as error:
            raise DeliveryError(
                f"The address cannot be written: {error}", permanent=True
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            # The connection is of no use any more; the letter itself was never judged.
            self.close()
            raise DeliveryError(str(error) or type(error).__name__, permanent=False) from error

    def close(self) -> None:
        """Say goodbye."""
        with suppress(smtplib.SMTPException, OSError):
            self._backend.close()
        self._backend.connection = None

    def _open(self) -> Any:
        self._backend.open()
        return self._backend.connection

    def _hand_over(self, server: Any, letter: bytes, to: str) -> str:
        # By hand instead of sendmail(): it keeps the answer that names the accepted letter.
        sender = parseaddr(sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"))[1]
        receiver = sanitize_address(to, "utf-8")
        server.ehlo_or_helo_if_needed()
        # Who refuses the sender refuses our settings: those will be mended, the letter waits.
        self._expect(server, server.mail(sender), permanent=())
        self._expect(server, server.rcpt(receiver))
        try:
            return self._expect(server, server.data(letter))
        except smtplib.SMTPDataError as error:
            return self._expect(server, (error.smtp_code, _bytes(error.smtp_error)))

    def _expect(
        self, server: Any, answer: tuple[int, bytes], *, permanent: Container[int] = REFUSED
    ) -> str:
        code, words = answer
        text = f"{code} {words.decode(errors='replace')}".strip()
        if code in OK:
            return text
        if code == 421:  # the server closes the connection
            self.close()
        else:
            with suppress(smtplib.SMTPException, OSError):
                server.rset()
        raise DeliveryError(text, permanent=code in permanent)


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words
