"""The particulars of a finding in the words of its sentence: who, what, by when, on what condition.

Rules find them; a model may propose them. ``Proposals`` maps the reader's key of a slot to
characters of the sentence, and fill in where no rule speaks: that was measured to find more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.findings.actions import action
from models.findings.asked import asked_to_act, names_nobody
from models.findings.conditions import condition
from models.findings.deadlines import Span, deadline, says_no_time
from models.findings.holders import holder, undertaken
from models.findings.patterns import Hit
from models.findings.whose import whose
from transcripts.finding import Slot

Proposals = Mapping[str, tuple[int, int]]
Finder = Callable[[str, Sequence[Hit], tuple[int, int]], "Span | None"]

SLOT_FILES = ("slot",)
PROPOSED = "classifier"
# the readers' key of a slot → its name here
KEYS = {
    "to": "addressee",
    "by": "deadline",
    "if": "condition",
    "whose": "whose",
    "who": "holder",
    "what": "action",
}
# keys of which a model knows nothing for a label: "what" is learnt of undertakings alone
UNLEARNT: Mapping[str, frozenset[str]] = {"R": frozenset(("what",))}

RULES: Mapping[str, Mapping[str, Finder]] = {
    "R": {
        "action": lambda text, hits, quoted: action(text, *quoted),
        "addressee": lambda text, hits, quoted: asked_to_act(text, hits),
        "deadline": lambda text, hits, quoted: deadline(text, hits, shy=True),
        "condition": lambda text, hits, quoted: condition(text, hits),
    },
    "A": {
        "action": lambda text, hits, quoted: undertaken(text, hits),
        "holder": lambda text, hits, quoted: holder(text, hits),
        "deadline": lambda text, hits, quoted: deadline(text, hits),
        "condition": lambda text, hits, quoted: condition(text, hits),
    },
    "C": {"whose": lambda text, hits, quoted: whose(text)},
}


def by_rule(
    letter: str, text: str, hits: Sequence[Hit], quoted: tuple[int, int]
) -> dict[str, Span]:
    """What the rules find for a label (C, R or A); ``quoted`` are the quotation's characters."""
    found = {name: rule(text, hits, quoted) for name, rule in RULES.get(letter, {}).items()}
    return {name: span for name, span in found.items() if span is not None}


def by_proposal(letter: str, text: str, proposals: Proposals) -> dict[str, Span]:
    """What a model proposes for a label, without what does not fit the sentence."""
    wanted, unlearnt = RULES.get(letter, {}), UNLEARNT.get(letter, frozenset())
    return {
        KEYS[key]: Span(start, end, PROPOSED)
        for key, (start, end) in proposals.items()
        if key not in unlearnt
        and KEYS.get(key) in wanted
        and 0 <= start < end <= len(text)
        and text[start:end].strip()
        and not (KEYS[key] == "addressee" and names_nobody(text[start:end]))
        and not (KEYS[key] == "deadline" and says_no_time(text[start:end]))
    }


def chosen(
    letter: str,
    text: str,
    hits: Sequence[Hit],
    quoted: tuple[int, int],
    proposals: Proposals | None = None,
) -> dict[str, Span]:
    """Rules and proposals together: a proposal fills in where no rule speaks."""
    return by_proposal(letter, text, proposals or {}) | by_rule(letter, text, hits, quoted)


def quoted_part(text: str, quote: str) -> tuple[int, int]:
    """The characters of the quotation."""
    start = text.index(quote)
    return start, start + len(quote)


def slots_of(
    letter: str,
    text: str,
    hits: Sequence[Hit],
    quoted: tuple[int, int],
    sentence_id: str,
    proposals: Proposals | None = None,
) -> tuple[Slot, ...]:
    """The slots of one finding in its own sentence, in the order of their words."""
    spans = chosen(letter, text, hits, quoted, proposals)
    made = [slot(name, text, span, sentence_id) for name, span in spans.items()]
    return tuple(sorted(made, key=lambda s: (s.start, s.end, s.name)))


def slot(name: str, text: str, span: Span, sentence_id: str) -> Slot:
    """A span as a slot of its sentence."""
    return Slot(name, text[span.start : span.end], span.start, span.end, sentence_id, span.rule)
