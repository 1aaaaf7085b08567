"""The figures of the series benchmark, the same as its own scorer's.

A predicted recommendation may match one gold recommendation of the same meeting whose turns it
overlaps within one turn; pairs are chosen by overlap, then by the words they share. Everything
later is judged through that matching.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Alike = Callable[[str, str], float]


def figures(gold: Row, predicted: Row, alike: Alike) -> dict[str, Any]:
    """All figures; ``alike`` is the token F1 of two texts."""
    matched = match_recommendations(gold, predicted, alike)
    wanted, made = gold["recommendations"], predicted.get("recommendations", [])
    same = {wanted[i]["id"]: made[j]["id"] for i, j in matched.items()}
    out: dict[str, Any] = {"recommendations": _recommendations(wanted, made, matched, alike)}
    yes = {g["id"] for g in wanted if g["agreed"] is True}
    yes_made = {p["id"] for p in made if p.get("agreed") is True}
    both = sum(g in yes and p in yes_made for g, p in same.items())
    out["agreed_only"] = _prf(both, len(yes_made), len(yes))
    out["events"] = _events(gold["events"], predicted.get("events", []), same)
    final, claimed = gold["final_status"], predicted.get("final_status", {})
    right = sum(claimed.get(same.get(r)) == s for r, s in final.items())
    out["final_status"] = round(right / len(final), 3)
    silent = {same.get(r, f"missed:{r}") for r in gold["silent"]}
    said = predicted.get("silent", [])
    out["silent"] = _prf(len(silent & set(said)), len(said), len(silent))
    out |= _concerns(gold, predicted.get("concerns", []))
    out["undertakings"] = _undertakings(gold["undertakings"], predicted.get("undertakings", []))
    return out


def _near(turns: Sequence[int], others: Sequence[int]) -> int:
    return sum(any(abs(i - j) <= 1 for j in others) for i in turns)


def _prf(right: int, predicted: int, gold: int) -> dict[str, float]:
    p, r = (right / n if n else 0.0 for n in (predicted, gold))
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"precision": round(p, 3), "recall": round(r, 3), "f1": round(f1, 3)}


def _pairs(
    gold: Sequence[Row], predicted: Sequence[Row], score: Callable[[Row, Row], float]
) -> dict[int, int]:
    ranked = sorted(
        ((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)),
        reverse=True,
    )
    out: dict[int, int] = {}
    for value, i, j in ranked:
        if value > 0 and i not in out and j not in out.values():
            out[i] = j
    return out


def match_recommendations(gold: Row, predicted: Row, alike: Alike) -> dict[int, int]:
    """Which predicted recommendation each of the gold ones is, by their places."""

    def score(g: Row, p: Row) -> float:
        near = _near(g["turns"], p["turns"]) if g["meeting_id"] == p["meeting_id"] else 0
        longest = max(len(g["turns"]), len(p["turns"]))
        return near / longest + alike(g["text"], p.get("text") or "") if near else 0.0

    return _pairs(gold["recommendations"], predicted.get("recommendations", []), score)


def match_concerns(gold: Sequence[Row], made: Sequence[Row]) -> dict[int, int]:
    """Which concern that was found each of the gold ones is: of the same turn, or the next."""
    return _pairs(gold, made, _same_turn)


def _recommendations(
    gold: Sequence[Row], made: Sequence[Row], matched: Mapping[int, int], alike: Alike
) -> dict[str, float]:
    def mean(of: Callable[[Row, Row], float]) -> float:
        values = [of(gold[i], made[j]) for i, j in matched.items()]
        return round(sum(values) / len(values), 3) if values else 0.0

    def right(key: str) -> float:
        return mean(lambda g, p: float(g.get(key) == p.get(key)))

    def text(key: str) -> float:
        return mean(lambda g, p: alike(g.get(key) or "", p.get(key) or ""))

    scores = _prf(len(matched), len(made), len(gold))
    scores |= {key: right(key) for key in ("agreed", "proposer", "due")}
    return scores | {key: text(key) for key in ("text", "addressee")}


def _events(
    gold: Sequence[Row], predicted: Sequence[Row], same: Mapping[str, str]
) -> dict[str, float]:
    def score(g: Row, p: Row) -> float:
        of_same = same.get(g["recommendation"]) == p["recommendation"]
        if g["meeting_id"] != p["meeting_id"] or not of_same:
            return 0.0
        near = _near(g["turns"], p["turns"])
        return near + (0.5 if near and g["status"] == p["status"] else 0.0)

    matched = _pairs(gold, predicted, score)
    right = sum(gold[i]["status"] == predicted[j]["status"] for i, j in matched.items())
    status = round(right / len(matched), 3) if matched else 0.0
    return _prf(len(matched), len(predicted), len(gold)) | {"status": status}


def _same_turn(g: Row, p: Row) -> float:
    apart = abs(g["turn"] - p["turn"])
    return 2.0 - apart if g["meeting_id"] == p["meeting_id"] and apart <= 1 else 0.0


def _concerns(gold: Row, made: Sequence[Row]) -> dict[str, Any]:
    wanted = gold["concerns"]
    matched = _pairs(wanted, made, _same_turn)
    right = sum(wanted[i]["speaker"] == made[j].get("speaker") for i, j in matched.items())
    titles = {c: t["title"] for t in gold["concern_threads"] for c in t["concerns"]}
    thread = {i: titles.get(wanted[i]["id"]) for i in matched}
    told = {i: made[j].get("thread") for i, j in matched.items()}
    pairs = list(itertools.combinations(sorted(matched), 2))
    together = {(a, b) for a, b in pairs if thread[a] and thread[a] == thread[b]}
    joined = {(a, b) for a, b in pairs if told[a] is not None and told[a] == told[b]}
    speaker = round(right / len(matched), 3) if matched else 0.0
    return {
        "concerns": _prf(len(matched), len(made), len(wanted)) | {"speaker": speaker},
        "concern_threads": _prf(len(together & joined), len(joined), len(together)),
    }


def _undertakings(gold: Sequence[Row], made: Sequence[Row]) -> dict[str, float]:
    matched = _pairs(gold, made, _same_turn)
    right = sum(gold[i].get("due") == made[j].get("due") for i, j in matched.items())
    due = round(right / len(matched), 3) if matched else 0.0
    return _prf(len(matched), len(made), len(gold)) | {"due": due}
