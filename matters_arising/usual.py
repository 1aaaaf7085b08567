"""The settings that nearly every command asks for, read without pydantic.

To load it takes a quarter of a second, as long as a search of two million sentences.
"""

from __future__ import annotations

import os
from pathlib import Path

PREFIX = "MATTERS_"
HOME = Path("matters-data")
ADDRESS = "http://127.0.0.1:8321"


def home() -> Path:
    """The folder of the archive, as ``Settings.home`` has it."""
    return Path(_told("home", str(HOME)))


def address() -> str:
    """Where the pages answer, as ``Settings.address`` has it."""
    return _told("address", ADDRESS)


def _told(name: str, usual: str) -> str:
    """The value of the environment; like pydantic, whether its name is in capitals or not."""
    wanted = f"{PREFIX}{name}".casefold()
    return next((v for k, v in os.environ.items() if k.casefold() == wanted), usual)
