"""Sends an event to the system of an organisation over HTTP: once, to the address that was looked at, within a time limit.

Administrators choose the addresses. Those of a private network are allowed, since the systems of state bodies are in
networks of their own; those that lead elsewhere than to a server (link-local, where clouds keep their credentials,
multicast, reserved) are not, whatever name they hide behind: the name is resolved once, and what was looked at is what is
connected to. A redirect is not followed, and nothing of an answer is kept but its status.
"""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

LIMIT = 10.0
"""Seconds for all of it: to resolve, connect, send and hear the status."""
GOOD = range(200, 300)


class NotTaken(Exception):
    """The receiver could not be reached or did not take the event; the text says why, for administrators."""


@dataclass(frozen=True, slots=True)
class Address:
    secure: bool
    host: str
    port: int
    path: str


def address(url: str) -> Address:
    """Read an `https` URL; `http` too where it leads to this machine. Raises ValueError saying what is wrong."""
    if not url.isascii() or not url.isprintable() or " " in url:
        raise ValueError("it holds characters that no URL has")
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.port == 0:
        raise ValueError("it is not the URL of a server, such as https://example.kz/events")
    if parts.username is not None or parts.password is not None:
        raise ValueError("it holds a user or a password")
    if parts.fragment:
        raise ValueError("it has a fragment")
    secure = parts.scheme == "https"
    if not secure and not _is_here(parts.hostname):
        raise ValueError("it must begin with https: only on this machine http will do")
    found = _literal(parts.hostname)
    if found is not None:
        _require_server(found)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(secure, parts.hostname, parts.port or (443 if secure else 80), path)


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_here(host: str) -> bool:
    found = _literal(host)
    return host == "localhost" if found is None else found.is_loopback


def _require_server(found: IPv4Address | IPv6Address) -> None:
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    one = mapped or found
    if one.is_loopback:
        return
    if one.is_link_local or one.is_multicast or one.is_unspecified or one.is_reserved:
        raise ValueError(f"{found} is the address of no server that events may be sent to")


def send(url: str, body: bytes, headers: Mapping[str, str], limit: float = LIMIT) -> None:
    """POST a body in JSON. Raises NotTaken unless the answer is 2xx within `limit` seconds."""
    try:
        where = address(url)
    except ValueError as error:
        raise NotTaken(str(error)) from error
    connection = _Pinned(where, limit)
    over = threading.Timer(limit, connection.cut)
    over.start()
    try:
        connection.request("POST", where.path, body, {"Content-Type": "application/json", **headers})
        status = connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        late = connection.was_cut or isinstance(error, TimeoutError)
        why = f"no answer within {limit:g} seconds" if late else str(error) or type(error).__name__
        raise NotTaken(why) from error
    finally:
        over.cancel()
        connection.close()
    if status not in GOOD:
        raise NotTaken(f"it answered {status}")


class _Pinned(HTTPConnection):
    """A connection to an address that was looked at, under the name of the host. A server that answers a byte at a time is
    cut off when the time is over."""

    def __init__(self, where: Address, limit: float) -> None:
        super().__init__(where.host, where.port, timeout=limit)
        self.where, self.was_cut, self.until = where, False, time.monotonic() + limit
        self.default_port = 443 if where.secure else 80

    def connect(self) -> None:
        """To the first of the host's addresses that takes it. Raises OSError, ValueError if one of them is of no server."""
        where = self.where
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
        for *_, place in found:
            one = ip_address(str(place[0]).partition("%")[0])
            _require_server(one)
            if not where.secure and not one.is_loopback:
                raise ValueError(f"{where.host} does not lead to this machine")
        self._take(self._reached([place for *_, place in found]))
        if where.secure:
            context = ssl.create_default_context()
            secured = context.wrap_socket(self.sock, server_hostname=where.host, do_handshake_on_connect=False)
            self._take(secured)
            secured.do_handshake()

    def _reached(self, places: list[tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]) -> socket.socket:
        why = OSError("the host has no address")
        for place in places:
            if (left := self.until - time.monotonic()) <= 0:
                raise TimeoutError
            try:
                return socket.create_connection((str(place[0]), int(place[1])), left)
            except OSError as error:
                why = error
        raise why

    def _take(self, connection: socket.socket) -> None:
        """Use it from now on. Raises TimeoutError where the time was over before it could be cut off."""
        self.sock = connection
        if self.was_cut:
            raise TimeoutError

    def cut(self) -> None:
        """The time is over."""
        self.was_cut = True
        with suppress(OSError):
            if self.sock is not None:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # TLS's own takes the connection from who uses it
