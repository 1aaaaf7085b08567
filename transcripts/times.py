"""Seconds within a recording as people read them."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """``3725.4`` → ``1:02:05``, the way players show it."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
