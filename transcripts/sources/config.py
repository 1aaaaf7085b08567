"""Reads ``matters.toml``: which councils and committees, and where their meetings come from.

Nothing is contacted that is not written here and ``enabled``. Each mistake is told with its line,
its key and what to write instead; all of them at once.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from matters_arising.errors import ManifestError
from transcripts.network import is_this_machine
from transcripts.sources.lines import line_of

CONFIG_NAME = "matters.toml"
KINDS = ("folder", "moderngov", "public-i", "yt-dlp")
VENDORS = {"public-i": "webcasts", "yt-dlp": "videos"}  # whose terms only the operator can accept
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
LEAST_PAUSE_S = 1.0  # between two questions to somebody else's server
PLACEHOLDERS = "write {uid} for a webcast's number, and {council} for the council's"
HOST = re.compile(r"(?:\*\.)?[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceConfig(_Table):
    """One way to meetings. ``folder`` is relative to the file; times are in seconds and days."""

    kind: Literal["folder", "moderngov", "public-i", "yt-dlp"]
    name: str = ""
    enabled: bool = False
    url: str = ""
    folder: str = ""
    metadata: str = "meetings.csv"  # of a folder: its CSV, where there is one
    committee: str = ""  # whose meetings these are, where the source does not say
    committee_ids: tuple[int, ...] = ()  # ModernGov's numbers; all committees where none is given
    pages: bool = False  # ModernGov: read its pages, for its web service is turned off
    recordings: bool = True  # sound and pictures too, not only captions
    feed: str = ""  # Public-i: the number of its feed, where its pages do not tell it
    captions_url: str = ""  # Public-i: where captions lie, with {council} and {uid}
    newest: int = Field(default=50, ge=1, le=2000)  # videos of a list that are looked at
    extractors: tuple[str, ...] = ()  # yt-dlp: its adapters by name; all but the generic one
    hosts: tuple[str, ...] = ()  # further hosts that it may send on to
    days: int = Field(default=90, ge=1, le=3660)  # how far back each run looks
    days_ahead: int = Field(default=14, ge=0, le=366)  # and ahead, for agendas of what is to come
    pause_s: float = Field(default=1.0, ge=0.0, le=600.0)
    timeout_s: float = Field(default=60.0, gt=0.0, le=600.0)
    private: bool = False  # an address within this network is meant
    permission: str = ""  # by whom or by which terms a vendor's recordings may be fetched
    despite_robots: str = ""  # whose leave there is to read what robots.txt asks robots not to

    @field_validator("url", "captions_url")
    @classmethod
    def _on_the_web(cls, value: str) -> str:
        if value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError(f"'{value}' is no address: write it with https:// before it")
        return value.rstrip("/")

    @field_validator("captions_url")
    @classmethod
    def _filled_in(cls, value: str) -> str:
        try:
            named = [p[1:] for p in Formatter().parse(value) if p[1] is not None]
        except ValueError as fault:
            raise ValueError(f"'{value}' has a brace without its other: {PLACEHOLDERS}") from fault
        wrong = next((n for n, *rest in named if n not in ("council", "uid") or any(rest)), None)
        if wrong is not None:
            raise ValueError(f"there is no placeholder '{{{wrong}}}': {PLACEHOLDERS}")
        if value and "uid" not in (n for n, *_ in named):
            raise ValueError(f"'{value}' is the same for every webcast: {PLACEHOLDERS}")
        return value

    @field_validator("hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = next((h for h in value if not HOST.fullmatch(h)), None)
        if wrong is not None:
            raise ValueError(
                f"'{wrong}' is no host: write its name alone ('cdn.example.org' or '*.example.org')"
            )
        return value

    @model_validator(mode="after")
    def _whole(self) -> SourceConfig:
        if self.kind == "folder" and not self.folder:
            raise ValueError("a source of kind 'folder' needs folder = \"…\"")
        if self.kind != "folder" and not self.url:
            raise ValueError(f"a source of kind '{self.kind}' needs url = \"https://…\"")
        if self.enabled and self.kind in VENDORS and not self.permission.strip():
            raise ValueError(
                f'{VENDORS[self.kind]} belong to somebody: write permission = "…" (by whom, or by '
                "which terms read on which day, they may be fetched) before you enable it"
            )
        if self.pause_s < LEAST_PAUSE_S and not self._asks_this_machine_alone():
            raise ValueError(
                f"pause_s = {self.pause_s:g} is too short for a server that is not this machine: "
                f"write {LEAST_PAUSE_S:g} or more, or leave it out"
            )
        return self

    def _asks_this_machine_alone(self) -> bool:
        named = [urlsplit(a).hostname or "" for a in (self.url, self.captions_url) if a]
        return all(is_this_machine(host) for host in (*named, *self.hosts))


class CommitteeConfig(_Table):
    """A committee, and the ``also`` names that sources and earlier years have for it."""

    name: str = Field(min_length=1)
    code: str = Field(default="", pattern=r"^[A-Za-z0-9]{0,12}$")
    also: tuple[str, ...] = ()


class CouncilConfig(_Table):
    """A council: ``code`` begins the ids of its meetings and names its folder in the inbox."""

    name: str = Field(min_length=1)
    code: str
    language: str = "en"
    only_listed: bool = False  # leave out meetings of committees that are not listed here
    committee: tuple[CommitteeConfig, ...] = ()
    source: tuple[SourceConfig, ...] = ()

    @field_validator("code")
    @classmethod
    def _code(cls, value: str) -> str:
        if not CODE.fullmatch(value):
            raise ValueError(
                f"'{value}' may hold small letters, digits and dashes only, such as 'aldermere'"
            )
        return value

    @model_validator(mode="after")
    def _told_apart(self) -> CouncilConfig:
        _no_twice("source", [s.name or s.kind for s in self.source], 'name = "…"')
        _no_twice("committee code", [c.code.upper() for c in self.committee if c.code], "code")
        return self


class Config(_Table):
    """All of ``matters.toml``. ``path`` is where it was read; ``inbox`` is relative to it."""

    path: Path
    inbox: str = "inbox"
    contact: str = ""
    council: tuple[CouncilConfig, ...] = ()
    batches: dict[str, Any] = Field(default_factory=dict)  # schedules; read by what runs them

    @property
    def inbox_folder(self) -> Path:
        """Where meetings are put."""
        return self.path.parent / self.inbox

    @model_validator(mode="after")
    def _answerable(self) -> Config:
        _no_twice("council code", [c.code for c in self.council], "code")
        asks = [s for c in self.council for s in c.source if s.enabled and (s.url or s.hosts)]
        if asks and not re.search(r"\S+@\S+\.\S+|https?://\S+", self.contact):
            raise ValueError(
                'contact = "…" must give an e-mail address or a page of yours: it is sent with '
                "every request, so that a council can write to you rather than block you"
            )
        return self


def read_config(path: Path) -> Config:
    """What a ``matters.toml`` says. ManifestError names every mistake in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        values = tomllib.loads(text)
    except FileNotFoundError as fault:
        raise ManifestError(
            f"there is no {path}: nothing is fetched until one says from where; "
            "to begin with one: matters sources init"
        ) from fault
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ManifestError(f"{path} is not readable as TOML: {fault}") from fault
    try:
        return Config.model_validate({**values, "path": path})
    except ValidationError as fault:
        told = dict.fromkeys(_sentence(error, text, path) for error in fault.errors())
        raise ManifestError("\n".join(told)) from fault


def _sentence(error: Any, text: str, path: Path) -> str:
    """One mistake: the file, the line, the key and what to do."""
    place = error["loc"]
    line = line_of(text, place)
    where = f"{path}, line {line}" if line else str(path)
    key = str(place[-1]) if place and isinstance(place[-1], str) else ""
    return f"{where}: {_what(error, key)}"


def _what(error: Any, key: str) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"'{key}' is not a key that is known here; correct its spelling or take it out"
    if kind == "missing":
        return f"'{key}' is missing, and must be given"
    if kind == "value_error":
        return f"{key}: {context['error']}" if key else str(context["error"])
    if kind == "literal_error":
        return f"{key} '{error['input']}' is none of {', '.join(KINDS)}"
    if kind in ("tuple_type", "dict_type", "model_type", "model_attributes_type"):
        return f"'{key}' is not written as it must be; use a [[table]] or a [list]"
    return f"{key} = {error['input']!r} cannot be used: {error['msg'].lower()}"


def _no_twice(what: str, names: list[str], key: str) -> None:
    twice = next((n for n in names if names.count(n) > 1), None)
    if twice is not None:
        raise ValueError(f"{what} '{twice}' is there twice: give each its own {key}")


def template() -> str:
    """A ``matters.toml`` to begin with: every kind of source, all of them off."""
    return (resources.files("transcripts.sources") / "template.toml").read_text(encoding="utf-8")
