"""What a form carries so that no foreign page can send it in somebody's name."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import HTTPException, Request

from matters_arising.errors import StoreError
from matters_arising.web.desk.book import Book

COOKIE = "matters-form"  # of those who are not logged in: log-in and corrections
FOREIGN = "this form did not come from these pages, or is too old; nothing was done: open it again"


class Forms:
    """Tokens for forms of people who are not logged in: a cookie, and what only we make of it."""

    def __init__(self, book: Book) -> None:
        self._book, self._own = book, secrets.token_bytes(32)

    def token(self, value: str) -> str:
        """What goes into the form beside the cookie of this value."""
        return hmac.new(self._secret(), value.encode(), hashlib.sha256).hexdigest()

    def check(self, value: str, token: str) -> None:
        """Raises HTTPException unless the token is the cookie's."""
        if not value or not same(self.token(value), token):
            raise HTTPException(403, FOREIGN)

    def _secret(self) -> bytes:
        """The same in all processes; one of our own where the home cannot be written."""
        try:
            with self._book.alone() as con:
                con.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (self._own,))
                (value,) = con.execute("SELECT value FROM secret").fetchone()
                return bytes(value)
        except StoreError:
            return self._own  # the form can be read; to send it, the home must be writable


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def from_here(request: Request) -> None:
    """Raises HTTPException where the browser says that another site sends the form."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    # a page without referrer sends "null" for its own forms too
    foreign = origin != "null" and origin.partition("://")[2] != request.headers.get("host")
    if site not in ("same-origin", "none") or foreign:
        raise HTTPException(403, FOREIGN)


def cookie_name(request: Request, plain: str) -> str:
    """Over https under a name that no other host and no plain page can set."""
    return f"__Host-{plain}" if request.url.scheme == "https" else plain
