"""A connection to the mail server, kept for many letters, and what its answers mean."""

from __future__ import annotations

import re
import smtplib
import ssl
import time
from collections.abc import Container
from contextlib import suppress

from estafeta.lib import mail_server
from estafeta.lib.mail_server import MailServer
from estafeta.notifications.channels.channel import DeliveryError
from estafeta.notifications.channels.mail.addresses import is_address, on_the_wire, sender_of

OK = range(200, 300)
REFUSED = range(500, 600)
IDLE_SECONDS = 1.0
"""After so long a server may have hung up: it is asked before a letter is given to it."""


class SmtpConnection:
    """Opened by the first letter; opened again when the server has hung up."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None
        self._used_at = 0.0
        _name, self._sender = sender_of(server.sender) or ("", server.sender)

    def send(self, letter: bytes, *, to: str) -> str:
        """Hand over one letter; give the server's last answer. Raises DeliveryError."""
        if not is_address(to):
            raise not_an_address(to)
        try:
            connection = self._open()
        except OSError as error:  # smtplib's errors are such as well
            raise self._lost(error, channel_is_at_fault=True) from error
        try:
            return self._hand_over(connection, letter, on_the_wire(to))
        except OSError as error:
            # Who hangs up in the middle may mean this letter only; others go on.
            at_fault = not isinstance(error, smtplib.SMTPServerDisconnected)
            raise self._lost(error, channel_is_at_fault=at_fault) from error

    def _lost(self, error: OSError, *, channel_is_at_fault: bool) -> DeliveryError:
        """The connection is of no use any more; the letter itself was never judged."""
        self.close()
        return DeliveryError(
            _words(error), permanent=False, channel_is_at_fault=channel_is_at_fault
        )

    def close(self) -> None:
        """Say goodbye."""
        if self._connection is not None:
            mail_server.close(self._connection)
        self._connection = None

    def _open(self) -> smtplib.SMTP:
        kept, idle = self._connection, time.monotonic() - self._used_at
        if kept is not None and idle > IDLE_SECONDS and not _answers(kept):
            self.close()
        self._used_at = time.monotonic()
        if self._connection is None:
            self._connection = mail_server.connect(self._server)
            self._connection.ehlo_or_helo_if_needed()
        return self._connection

    def _hand_over(self, connection: smtplib.SMTP, letter: bytes, to: str) -> str:
        # By hand instead of sendmail(): it keeps the answer that names the accepted letter.
        options = self._options(connection, to)
        # Who refuses the sender refuses our settings: those will be mended, the letter waits.
        self._expect(
            connection, connection.mail(on_the_wire(self._sender), options),
            permanent=(), channel_is_at_fault=True,
        )  # fmt: skip
        self._expect(connection, connection.rcpt(to), address_is_judged=True)
        try:
            return self._expect(connection, connection.data(letter))
        except smtplib.SMTPDataError as error:
            return self._expect(connection, (error.smtp_code, _bytes(error.smtp_error)))

    def _options(self, connection: smtplib.SMTP, to: str) -> tuple[str, ...]:
        """What an address in other letters than ours needs of the server."""
        if to.isascii() and self._sender.isascii():
            return ()
        if not connection.has_extn("smtputf8"):
            raise DeliveryError(
                "The mail server takes no addresses in these letters (SMTPUTF8).", permanent=True
            )
        return ("SMTPUTF8", "BODY=8BITMIME")

    def _expect(
        self,
        connection: smtplib.SMTP,
        answer: tuple[int, bytes],
        *,
        permanent: Container[int] = REFUSED,
        channel_is_at_fault: bool = False,
        address_is_judged: bool = False,
    ) -> str:
        code, words = answer
        text = f"{code} {words.decode(errors='replace')}".strip()
        if code in OK:
            return text
        if code == 421:  # the server closes the connection
            self.close()
        else:
            with suppress(OSError):
                connection.rset()
        refused = code in permanent
        raise DeliveryError(
            text, permanent=refused, channel_is_at_fault=channel_is_at_fault,
            address_is_dead=refused and address_is_judged and _is_unknown(code, text),
        )  # fmt: skip


def _answers(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] in OK
    except OSError:
        return False


def not_an_address(text: str) -> DeliveryError:
    """Nobody can ever be reached there."""
    return DeliveryError(f"This is no mail address: {text}", permanent=True, address_is_dead=True)


UNKNOWN = ("5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")
"""What says that there is no such mailbox; a full one or a refused letter says nothing of it."""
_NOBODY = re.compile(
    r"(no such|unknown|nonexistent|invalid) (user|recipient|mailbox|address)|"
    r"(user|recipient|mailbox|address) (is )?(unknown|not found|does not exist)",
    re.I,
)


def _is_unknown(code: int, text: str) -> bool:
    """Whether the address is wrong for good. Servers say so by an enhanced code, old ones in words.

    550 alone is no such word: many refuse a client or a text by it.
    """
    words = text.split()
    enhanced = words[1] if len(words) > 1 and words[1].startswith("5.") else ""
    if enhanced:
        return enhanced in UNKNOWN
    return code in (550, 553) and _NOBODY.search(text) is not None


def _words(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"Certificate of the mail server: {error.verify_message}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_bytes(error.smtp_error).decode(errors='replace')}"
    return str(error) or type(error).__name__


def _bytes(words: bytes | str) -> bytes:
    return words.encode() if isinstance(words, str) else words
