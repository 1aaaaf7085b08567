"""Whether an address is on the web, and not on this network: what everything that fetches asks.

An address may come from a page that somebody else wrote. Only http and https are followed, and a
name may stand for an address within this network; it may even do so only the second time it is
asked for, so the peer of a connection is looked at too.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import TYPE_CHECKING
from urllib.request import getproxies

from matters_arising.errors import BadInputError, TransientError

if TYPE_CHECKING:
    import httpx


def is_address(source: str) -> bool:
    """Whether this names something on a network or a store rather than a file."""
    return "://" in source


def host_of(at: str) -> str:
    """The host of an http or https address; BadInputError for anything else."""
    import httpx

    try:
        parts = httpx.URL(at)
    except (httpx.InvalidURL, UnicodeError) as fault:
        raise BadInputError(f"{at} is no address that can be fetched ({fault})") from fault
    if parts.scheme not in ("http", "https") or not parts.host:
        raise BadInputError(f"{at} is not an http or https address")
    return parts.host


def is_within(at: str) -> bool:
    """Whether an address is within this network; TransientError where nobody knows its name.

    Behind a proxy names are not looked up here, and only what is written as an address is told.
    """
    import httpx

    host = host_of(at)
    if getproxies() and not _is_literal(host):
        return False
    try:
        found = socket.getaddrinfo(host, httpx.URL(at).port or 443, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise TransientError(
            f"{host} is not known on this network ({fault}); check the address, or save the "
            "page and give the file"
        ) from fault
    return not all(is_public(str(each[4][0])) for each in found)


def came_from_within(answer: httpx.Response) -> bool:
    """Whether the other end of a connection is within this network; a proxy's end says nothing."""
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    return peer is not None and not getproxies() and not is_public(str(peer[0]))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet's."""
    found = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_global and not found.is_multicast


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def next_address(answer: httpx.Response, at: str) -> str:
    """Where an answer sends on to; BadInputError where that is nowhere, or less secure."""
    following = answer.next_request
    if following is None:
        raise BadInputError(f"{at} sends on to nowhere")
    to = str(following.url)
    if at.startswith("https:") and not to.startswith("https:"):
        raise BadInputError(f"{at} sends on to an address that is not secure ({to})")
    return to


def body(
    answer: httpx.Response, most_bytes: int, ends: float, *, too_large: str, too_slow: str
) -> bytes:
    """What an answer holds, as it comes; ``ends`` is on the monotonic clock.

    Raises BadInputError with ``too_large`` after so many bytes, TransientError with ``too_slow``.
    """
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > most_bytes:
            raise BadInputError(too_large)
        if time.monotonic() > ends:
            raise TransientError(too_slow)
    return bytes(data)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return True
