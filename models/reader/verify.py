"""Only what was said counts: a claimed quote must stand in the very sentence it points at.

White space is folded and typographic quotation marks are equalled to find it; what is kept are the
transcript's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.reader.account import ReadQuote
from models.reader.answer import Claim
from models.reader.lines import HIDDEN, Line, Part
from transcripts.finding import LETTERS

FEWEST = 3  # words; less is a quotation of nothing unless the whole sentence is no longer
UNKNOWN_KIND = "a kind that is none of ours"
UNKNOWN_LINE = "a line it was not asked about"
NOT_SAID = "a quote that does not stand in its line"
TOO_SHORT = "a quote of fewer than three words"
TWICE = "the same line and kind once more"
EQUAL = str.maketrans(dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("“”„‟″«»", '"'))
KINDS = {kind: letter for letter, kind in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and for each character where it comes from in what was said."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def verify(claims: Sequence[Claim], part: Part) -> tuple[list[ReadQuote], dict[str, int]]:
    """The claims that stand, as quotes in the words of the transcript; the others, by reason."""
    lines = {line.id: line for line in part.lines}
    kept: dict[tuple[str, str], ReadQuote] = {}
    dropped: Counter[str] = Counter()
    for claim in claims:
        found = _checked(claim, lines.get(claim.line))
        if isinstance(found, str):
            dropped[found] += 1
        elif (found.sentence_id, found.letter) in kept:
            dropped[TWICE] += 1
        else:
            kept[found.sentence_id, found.letter] = found
    return list(kept.values()), dict(dropped)


def _checked(claim: Claim, line: Line | None) -> ReadQuote | str:
    """The quote, or why there is none."""
    letter = KINDS.get(claim.kind.strip().lower())
    if letter is None:
        return UNKNOWN_KIND
    if line is None:
        return UNKNOWN_LINE
    quote = stands_in(claim.quote, line)
    if not quote:
        return NOT_SAID
    if len(quote.split()) < FEWEST:
        if _bare(quote) != _bare(line.said):
            return TOO_SHORT
        quote = line.said.strip()
    return ReadQuote(line.sentence_id, letter, quote)


def stands_in(quote: str, line: Line) -> str:
    """The words of the line that a quote repeats, as they were said; empty where it does not."""
    wanted, said = " ".join(quote.translate(EQUAL).split()), _folded(line)
    at = said.text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if _is_edge(said.text, at) and _is_edge(said.text, end):
            return line.said[said.starts[at] : said.ends[end - 1]]
        at = said.text.find(wanted, at + 1)
    return ""


def _folded(line: Line) -> _Folded:
    """What was shown of a line, a hidden name as one piece that comes from the name itself."""
    cells: list[tuple[str, int, int]] = []
    at = 0
    for start, end in (*line.hidden, (len(line.said), len(line.said))):
        cells += [(c.translate(EQUAL), i, i + 1) for i, c in enumerate(line.said[at:start], at)]
        cells += [(c, start, end) for c in HIDDEN] if end > start else []
        at = end
    once = [
        (" ", *cell[1:]) if cell[0].isspace() else cell
        for n, cell in enumerate(cells)
        if not (cell[0].isspace() and n and cells[n - 1][0].isspace())
    ]
    text, starts, ends = zip(*once, strict=True) if once else ((), (), ())
    return _Folded("".join(text), starts, ends)


def _is_edge(text: str, at: int) -> bool:
    """Whether no word is cut in two here."""
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
