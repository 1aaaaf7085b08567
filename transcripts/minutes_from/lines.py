"""Lines to paragraphs, for text and PDF: lines are hard-wrapped, and words broken at their ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from transcripts.minutes_from.labels import parted
from transcripts.minutes_from.paper import Paragraph, joined_labels, paragraph

# a line of its own, whatever comes before and after
ALONE = re.compile(
    r"^(?:(?:UNANIMOUSLY )?RESOLVED|RECOMMENDED|AGREED|NOTED|RECEIVED|Resolved|DECISION|Decision)"
    r"\b\s*[:.–—-]?$|^(?:RESOLVED|Resolved|RECOMMENDATIONS?|Recommendations?|Decisions?|DECISIONS?|"
    r"Reasons?[\w ]*|ACTIONS?|Actions?)\s*[:–—-]?$"
)
BEGINS = re.compile(
    r"^(?:(?:UNANIMOUSLY )?RESOLVED\b|RECOMMENDED\b|AGREED\b|NOTED\b|It was (?:moved|MOVED)|"
    r"(?:ACTION|Action)\b.{0,12}:|(?:Moved|Proposed|Seconded|Voting|Vote|For|Reasons?)\b.{0,30}:)"
)
SHORT = 0.72  # of the usual length: where a line that ends a sentence ends its paragraph too
BROKEN = re.compile(r"([^\W\d_]+)-$")


def paragraphs_from(lines: Sequence[str]) -> list[Paragraph]:
    """Paragraphs of lines; an empty line ends one, and so do list numbers and headings."""
    usual = median([len(x.strip()) for x in lines if len(x.strip()) > 25] or [80])
    whole = Counter(w.lower() for line in lines for w in re.findall(r"\w+-\w+", line))
    out: list[Paragraph] = []
    held: list[str] = []
    for line in lines:
        if held and _ends(held[-1], line, usual):
            out.append(paragraph(_joined(held, whole)))
            held = []
        if line.strip():
            held.append(line)
    if held:
        out.append(paragraph(_joined(held, whole)))
    return joined_labels([p for p in out if p.text or p.label])


def _ends(before: str, line: str, usual: float) -> bool:
    text, last = line.strip(), before.strip()
    if not text or ALONE.match(text) or ALONE.match(last) or BEGINS.match(text):
        return True
    if parted(line)[0] and not _within(last, text):
        return True
    if _shouted(text) != _shouted(last) and (_shouted(text) or _shouted(last)):
        return True
    return last.endswith((".", ":", ";")) and len(last) < SHORT * usual


def _within(last: str, text: str) -> bool:
    """Whether what looks like a list number only begins a line: "section" / "(a) of the Act"."""
    return bool(
        re.search(r"\b(?:section|paragraph|item|minute|part)s?$|(?<![;,:]) (?:and|or)$", last)
    ) and (not text[:1].isupper())


def _shouted(text: str) -> bool:
    """A heading in capitals."""
    words = parted(text)[1]
    letters = [c for c in words if c.isalpha()]
    return len(letters) > 4 and all(c.isupper() for c in letters)


def _joined(lines: Sequence[str], whole: Counter[str]) -> str:
    """One paragraph; a hyphen at a line's end goes, unless the word is written with one."""
    text = lines[0].rstrip()
    for line in lines[1:]:
        following = line.strip()
        broken = BROKEN.search(text)
        if broken and following[:1].islower():
            rest = re.match(r"\w+", following)
            hyphened = f"{broken[1]}-{rest[0] if rest else ''}".lower()
            text = (text if whole[hyphened] else text[:-1]) + following
        else:
            text = f"{text} {following}"
    return text
