"""Sends a letter over SMTP (RFC 5321): handed to the server once, whole, in the text of one language."""

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from app.config import MailServer

LIMIT = 15.0
"""Seconds without an answer after which the server is taken as absent."""
ALL = 60.0
"""Seconds for all of it; one that says a little now and then is not waited for longer."""
PERMANENT = range(500, 600)
LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3)."""


class NotTaken(Exception):
    """The server could not be reached or did not take the letter; the text says why, for administrators.

    permanent: it will not take it later either.
    """

    def __init__(self, why: str, *, permanent: bool = False) -> None:
        super().__init__(why)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Letter:
    """id: by which a receiver knows one that comes twice, in Message-ID. at: aware. lang: of subject and text."""

    id: UUID
    to: str
    name: str
    subject: str
    text: str
    lang: str
    at: datetime


def send(server: MailServer, letter: Letter, limit: float = ALL) -> None:
    """Hand it to the server. A password, and a letter that leaves this machine, go through TLS or not at all.

    Raises NotTaken unless the server takes it within `limit` seconds; permanent is what it says of the receiver or of the
    letter, not what it says of us, which the operator mends.
    """
    try:
        message = _message(server, letter)
        _hand_over(_connected(server, limit), message)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, why)] = error.recipients.values()
        raise NotTaken(_said(code, why), permanent=code in PERMANENT) from error
    except smtplib.SMTPDataError as error:
        raise NotTaken(_said(error.smtp_code, error.smtp_error), permanent=error.smtp_code in PERMANENT) from error
    except smtplib.SMTPResponseException as error:
        raise NotTaken(_said(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(f"{server.host}:{server.port}: {error}") from error
    except ValueError as error:
        raise NotTaken(f"no letter can be addressed so: {error}", permanent=True) from error


def reach(server: MailServer, limit: float) -> None:
    """Whether it would take letters from us now, with none sent: connected, TLS, password. Raises NotTaken.

    limit: seconds for all of it.
    """
    try:
        connection = _connected(server, limit)
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()
    except smtplib.SMTPResponseException as error:
        raise NotTaken(_said(error.smtp_code, error.smtp_error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotTaken(f"{server.host}:{server.port}: {error}") from error


def _hand_over(connection: smtplib.SMTP, message: EmailMessage) -> None:
    """What the server says after it has taken the letter is of no matter: sent again, it would come twice."""
    try:
        connection.send_message(message)
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
    finally:
        connection.close()


class _Timed(smtplib.SMTP):
    """A connection that is cut off when all of it has lasted too long."""

    def __init__(self, host: str, port: int, limit: float, **more: Any) -> None:
        self._over, self._was_cut = threading.Timer(limit, self._cut), False
        self._over.start()
        try:
            super().__init__(host, port, timeout=min(LIMIT, limit), **more)
        except BaseException:
            self._over.cancel()
            raise

    def getreply(self) -> tuple[int, bytes]:
        if self._was_cut:
            raise TimeoutError("all of it takes too long")
        return super().getreply()

    def _cut(self) -> None:
        self._was_cut = True
        with suppress(OSError):
            if (connection := self.sock) is not None:
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def close(self) -> None:
        self._over.cancel()
        super().close()


class _TimedTLS(_Timed, smtplib.SMTP_SSL):
    """The same through TLS from its beginning."""


def _connected(server: MailServer, limit: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.secure:
        connection: smtplib.SMTP = _TimedTLS(server.host, server.port, limit, context=context)
    else:
        connection = _Timed(server.host, server.port, limit)
    try:
        if not server.secure and (server.user is not None or not _is_here(server.host)):
            connection.starttls(context=context)
        if server.user is not None and server.password is not None:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_address(text: str) -> bool:
    """Whether a letter can be addressed so."""
    user, _, domain = text.rpartition("@")
    try:
        return (
            bool(user and domain)
            and text.isascii()
            and len(text) <= LONGEST
            and Address("", user, domain).addr_spec == text
        )
    except (ValueError, IndexError):
        return False


def _message(server: MailServer, letter: Letter) -> EmailMessage:
    """Raises ValueError for what is no address."""
    if not is_address(letter.to):
        raise ValueError("it is no address")
    user, _, domain = letter.to.rpartition("@")
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = Address(letter.name if letter.name.isprintable() else "", user, domain)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.id}@{parseaddr(server.sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is answered to it
    message["Content-Language"] = letter.lang
    message.set_content(letter.text)
    return message


def _said(code: int, why: bytes | str) -> str:
    return f"{code} {why.decode(errors='replace') if isinstance(why, bytes) else why}"
