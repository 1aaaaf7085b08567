"""Voices to names by reasoning over a whole meeting: cues, roster, one consistent assignment."""

from models.names.naming import CueNames

__all__ = ["CueNames"]
