"""How much of a sentence tells what is to be done."""

from __future__ import annotations

from models.findings.addressee import OFFICE
from models.findings.features import plain_words

VOTING = frozenset(
    "agreed agree favour favor everybody everyone recommendation hands unanimous carried vote "
    "motion objecting nods nodding silence".split()
)


def substance(text: str) -> int:
    """How many words of a sentence tell what is to be done: not who, and no small words."""
    from spacy.lang.en.stop_words import STOP_WORDS

    words = plain_words(OFFICE.sub(" ", text))
    return sum(w not in STOP_WORDS and w not in VOTING for w in words)
