"""What the fold models make of the meetings they never saw, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from models.findings.classifier import Classifier
from models.findings.features import probability
from models.findings.patterns import Patterns
from models.findings.pieces import in_pieces
from models.training.fitting import best_threshold, calibrate, scores_of
from models.training.labelled import Labelled, family_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

# Where to draw the line is the benchmark's reader's to say. Follow-ups, undertakings and decisions
# are drawn alike by all readers, and too rare to be weighed on that reader's sentences alone.
FROM_ALL_READERS = ("F", "A", "D")


@dataclass(frozen=True, slots=True)
class Unseen:
    """Sentences with what was made of them by a model that never saw their meeting.

    ``logits``, ``level`` and ``truth`` are (n, labels), ``kinds`` is (n, labels, 3).
    """

    sentences: tuple[Labelled, ...]
    logits: Floats
    level: Floats
    kinds: Floats
    truth: Floats

    def features(self, label: int) -> Floats:
        """Logit, level and pattern counts of one label, (n, 5)."""
        own = [self.logits[:, [label]], self.level[:, [label]], self.kinds[:, label]]
        return np.concatenate(own, axis=1)

    def chosen(self, use: NDArray[np.bool_]) -> Unseen:
        """A part of the sentences."""
        kept = tuple(s for s, u in zip(self.sentences, use, strict=True) if u)
        parts = (self.logits[use], self.level[use], self.kinds[use], self.truth[use])
        return Unseen(kept, *parts)


def unseen(
    classifier: Classifier, sentences: Sequence[Labelled], texts: Sequence[str] | None = None
) -> Unseen:
    """Reads sentences in order, each meeting with the model of the fold that did not see it."""
    said = [s.text for s in sentences] if texts is None else list(texts)
    matcher = Patterns()
    table = classifier.pattern_table([matcher.match(t) for t in said])
    logits = np.zeros((len(said), len(classifier.labels)), dtype=np.float32)
    meetings = [s.place.meeting for s in sentences]
    pieces = in_pieces(said)
    for model, rows in classifier.by_model(meetings).items():
        judged = classifier.judge(
            [pieces[r] for r in rows], [sentences[r].place for r in rows], table[rows], model
        )
        for row, found, _ in judged:
            logits[rows[row]] = found
    truth = [[x in s.labels for x in classifier.labels] for s in sentences]
    level = classifier.levels(logits, meetings)
    return Unseen(
        tuple(sentences),
        logits,
        level,
        classifier.pattern_kinds(table),
        np.array(truth, dtype=np.float32),
    )


def judge(
    copies: Sequence[Unseen], without: Sequence[str], labels: Sequence[str]
) -> dict[str, Any]:
    """Calibration and thresholds, for all labels, from every meeting but these."""
    weights, bias, thresholds = [], [], []
    left_out = set(without)
    for column, label in enumerate(labels):
        parts = [c.chosen(_usable(c, label, left_out)) for c in copies]
        features = np.concatenate([p.features(column) for p in parts])
        truth = np.concatenate([p.truth[:, column] for p in parts])
        slope, shift = calibrate(features, truth)
        chances = probability(features @ slope + shift)
        weights.append(slope)
        bias.append(shift)
        thresholds.append(best_threshold(truth, chances))
    return {
        "scale_weights": np.stack(weights).astype(np.float32),
        "scale_bias": np.array(bias, dtype=np.float32),
        "thresholds": np.array(thresholds, dtype=np.float32),
    }


def _usable(copy: Unseen, label: str, without: set[str]) -> NDArray[np.bool_]:
    return np.array(
        [
            s.place.meeting not in without and (not s.reader or label in FROM_ALL_READERS)
            for s in copy.sentences
        ],
        dtype=bool,
    )


def figures(classifier: Classifier, copy: Unseen) -> Mapping[str, Any]:
    """Per label precision, recall and F1 of the classifier alone, out of fold, and by family."""
    given = np.zeros_like(copy.truth)
    for model, rows in classifier.by_model([s.place.meeting for s in copy.sentences]).items():
        chances = classifier.chances(copy.logits, copy.level, copy.kinds, model)
        given[rows] = (chances >= classifier.thresholds(model))[rows]
    families = np.array([family_of(s.place.meeting) for s in copy.sentences])
    told: dict[str, Any] = {"all": _by_label(classifier, copy.truth, given)}
    for family in sorted(set(families.tolist())):
        rows = families == family
        told[family] = _by_label(classifier, copy.truth[rows], given[rows])
    return told


def _by_label(classifier: Classifier, truth: Floats, given: Floats) -> dict[str, Any]:
    return {x: scores_of(truth[:, j], given[:, j]) for j, x in enumerate(classifier.labels)}
