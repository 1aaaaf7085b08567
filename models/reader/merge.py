"""What a language model pointed at, laid over what classifier and patterns found.

The reader only adds: a finding that was there keeps its quote and its score and names the reader
as one more reason, so that no endpoint can change or remove what the machine found without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.reader.account import ReadQuote
from transcripts.finding import LETTERS, Finding, finding_in
from transcripts.words import Sentence

Found = dict[tuple[int, str], Finding]
ORDER = "CRFAD"  # of findings in one sentence


def with_read(
    found: Mapping[tuple[int, str], Finding],
    read: Sequence[ReadQuote],
    rule: str,
    sentences: Sequence[Sentence],
    recording_sha256: str,
) -> Found:
    """Findings by sentence and letter, in the order said; ``rule`` is the id the reader goes by."""
    places = {s.id: i for i, s in enumerate(sentences)}
    merged = dict(found)
    for quote in read:
        at = places[quote.sentence_id], quote.letter
        merged[at] = (
            _seconded(merged[at], rule)
            if at in merged
            else finding_in(
                recording_sha256,
                sentences[at[0]],
                LETTERS[quote.letter],
                quote.quote,
                rules=(rule,),
            )
        )
    return dict(sorted(merged.items(), key=lambda f: (f[0][0], ORDER.index(f[0][1]))))


def _seconded(finding: Finding, rule: str) -> Finding:
    return replace(finding, rules=tuple(dict.fromkeys((*finding.rules, rule))))
