"""Who undertakes something and what: "I will send members the dates"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.findings.deadlines import Span, deadline
from models.findings.patterns import Hit
from models.findings.phrases import Said, any_verb, phrase_before, said
from models.findings.quotes import TRAILING

WILL = frozenset("will shall 'll".split())
PLEDGES = frozenset(
    "happy committed going intending pleased prepared willing able glad undertake intend commit "
    "promise pledge plan hope want need".split()
)
BETWEEN = frozenset(
    "to be also certainly definitely happily gladly absolutely then just now very more than "
    "always obviously actually quite really most have been probably all both do continue".split()
)
KEPT = frozenset(("have", "do", "continue"))  # may be the act itself
PRONOUNS = frozenset("i we they he she it".split())
OWN = frozenset(("i", "we"))
DOING = frozenset("are am can could would should expect aim do have".split())


def holder(text: str, hits: Sequence[Hit]) -> Span | None:
    """Who commits, as said; None where the sentence leaves it out."""
    found = _commitment(said(text))
    return found[0] if found else None


def undertaken(text: str, hits: Sequence[Hit]) -> Span | None:
    """The act that is undertaken, to the end of its clause, without a deadline that closes it."""
    words = said(text)
    found = _commitment(words)
    if found is None or found[1] >= len(words):
        return None
    begin = words[found[1]].start
    end = _clause_end(words, found[1])
    trailing = TRAILING.search(text[:end])
    end = trailing.start() if trailing else end
    when = deadline(text, hits)
    if when and begin < when.start:
        end = min(end, len(text[: when.start].rstrip(" ,;:—–-")))
    return Span(begin, end, "act") if end > begin else None


def _commitment(words: Sequence[Said]) -> tuple[Span, int] | None:
    """Who commits, and the number of the word with which the act begins."""
    return next(_commitments(words), None)


def _commitments(words: Sequence[Said]) -> Iterator[tuple[Span, int]]:
    """What the speaker will do first, then what others will, then what the speaker does or can."""
    for shown in (_own_will, _others_will, _own_doing):
        for at in range(len(words)):
            begin = shown(words, at)
            act = _act(words, at + 1)
            if begin is not None and act < len(words):
                yield _subject(words, begin, at), act


def _subject(words: Sequence[Said], begin: int, at: int) -> Span:
    """The words of the subject; "we" of "we'll"."""
    stem, short, _ = words[at].word.partition("'")
    if begin == at and short:
        return Span(words[at].start, words[at].start + len(stem), "commits")
    return Span(words[begin].start, words[at - 1].end, "commits")


def _own_will(words: Sequence[Said], at: int) -> int | None:
    """Where the subject begins of "I will", "we'll", "I am happy to"; None for anything else."""
    stem, _, short = words[at].word.partition("'")
    if stem in OWN and short in ("ll", "m", "re", "d"):
        return at if short == "ll" or _pledges(words, at + 1) else None
    if at and words[at - 1].word in OWN:
        return at - 1 if words[at].word in WILL or _pledges(words, at) else None
    return None


def _others_will(words: Sequence[Said], at: int) -> int | None:
    stem, _, short = words[at].word.partition("'")
    if stem == "they" and short == "ll":
        return at
    if words[at].word not in WILL or not at:
        return None
    begin = at - 1 if words[at - 1].word == "they" else phrase_before(words, at)
    named = begin < at and words[begin].word != "that"
    return begin if named else None


def _own_doing(words: Sequence[Said], at: int) -> int | None:
    """ "we're revisiting", "I can get", "we do"."""
    stem, _, short = words[at].word.partition("'")
    if stem in OWN and short in ("m", "re", "d", "ve"):
        return at
    return at - 1 if at and words[at - 1].word in OWN and words[at].word in DOING else None


def _pledges(words: Sequence[Said], at: int) -> bool:
    """ "am happy to", "are going to", "undertake to"."""
    near = [w.word for w in words[at : at + 4]]
    return any(w in PLEDGES for w in near) and "to" in near[1:]


def _act(words: Sequence[Said], at: int) -> int:
    while at < len(words):
        word = words[at].word
        if word in PLEDGES or (word in BETWEEN and not _is_act(words, at)):
            at += 1
        else:
            break
    return at


def _is_act(words: Sequence[Said], at: int) -> bool:
    after = words[at + 1].word if at + 1 < len(words) else ""
    return words[at].word in KEPT and after not in BETWEEN and not any_verb(after)


def _clause_end(words: Sequence[Said], begin: int) -> int:
    """Where another commitment of the sentence begins, or its end."""
    for at in range(begin + 1, len(words) - 1):
        again = (
            words[at].word in ("and", "but", "so") and words[at + 1].word.split("'")[0] in PRONOUNS
        )
        if again and at > begin + 1:
            return words[at - 1].end
    return words[-1].end
