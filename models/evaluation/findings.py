"""``matters evaluate findings``: labels and spans for a folder of sentences, and their figures.

A meeting that the shipped artefact was trained on is predicted by the model of the fold that never
saw it, so that the figures are honest on the training material too; ``out_of_fold`` says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.evaluation.overlap import token_f1
from models.evaluation.slots import score_slots

if TYPE_CHECKING:
    from models.findings.finder import Told
    from models.findings.patterns import Hit
    from models.training.labelled import Labelled

Predictions = list[dict[str, Any]]


def predict(folder: Path, *, bare: bool = False) -> Predictions:
    """``{"id", "labels", "spans"}`` for each sentence that is given a label.

    With ``bare`` the sentences are read as recognised speech is written: without punctuation and
    capitals, every word right.
    """
    # heavy parts wait until there is something to predict
    from models.findings.features import bare as as_recognised
    from models.findings.patterns import Patterns
    from models.training.labelled import read_labelled

    sentences = read_labelled(folder)
    if bare:
        sentences = [replace(s, text=as_recognised(s.text)) for s in sentences]
    patterns = Patterns()
    hits = [patterns.match(s.text) for s in sentences]
    told = tell(sentences, hits)
    return [
        _prediction(s, one, found)
        for s, one, found in zip(sentences, told, hits, strict=True)
        if one.letters
    ]


def tell(sentences: Sequence[Labelled], hits: Sequence[Sequence[Hit]]) -> list[Told]:
    """What each sentence holds, told by a model that did not see its meeting."""
    from models.findings.classifier import load_classifier
    from models.findings.finder import label

    classifier = load_classifier()
    told: dict[int, Told] = {}
    for model, rows in classifier.by_model([s.place.meeting for s in sentences]).items():
        chosen = [sentences[r] for r in rows]
        texts, where = [s.text for s in chosen], [s.place for s in chosen]
        made = label(classifier, [hits[r] for r in rows], texts, where, model)
        told |= dict(zip(rows, made, strict=True))
    return [told[r] for r in range(len(sentences))]


def _prediction(sentence: Labelled, told: Told, hits: Sequence[Hit]) -> dict[str, Any]:
    from models.findings.quotes import quoted

    spans = {x: quoted(x, sentence.text, hits, told.words) for x in told.letters if x in "CR"}
    return {"id": sentence.id, "labels": list(told.letters), "spans": spans}


def write(predictions: Predictions, out: Path) -> None:
    """One JSON object a line."""
    lines = (json.dumps(p, ensure_ascii=False) + "\n" for p in predictions)
    out.write_text("".join(lines), encoding="utf-8")


def score(folder: Path, predictions: Predictions) -> dict[str, Any] | None:
    """Per label precision, recall, F1 and, for C and R, the mean token F1 of the spans.

    Where the folder holds ``slots.tsv``, those of the slots as well, labels given.
    None where the folder holds no labels. Pairs in ``disputed.tsv`` are left out.
    """
    if not (folder / "labels.tsv").is_file():
        return None
    from models.training.labelled import read_labelled

    gold = read_labelled(folder)
    disputed = _disputed(folder / "disputed.tsv")
    given = {p["id"]: p for p in predictions}
    if unknown := set(given) - {g.id for g in gold}:
        raise ValueError(f"{len(unknown)} predictions name sentences that are not in {folder}")
    figures: dict[str, Any] = {x: _figures(x, gold, given, disputed) for x in "CRFAD"}
    if slots := score_slots(folder):
        figures["slots"] = slots
    figures["out_of_fold"] = _out_of_fold({g.place.meeting for g in gold})
    return figures


def _figures(
    letter: str,
    gold: Sequence[Labelled],
    given: Mapping[str, Mapping[str, Any]],
    disputed: set[tuple[str, str]],
) -> dict[str, Any]:
    right = wrong = missed = 0
    overlaps = []
    for sentence in gold:
        if (sentence.id, letter) in disputed:
            continue
        predicted = given.get(sentence.id, {"labels": ()})
        has, says = letter in sentence.labels, letter in predicted["labels"]
        right, wrong, missed = right + (has and says), wrong + (says > has), missed + (has > says)
        if has and says and letter in "CR":
            span = (predicted.get("spans") or {}).get(letter, "")
            overlaps.append(token_f1(sentence.labels[letter], span))
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    figures: dict[str, Any] = {"gold": right + missed}
    figures |= {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
    if overlaps:
        figures["span"] = round(sum(overlaps) / len(overlaps), 3)
    return figures


def _disputed(path: Path) -> set[tuple[str, str]]:
    if not path.is_file():
        return set()
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {(row[0], row[1]) for row in rows}


def _out_of_fold(meetings: set[str]) -> bool:
    """Whether some of these meetings were trained on, and each of those by other folds only."""
    from models.findings.classifier import load_classifier

    classifier = load_classifier()
    return bool(meetings & set(classifier.header["folds"])) and not classifier.seen(meetings)
