"""Which entry of the register is worded most like a row; a part of a wording is not like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transcripts.found_again import WORD
from transcripts.life import Entry
from transcripts.tracker.incoming import texts

LIKE = 88  # of 100, from which on two wordings may be one recommendation


class Likest:
    """Finds the likest of many entries, each wording put in order of its words once."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        said = [(e, text) for e in entries for text in (e.text_minuted, e.text_spoken) if text]
        self._entries = [entry for entry, _ in said]
        self._texts = [_in_order(text) for _, text in said]

    def of(self, values: Mapping[str, str]) -> Entry | None:
        """The likest entry; None where none is like enough."""
        from rapidfuzz import fuzz, process

        found = [
            process.extractOne(_in_order(text), self._texts, scorer=fuzz.ratio, score_cutoff=LIKE)
            for text in texts(values)
        ]
        best = max((hit for hit in found if hit), key=lambda hit: hit[1], default=None)
        return self._entries[best[2]] if best else None


def _in_order(text: str) -> str:
    return " ".join(sorted(WORD.findall(text.casefold())))
