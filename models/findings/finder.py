"""Finds concerns, recommendations, undertakings, follow-ups and decisions in a meeting's sentences.

A finding comes from the classifier, from a pattern that is enough by itself, or from both, and
names what made it: its calibrated score, and the ids of the patterns that spoke for it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from models.findings.acts import Acts
from models.findings.base import NAME as ENCODER
from models.findings.base import PUBLISHED
from models.findings.classifier import EVERYTHING, Classifier, load_classifier, shipped_artefact
from models.findings.features import Place, plain_words
from models.findings.filled import TOGETHER, Filling
from models.findings.marked import Marked
from models.findings.motions import Gathered, Motions
from models.findings.outcomes import SETTLED, Outcomes
from models.findings.patterns import FINDING_FILES, Hit, Patterns
from models.findings.precision import precision
from models.findings.quotes import quoted
from models.findings.settling import Settling
from models.findings.slots import SLOT_FILES
from models.reader.merge import with_read
from transcripts.finding import LETTERS, Finding, finding_in
from transcripts.meeting import Engine
from transcripts.motion import Motion
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.reader.account import ReadQuote

STATED = "M.stated"  # the rule of a recommendation that its settlement tells
FEWEST = 3  # words; less is no concern, recommendation or follow-up by itself
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence holds: its letters with their scores, and the words that carry them.

    A score is None where only a pattern says so. ``follows`` is the chance that it follows up
    something earlier and ``proposes`` that it recommends, also where those are too low for a
    finding.
    """

    letters: Mapping[str, float | None]
    words: Mapping[str, Marked]
    follows: float = 0.0
    proposes: float = 0.0


@dataclass(frozen=True, slots=True)
class Understood:
    """What a recording's sentences hold.

    ``follows`` is for each sentence the chance that it follows up something earlier.
    """

    findings: list[Finding]
    motions: list[Motion]
    follows: list[float]


class SentenceFindings:
    """The findings of one recording's sentences; one instance serves any number of recordings.

    ``day`` is the day of the meeting, from which spoken dates are told; without it no due date is
    given. ``meetings`` are other days on which the committee is known to meet.
    """

    def __init__(
        self,
        day: date | None = None,
        *,
        meetings: Sequence[date] = (),
        artefact: Path | None = None,
    ) -> None:
        self.engine = findings_engine(artefact)
        self._classifier = load_classifier(artefact)
        self._patterns = Patterns()
        self._outcomes, self._settling, self._motions = Outcomes(), Settling(), Motions()
        self._filling = Filling(day, meetings)
        self._acts = Acts(self._filling.day_set, self._filling.day_said)

    def find(
        self,
        recording_sha256: str,
        sentences: Sequence[Sentence],
        vectors: NDArray[np.float32],
        read: Sequence[ReadQuote] = (),
        reader: str = "",
    ) -> list[Finding]:
        """Findings in the order of the sentences; ``vectors`` has one row a sentence.

        ``read`` is what a language model pointed at, ``reader`` the id of the rule it goes by.
        """
        return self.understand(recording_sha256, sentences, vectors, read, reader).findings

    def understand(
        self,
        recording_sha256: str,
        sentences: Sequence[Sentence],
        vectors: NDArray[np.float32],
        read: Sequence[ReadQuote] = (),
        reader: str = "",
        chair: str = "",
        movers: frozenset[str] = frozenset(),
    ) -> Understood:
        """As ``find``, with the motions that the recommendations belong to.

        ``chair`` is the voice in the chair, whose words tell what is put where nobody else's do.
        ``movers`` are the voices of members, who alone can move anything; empty is anybody.
        """
        if not sentences:
            return Understood([], [], [])
        hits = [self._patterns.match(s.text) for s in sentences]
        told = label(self._classifier, hits, [s.text for s in sentences], places(sentences))
        found = {
            (i, letter): _finding(recording_sha256, sentences[i], letter, hits[i], told[i])
            for i, one in enumerate(told)
            for letter in one.letters
        }
        if read:
            found = with_read(found, read, reader, sentences, recording_sha256)
        said = self._outcomes.meanings(sentences)
        proposes = [t.proposes for t in told]
        said = self._settling.heard(sentences, vectors, said, proposes, chair)
        asked = sorted(i for i, letter in found if letter == "R")
        gathered = self._motions.gather(sentences, vectors, said, asked, chair, movers)
        for motion in gathered:
            key = (motion.stated, "R")
            found.setdefault(key, _stated(recording_sha256, sentences, hits, told, motion.stated))
        found = dict(sorted(found.items(), key=lambda kv: kv[0][0]))
        puts = self._follow(sentences, vectors, found, said, gathered)
        proposals = {key: _proposed(told[key[0]].words) for key in found}
        filled = self._filling.fill(recording_sha256, sentences, found, proposals, puts, vectors)
        log.debug("%d findings in %d sentences", len(filled), len(sentences))
        records = self._records(sentences, gathered, filled)
        return Understood(filled, records, [t.follows for t in told])

    def _follow(
        self,
        sentences: Sequence[Sentence],
        vectors: NDArray[np.float32],
        found: dict[tuple[int, str], Finding],
        said: Sequence[frozenset[str]],
        gathered: Sequence[Gathered],
    ) -> dict[int, int]:
        """Fills in the outcomes of recommendations; which sentence put each, -1 if none did,
        ``TOGETHER`` where several were put at once.

        What settles a motion settles nothing beside it: a question about the same matter was not
        what was put.
        """
        recommended = [i for i, letter in found if letter == "R"]
        outcomes = self._outcomes.settle(sentences, vectors, recommended, said)
        motions = {g.at for g in gathered}
        settled = {i: (o.agreed, o.at) for i, o in outcomes.items() if o.at not in motions}
        settled |= {
            i: (SETTLED[g.value], g.at) for g in gathered for i in g.members if (i, "R") in found
        }
        for i, (agreed, at) in settled.items():
            found[i, "R"] = replace(found[i, "R"], agreed=agreed, settled_s=sentences[at].start_s)
        puts = {i: outcomes[i].put if i in outcomes else -1 for i in settled}
        return puts | {i: TOGETHER for g in gathered if not g.alone for i in g.members if i in puts}

    def _records(
        self,
        sentences: Sequence[Sentence],
        gathered: Sequence[Gathered],
        findings: Sequence[Finding],
    ) -> list[Motion]:
        place = {s.id: i for i, s in enumerate(sentences)}
        asked: dict[int, list[Finding]] = {}  # one sentence may ask for several things
        for finding in findings:
            if finding.kind == "recommendation":
                asked.setdefault(place[finding.sentence_id], []).append(finding)
        return [self._acts.motion(g, sentences, asked) for g in gathered]


def label(
    classifier: Classifier,
    hits: Sequence[Sequence[Hit]],
    texts: Sequence[str],
    where: Sequence[Place],
    model: int = EVERYTHING,
) -> list[Told]:
    """For each sentence the letters it is given, their scores, and the words that carry them."""
    reading = classifier.read(texts, where, hits, model)
    thresholds = classifier.thresholds(model)
    column = {letter: n for n, letter in enumerate(classifier.labels)}
    told = []
    for row, found in enumerate(hits):
        letters: dict[str, float | None] = {}
        long_enough = len(plain_words(texts[row])) >= FEWEST
        for letter, at in column.items():
            chance = float(reading.chances[row, at])
            likely = chance >= thresholds[at] and not _against(found, letter, ("veto",))
            if likely and (long_enough or letter == "D"):
                letters[letter] = round(chance, 4)
            elif _sure(found, letter):
                letters[letter] = None if letter == "D" else round(chance, 4)
        follows, proposes = (float(reading.chances[row, column[k]]) for k in "FR")
        told.append(Told(letters, reading.words[row], follows, proposes))
    return told


def _sure(hits: Sequence[Hit], letter: str) -> bool:
    own = any(h.pattern.kind == "sure" and h.pattern.label == LETTERS[letter] for h in hits)
    return own and not _against(hits, letter, ("kill", "veto"))


def _against(hits: Sequence[Hit], letter: str, kinds: tuple[str, ...]) -> bool:
    return any(h.pattern.kind in kinds and h.pattern.label == LETTERS[letter] for h in hits)


def _finding(
    recording_sha256: str, sentence: Sentence, letter: str, hits: Sequence[Hit], told: Told
) -> Finding:
    kind = LETTERS[letter]
    rules = [h.pattern.id for h in hits if h.pattern.label == kind and h.pattern.speaks_for]
    return finding_in(
        recording_sha256,
        sentence,
        kind,
        quoted(letter, sentence.text, hits, told.words),
        rules=tuple(dict.fromkeys(rules)),
        score=told.letters[letter],
    )


def _stated(
    recording_sha256: str,
    sentences: Sequence[Sentence],
    hits: Sequence[Sequence[Hit]],
    told: Sequence[Told],
    index: int,
) -> Finding:
    """The recommendation in a sentence that only its being put and settled tells it is."""
    quote = quoted("R", sentences[index].text, hits[index], told[index].words)
    return finding_in(recording_sha256, sentences[index], "recommendation", quote, rules=(STATED,))


def _proposed(words: Mapping[str, Marked]) -> dict[str, tuple[int, int]]:
    return {mark: (found.start, found.end) for mark, found in words.items()}


def places(sentences: Sequence[Sentence]) -> list[Place]:
    """Turns are counted as utterances come; all of one recording is one meeting."""
    turns: dict[str, int] = {}
    return [Place("", turns.setdefault(s.utterance_id, len(turns)), s.voice) for s in sentences]


@lru_cache(maxsize=4)
def findings_engine(artefact: Path | None = None) -> Engine:
    """What makes the findings, told without loading it: artefact and patterns by their hashes."""
    models = files("models")
    model = artefact or shipped_artefact()
    rules = hashlib.sha256()
    for name in (*FINDING_FILES, *SLOT_FILES, "outcome", "rewording", "status"):
        rules.update((models / "patterns" / f"{name}.jsonl").read_bytes())
    rules.update((models / "patterns" / "lexicon.json").read_bytes())
    for name in ("statuses", "settling"):
        rules.update((models / "artefacts" / f"{name}.npz").read_bytes())
    return Engine(
        task="findings",
        name="sentence-findings",
        version="10",
        model=model.name,
        model_sha256=hashlib.sha256(model.read_bytes()).hexdigest(),
        settings={
            "encoder": f"{ENCODER} {PUBLISHED[:8]}",
            "patterns_sha256": rules.hexdigest(),
            "precision": precision(),
        },
    )
