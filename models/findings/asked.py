"""Who is asked to act, as characters of the sentence: an office by name, or whoever is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from models.findings.addressee import offices
from models.findings.deadlines import Span
from models.findings.patterns import Hit
from models.findings.phrases import Said, is_verb, lexicon, noun_phrase, phrase_before, said

ACTS = 5  # rank of an office from which on it is asked or acts, not only mentioned
DUTY = frozenset("should must ought shall".split())
HAVE_TO = frozenset("has have needs need".split())
ARTICLES = frozenset("the our this a an".split())
NOBODY = frozenset(
    "people something anything nothing things thing way money plan amendment report work support "
    "time issue process system question motion recommendation answer funding".split()
)


def asked_to_act(text: str, hits: Sequence[Hit]) -> Span | None:
    """The office or the people asked to act; None where the sentence names none."""
    named = max(offices(text), key=lambda o: o[0], default=(0, 0, 0))
    if named[0] >= ACTS:
        return Span(named[1], named[2], "office")
    words = said(text)
    found = next(chain(_after_a_cue(words, hits), _with_a_duty(words)), None)
    if found is not None:
        return _without_article(text, found)
    return None


def _after_a_cue(words: Sequence[Said], hits: Sequence[Hit]) -> Iterator[Span]:
    """ "urge X to", "call on X to", "will X commit"."""
    for hit in hits:
        if hit.pattern.label != "addressee" or not hit.pattern.speaks_for:
            continue
        begin = next((i for i, w in enumerate(words) if w.start >= hit.end), len(words))
        end = noun_phrase(words, begin)
        after = words[end].word if end < len(words) else ""
        if words[begin].word == "that" if begin < len(words) else False:
            begin += 1
            end = noun_phrase(words, begin)
        if end > begin and _fits(hit.pattern.value, after) and words[end - 1].word not in NOBODY:
            yield Span(words[begin].start, words[end - 1].end, hit.pattern.id)


def _fits(value: str, after: str) -> bool:
    if value == "body":  # a mere preposition: only offices count, and those are looked for first
        return False
    if value == "question":
        return is_verb(after)
    return after in ("to", "that", "should", "must", "for", "not") or is_verb(after)


def _with_a_duty(words: Sequence[Said]) -> Iterator[Span]:
    """ "X should", "X needs to"."""
    actors = lexicon()["people"] | lexicon()["institutions"]
    for at, word in enumerate(words):
        duty = word.word in DUTY or (
            word.word in HAVE_TO and at + 1 < len(words) and words[at + 1].word == "to"
        )
        begin = phrase_before(words, at) if duty else at
        verb = next((w.word for w in words[at + 1 : at + 3] if w.word != "to"), "")
        if begin < at and is_verb(verb) and words[at - 1].word in actors:
            yield Span(words[begin].start, words[at - 1].end, "duty")


def names_nobody(text: str) -> bool:
    """Whether words that should name whoever is asked hold no more than an article."""
    return {word.word for word in said(text)} <= ARTICLES


def _without_article(text: str, span: Span) -> Span:
    first = said(text[span.start : span.end])
    if len(first) > 1 and first[0].word in ARTICLES:
        return Span(span.start + first[1].start, span.end, span.rule)
    return span
