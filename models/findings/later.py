"""What later turns do to a recommendation: reword it, merge it, send it to somebody else, date it.

"Make it fourteen days" touches the recommendation said last before it, within its agenda item and
until something is settled. The words it was made in stay; what is said later is a slot of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.findings.addressee import OURSELVES, offices
from models.findings.deadlines import Span, deadline
from models.findings.patterns import Hit, Patterns
from models.findings.quotes import TRAILING
from models.findings.slots import SLOT_FILES, slot
from transcripts.finding import Slot
from transcripts.words import Sentence

REACH = 12  # sentences after a recommendation in which it may still be touched
LOOSE = ("vague", "now")
SHORT = 25  # words; a longer sentence is a speech of its own
FILES = ("rewording", *SLOT_FILES)


class Rewordings:
    """Finds what later sentences say of a recommendation."""

    def __init__(self) -> None:
        self._patterns = Patterns(FILES)

    def after(
        self, sentences: Sequence[Sentence], settled: Mapping[int, int]
    ) -> dict[int, list[Slot]]:
        """For each recommendation the slots that sentences after it add, in their order.

        ``settled`` gives for the sentence of each recommendation the one that settled it, or -1.
        A sentence touches the nearest recommendation before it that is not itself a rewording.
        """
        own = sorted(i for i in settled if not self._touches(i, sentences))
        found: dict[int, list[Slot]] = {i: [] for i in settled}
        for number, index in enumerate(own):
            following = own[number + 1] if number + 1 < len(own) else len(sentences) - 1
            until = settled[index] if settled[index] >= 0 else len(sentences)
            for at in range(index + 1, min(following, until, index + REACH) + 1):
                if sentences[at].item != sentences[index].item:
                    break
                found[index] += self._said(sentences[at])
        return found

    def last_wordings(
        self,
        sentences: Sequence[Sentence],
        settled: Mapping[int, int],
        alike: Callable[[int, int], bool],
    ) -> dict[int, int]:
        """For each recommendation that was put anew before it was settled, the sentence of that.

        ``settled`` is as in ``after``; ``alike`` tells whether two sentences are about the same
        thing. One "agreed" may settle several motions, and these keep their own words.
        """
        last: dict[int, int] = {}
        for index, until in settled.items():
            own = [
                i
                for i, other in settled.items()
                if i > index
                and other == until >= 0
                and (alike(index, i) or self._reworded(i, sentences, settled) == index)
            ]
            last |= {index: max(own)} if own else {}
        return last

    def _reworded(
        self, index: int, sentences: Sequence[Sentence], settled: Mapping[int, int]
    ) -> int:
        """The recommendation that a sentence only rewords, or -1."""
        if not self._touches(index, sentences):
            return -1
        before = [i for i in settled if i < index and not self._touches(i, sentences)]
        return max(before, default=-1)

    def _touches(self, index: int, sentences: Sequence[Sentence]) -> bool:
        """Whether the sentence only rewords another, so that what follows is about that one."""
        return bool(self._changes(self._hits(sentences[index].text)))

    def _hits(self, text: str) -> list[Hit]:
        return self._patterns.match(text) if len(text.split()) <= SHORT else []

    def _changes(self, hits: Sequence[Hit]) -> list[Hit]:
        own = [h for h in hits if h.pattern.label == "rewording"]
        killed = any(not h.pattern.speaks_for for h in own)
        return [] if killed else [h for h in own if h.pattern.value in ("reword", "merge")]

    def _said(self, sentence: Sentence) -> list[Slot]:
        hits = self._hits(sentence.text)
        own = [h for h in hits if h.pattern.label == "rewording"]
        if not own or any(not h.pattern.speaks_for for h in own):
            return []
        text = sentence.text
        spans: dict[str, Span | None] = {
            "wording": _wording(text, self._changes(hits)),
            "addressee": _redirected(text, own),
            "deadline": deadline(text, _definite(hits)),
        }
        return [slot(n, text, span, sentence.id) for n, span in spans.items() if span is not None]


def _definite(hits: Sequence[Hit]) -> list[Hit]:
    """Without "soon" and "now", which in talk about a matter set no deadline for it."""
    return [h for h in hits if h.pattern.label == "deadline" and h.pattern.value not in LOOSE]


def _wording(text: str, changes: Sequence[Hit]) -> Span | None:
    if not changes:
        return None
    first = min(changes, key=lambda h: h.start)
    found = TRAILING.search(text)
    end = found.start() if found else len(text)
    return Span(first.start, max(end, first.end), first.pattern.id)


def _redirected(text: str, own: Sequence[Hit]) -> Span | None:
    """The office behind "that goes to"; none where it is the committee itself."""
    for hit in (h for h in own if h.pattern.value == "redirect"):
        for _, start, end in offices(text):
            rest = text[end:].lstrip()
            if rest.startswith("to "):  # "it is for the school to assess": nothing is sent there
                continue
            if start >= hit.end and not OURSELVES.match(text[start:end]):
                return Span(start, end, hit.pattern.id)
    return None
