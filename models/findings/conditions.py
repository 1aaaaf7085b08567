"""On what a recommendation hangs: "if the budget allows", "subject to consultation"."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.deadlines import Span
from models.findings.patterns import Hit
from models.findings.phrases import Said, any_verb, phrase_before, said

SHORTEST = 2  # words of a condition
ASKING = frozenset("will would could can should must shall do does".split())
DUTY = frozenset("should must will shall would could can ought needs".split())
SUBJECTS = frozenset("i we you they he she it".split())
RESUMES = frozenset(("then", "please"))


def condition(text: str, hits: Sequence[Hit]) -> Span | None:
    """The first condition of ``text``, to where its clause ends; None where there is none."""
    own = [h for h in hits if h.pattern.label == "condition"]
    killed = [h for h in own if not h.pattern.speaks_for]
    for hit in sorted(own, key=lambda h: (h.start, -h.end)):
        if not hit.pattern.speaks_for or any(k.start <= hit.start < k.end for k in killed):
            continue
        if hit.pattern.value == "whole":
            return Span(hit.start, hit.end, hit.pattern.id)
        end = _end(said(text), hit)
        if end and len(text[hit.start : end].split()) > SHORTEST:
            return Span(hit.start, end, hit.pattern.id)
    return None


def _end(words: Sequence[Said], hit: Hit) -> int:
    """Where the clause ends that the hit begins: at the main clause, at a stop, or at the end."""
    first = next((i for i, w in enumerate(words) if w.start >= hit.end), len(words))
    verb_seen = False
    for at in range(first, len(words)):
        word = words[at]
        verb_seen = verb_seen or any_verb(word.word) or "'" in word.word
        if at > first + 1 and (begins := _main_clause(words, at, first, verb_seen)):
            return words[begins - 1].end
        if word.stop and at > first and not _goes_on(words, at):
            return word.end
    return words[-1].end if words else 0


def _main_clause(words: Sequence[Said], at: int, first: int, verb_seen: bool) -> int:
    """The word with which the main clause begins, where word ``at`` shows that it has; else 0."""
    word = words[at].word
    if word in RESUMES:
        return at
    if not verb_seen or at + 1 >= len(words):
        return 0
    if word in ASKING and _subject_after(words, at):
        return at
    if word in DUTY:
        begins = at - 1 if words[at - 1].word in SUBJECTS else phrase_before(words, at)
        return begins if first < begins < at else 0
    return 0


def _subject_after(words: Sequence[Said], at: int) -> bool:
    after = words[at + 1].word
    before = words[at - 1].word
    return after in ("the", "you", "we", "they", "he", "she", "it") and before not in SUBJECTS


def _goes_on(words: Sequence[Said], at: int) -> bool:
    """Whether what follows a comma still belongs to the condition: a repeated verb or a list."""
    rest = words[at + 1 :]
    return bool(rest) and rest[0].word in ("or", "truly", "really")
