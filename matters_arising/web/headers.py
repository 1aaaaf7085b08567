"""What stands before all pages: whose name was asked for, how much is sent, what a browser may do.

A proxy is believed only where its address was given: then it says who asked, from where and by
which scheme; from anybody else such headers are taken out before a page sees them.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matters_arising.errors import BadInputError

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024  # of a form
USER = "matters.user"  # in the scope: whom a trusted proxy names
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Proxy:
    """Which addresses are believed, and in which header they name who is logged in, if they do."""

    networks: tuple[Network, ...] = ()
    header: str = ""

    @classmethod
    def of(cls, addresses: str, header: str = "") -> Proxy:
        """From settings: addresses or networks with commas between them."""
        try:
            parts = [part.strip() for part in addresses.split(",") if part.strip()]
            networks = tuple(ipaddress.ip_network(part) for part in parts)
        except ValueError as fault:
            raise BadInputError(
                f"MATTERS_DESK_PROXY is no list of addresses ({fault}); write it as 10.0.0.7 or "
                "10.0.0.0/24, with commas between several"
            ) from fault
        if header and not networks:
            raise BadInputError(
                "MATTERS_DESK_PROXY_HEADER is believed from one address only; say which with "
                "MATTERS_DESK_PROXY"
            )
        return cls(networks, header.strip().lower())

    @property
    def names_people(self) -> bool:
        """Whether it says who is logged in."""
        return bool(self.networks and self.header)

    def believes(self, address: str) -> bool:
        """Whether this address is the proxy's."""
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.networks)


class Guard:
    """Refuses what is not meant for these pages, and gives every answer its headers."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Sequence[str] = ("*",),
        headers: dict[str, str] | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        """``hosts`` are names that are answered to; ``*`` is any name, ``addresses`` any address
        in numbers, by which no foreign name can be made to point here."""
        self.app, self.proxy = app, proxy or Proxy()
        self.hosts = {host.lower().strip("[]") for host in hosts}
        self.headers = HEADERS | (headers or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, or answers itself."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = self._told(scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(Headers(scope=scope), scope["method"])
        await (refused or self.app)(scope, receive, sent)

    def _refused(self, headers: Headers, method: str) -> PlainTextResponse | None:
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse("these pages do not answer to that name\n", 400)
        if "transfer-encoding" in headers and method not in ("GET", "HEAD"):
            return PlainTextResponse("say how long the form is (Content-Length)\n", 411)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            return PlainTextResponse("the length of the form is no number\n", 400)
        told = length.lstrip("0") or "0"
        if len(told) > len(str(MOST_BYTES)) or int(told) > MOST_BYTES:
            return PlainTextResponse(f"a form may have {MOST_BYTES} bytes\n", 413)
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        name = name.strip("[]").lower()
        if "*" in self.hosts or name in self.hosts:
            return True
        try:
            return "addresses" in self.hosts and bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _told(self, scope: Scope) -> Scope:
        """The scope as a trusted proxy tells it; anybody else's word about it is taken out."""
        peer = (scope.get("client") or ("", 0))[0]
        headers = Headers(scope=scope)
        scope = dict(scope)
        if self.proxy.believes(peer):
            hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",")]
            scope["client"] = (self._asker(hops) or peer, 0)
            if headers.get("x-forwarded-proto") in ("http", "https"):
                scope["scheme"] = headers["x-forwarded-proto"]
            if self.proxy.header:
                scope[USER] = _name(headers.getlist(self.proxy.header))
        elif self.proxy.header and self.proxy.header in headers:
            logger.warning("%s sent the header that only the proxy may send; not believed", peer)
        scope["headers"] = [
            (name, value)
            for name, value in scope["headers"]
            if name.decode("latin-1").lower() != (self.proxy.header or None)
        ]
        return scope

    def _asker(self, hops: Iterable[str]) -> str:
        """The last address that is no proxy's: what stands before it may be made up."""
        return next((hop for hop in reversed(list(hops)) if not self.proxy.believes(hop)), "")


def _name(told: Sequence[str]) -> str:
    """Whom the proxy names; nobody where it names several or what cannot be a name."""
    if len(told) != 1:
        return ""
    try:
        name = told[0].encode("latin-1").decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""
    return name if name.isprintable() and len(name) <= 80 else ""
