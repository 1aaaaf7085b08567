"""Who may sit at the desk: names with hashes of their passwords, in one private file.

Passwords are hashed by argon2 with the settings its authors recommend. Whoever asks with a name
that is not there waits as long as with one that is.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from matters_arising.errors import BadInputError, StoreError, UnknownValueError
from matters_arising.web.desk.private import PrivateFile

SHORTEST, LONGEST = 12, 200  # letters of a password
LONGEST_NAME = 80
OURS = ("matters", "machine")  # what the program calls itself in the ledger
AT_ONCE = BoundedSemaphore(2)  # a hash takes 64 MiB; guesses must not take all memory


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may decide; ``name`` is what the ledger will say, ``password`` its hash."""

    name: str
    password: str
    since: str


@cache
def hasher() -> PasswordHasher:
    """One hasher for all; its settings are kept with each hash."""
    return PasswordHasher()


@cache
def nobody() -> str:
    """A hash that no password fits."""
    return hasher().hash("of nobody")


class Accounts:
    """The accounts of one archive."""

    def __init__(self, home: Path) -> None:
        self.file = PrivateFile(home, "accounts.json")

    def all(self) -> list[Account]:
        """Every account in order of name; StoreError where the file makes no sense."""
        content = self.file.read()
        if not content:
            return []
        try:
            return [Account(**row) for row in json.loads(content)]
        except (ValueError, TypeError) as fault:
            raise StoreError(
                f"{self.file.path} holds no accounts ({fault}); put it right from a backup, or "
                "delete it and add the accounts again with matters desk add"
            ) from fault

    def add(self, name: str, password: str) -> Account:
        """A new account; BadInputError for a name that is taken or a password that is too weak."""
        made = Account(_usable(name), _hashed(name, password), date.today().isoformat())

        def added(held: list[Account]) -> list[Account]:
            if any(_same(account.name, name) for account in held):
                raise BadInputError(
                    f"'{name}' has an account; for another password: matters desk password NAME"
                )
            return [*held, made]

        self._change(added)
        return made

    def set_password(self, name: str, password: str) -> None:
        """Another password for an account; whoever is logged in with the old one is out."""
        fresh = _hashed(name, password)

        def changed(held: list[Account]) -> list[Account]:
            own = _one(held, name)
            return [replace(own, password=fresh) if a is own else a for a in held]

        self._change(changed)

    def remove(self, name: str) -> None:
        """Takes an account away; what it decided stays in the ledger."""

        def without(held: list[Account]) -> list[Account]:
            own = _one(held, name)
            return [a for a in held if a is not own]

        self._change(without)

    def named(self, name: str) -> Account | None:
        """The account of this name, whatever its capitals."""
        return next((a for a in self.all() if _same(a.name, name)), None)

    def let_in(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own."""
        account = self.named(name)
        with AT_ONCE:
            fits = _fits(account.password if account else nobody(), password)
        return account if fits else None

    def _change(self, changed: Callable[[list[Account]], list[Account]]) -> None:
        with self.file.alone():
            rows = sorted(changed(self.all()), key=lambda a: a.name.casefold())
            text = json.dumps([asdict(a) for a in rows], ensure_ascii=False, indent=1)
            self.file.write(text.encode())


def _one(held: list[Account], name: str) -> Account:
    found = next((a for a in held if _same(a.name, name)), None)
    if found is None:
        raise UnknownValueError("account", name, [a.name for a in held])
    return found


def _fits(hashed: str, password: str) -> bool:
    try:
        return len(password) <= LONGEST and hasher().verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False


def _same(one: str, other: str) -> bool:
    return _plain(one).casefold() == _plain(other).casefold()


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _usable(name: str) -> str:
    plain = _plain(name)
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise BadInputError(f"an account needs a name of 1 to {LONGEST_NAME} letters")
    if plain.casefold() in OURS:
        raise BadInputError(f"'{plain}' is what the program calls itself; take another name")
    return plain


def _hashed(name: str, password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInputError(
            f"a password has {SHORTEST} to {LONGEST} letters; three words that do not belong "
            "together are a good one"
        )
    if _same(name, password):
        raise BadInputError("the password is the name; take another one")
    return hasher().hash(password)
