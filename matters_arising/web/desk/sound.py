"""Where the sound of a doubt can be heard."""

from __future__ import annotations

from warehouse.reader import Reader


def sound_of(reader: Reader, recording_sha256: str) -> str:
    """The address that plays a recording on these pages; empty where it cannot be played."""
    return ""
