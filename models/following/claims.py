"""Claims: the sentences of a meeting that say what became of something asked for earlier."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models.sentence_classes import NOTHING, SentenceClasses, load_classes
from transcripts.claim import Claim, claim_id
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLLOWS = 0.03  # chance that a sentence follows up anything; a link asks for more
CLAIMED = 0.2  # chance that it claims a status
SHARE = 0.5  # of what the rest of a turn claims, for each of its sentences
OWN_BEFORE, TURN_BEFORE, OWN_AFTER = 3, 2, 1  # sentences that tell what a claim is about
FEWEST = 2  # words
REFERENCE = re.compile(r"\b[A-Z]{2,8}/\d{4}-\d{2}/\d{1,4}\b")
# the number of a minute, which is no span of time: "5 minutes 31 seconds", "one minute 20"
MINUTE = re.compile(
    r"(?<!\d )(?<!\d-)(?<!\bone )(?<!\ba )(?<!\bper )(?<!\bevery )(?<!\beach )(?<!\blast )"
    r"\bminute (?:number |no\.? )?(\d{1,4})\b"
    r"(?![:.]\d| (?:past|to|minutes?|seconds?|secs?|hours?|days?|weeks?|per cent|times)\b)",
    re.IGNORECASE,
)
LESS = {"accepted_in_principle": "accepted_in_principle", "partly_accepted": "accepted_in_part"}
STATES = {"no_response": "awaiting"}  # somebody says that no answer has come


class Claims:
    """Finds the claims of one recording's sentences; one instance serves any number.

    ``said_of`` gives the ISO day that a sentence names for what happened, or nothing.
    """

    def __init__(
        self, said_of: Callable[[str], str] = lambda _: "", statuses: SentenceClasses | None = None
    ) -> None:
        self._statuses = statuses or load_classes("statuses")
        self._said_of = said_of

    def find(
        self,
        recording_sha256: str,
        sentences: Sequence[Sentence],
        vectors: Floats,
        follows: Sequence[float],
    ) -> list[Claim]:
        """Claims in the order of the sentences; ``vectors`` has one row a sentence.

        ``follows`` is the chance of each sentence to follow up something earlier, as the finder
        tells it. Many claims are about nothing that was recommended: what ties one to a
        recommendation weighs how likely it is one at all.
        """
        if not sentences:
            return []
        texts = [s.text for s in sentences]
        chances = self._statuses.read(texts, vectors)
        shared = with_the_turn(chances, sentences)
        nothing = self._statuses.labels.index(NOTHING)
        found = []
        for i, row in enumerate(chances):
            claimed = 1 - float(row[nothing])
            likely = follows[i] >= FOLLOWS or claimed >= CLAIMED
            if likely and len(texts[i].split()) >= FEWEST:
                label = self._told(texts[i], shared[i])
                score = likelihood(follows[i], claimed)
                found.append(self._claim(recording_sha256, sentences, i, label, score))
        return found

    def _told(self, text: str, row: Floats) -> str:
        """The likeliest status; one that says "in principle" or "in part" is never a plain yes."""
        label = self._statuses.likeliest(row)
        if label != "accepted":
            return label
        less = (LESS[value] for value in LESS if self._statuses.rules(text, value))
        return next(less, label)

    def _claim(
        self, sha: str, sentences: Sequence[Sentence], at: int, label: str, score: float
    ) -> Claim:
        s = sentences[at]
        about = around(sentences, at)
        return Claim(
            id=claim_id(sha, s.start_s, s.end_s),
            status=STATES.get(label, label),
            quote=s.text,
            sentence_id=s.id,
            utterance_id=s.utterance_id,
            voice=s.voice,
            start_s=s.start_s,
            end_s=s.end_s,
            item=s.item,
            about=tuple(sentences[i].id for i in about),
            keys=keys(*(sentences[i].text for i in about)),
            said_of=self._said_of(s.text),
            rules=self._statuses.rules(s.text, label),
            score=round(score, 4),
        )


def with_the_turn(chances: Floats, sentences: Sequence[Sentence]) -> Floats:
    """The chances of each sentence with a share of those of the others in its turn.

    "Three are in. The fourth has a skip on it" is one state, told in two sentences.
    """
    import numpy as np

    turns = {s.utterance_id: n for n, s in enumerate(sentences)}
    at = np.array([turns[s.utterance_id] for s in sentences])
    whole = np.zeros_like(chances)
    np.add.at(whole, at, chances)
    made: Floats = chances + SHARE * (whole[at] - chances)
    return made


def likelihood(follows: float, claimed: float) -> float:
    """One figure in [0, 1] from two chances, neither of which is sure by itself."""
    return 1 - (1 - follows) * (1 - claimed)


def around(sentences: Sequence[Sentence], at: int) -> list[int]:
    """The sentences that tell what the one at ``at`` is about: its turn's, and the end of the last.

    What is claimed is seldom named in the claim: "And the figures?" asks the one, "They are being
    pulled together", says the other.
    """
    own = sentences[at].utterance_id
    first = at
    while first and at - first < OWN_BEFORE and sentences[first - 1].utterance_id == own:
        first -= 1
    start = first
    if start and sentences[start - 1].utterance_id != own:
        turn = sentences[start - 1].utterance_id
        while start and first - start < TURN_BEFORE and sentences[start - 1].utterance_id == turn:
            start -= 1
    last = at
    while last + 1 < len(sentences) and last - at < OWN_AFTER:
        if sentences[last + 1].utterance_id != own:
            break
        last += 1
    return [i for i in range(start, last + 1) if sentences[i].item == sentences[at].item]


def keys(*texts: str) -> tuple[str, ...]:
    """References and minute numbers said in the texts, as a register writes them."""
    told = " ".join(texts)
    found = [*REFERENCE.findall(told), *(f"minute {n}" for n in MINUTE.findall(told))]
    return tuple(dict.fromkeys(found))
