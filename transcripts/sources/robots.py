"""What a host asks of robots in its ``robots.txt`` (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

NAME = "matters-arising"  # by which a host can speak to this program alone
MOST_BYTES = 512_000  # RFC 9309, section 2.5: what lies beyond need not be read
LONGEST_PAUSE_S = 60.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. No file: everything is allowed; a broken server: nothing is."""

    rules: Protego | None
    closed: bool = False

    def allow(self, address: str) -> bool:
        """Whether a robot may read this address."""
        if self.closed:
            return False
        return self.rules is None or bool(self.rules.can_fetch(address, NAME))

    @property
    def pause_s(self) -> float:
        """The pause between two questions that the host asks for; 0 where it asks for none."""
        asked = self.rules.crawl_delay(NAME) if self.rules is not None else None
        return min(float(asked or 0.0), LONGEST_PAUSE_S)


def read_robots(data: bytes) -> Robots:
    """The rules of a ``robots.txt``; a page of HTML in its place is no rule."""
    text = data[:MOST_BYTES].decode("utf-8", errors="replace")
    return Robots(None if text.lstrip().startswith("<") else Protego.parse(text))
