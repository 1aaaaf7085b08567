"""The meetings of an invented series as chains of claims, with what its answers say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.training.fit_chain import Chain, chains

if TYPE_CHECKING:
    from models.evaluation.series import Heard
    from transcripts.linked import Spoken, Wanted

MISSED = "missed:"
SENTENCES = 3  # of a recommendation that was not found, those that hold most of its words


def series_chains(heard: Sequence[Heard], gold: dict[str, Any]) -> list[Chain]:
    """The meetings of a series as chains, with what they hold."""
    wanted, spoken = everything(heard)
    same = _matched(heard, gold)
    lost = list(_missed(heard, gold, same))
    same |= {w.finding_id.removeprefix(MISSED): w.finding_id for w in lost}
    return list(chains([*wanted, *lost], spoken, _events_at(gold, same)))


def everything(heard: Sequence[Heard]) -> tuple[list[Wanted], list[Spoken]]:
    """Recommendations and claims of all meetings, laid out."""
    from models.evaluation.series import laid_out

    wanted: list[Wanted] = []
    spoken: list[Spoken] = []
    for h in heard:
        layout, made = laid_out(h)
        wanted += made
        spoken += [layout.spoken(c) for c in h.claims]
    return wanted, spoken


def _matched(heard: Sequence[Heard], gold: dict[str, Any]) -> dict[str, str]:
    """Which of our recommendations each one of the answers is."""
    from models.evaluation.overlap import token_f1
    from models.evaluation.series import _recommendations
    from models.evaluation.series_scores import match_recommendations

    made = [r for h in heard for r in _recommendations(h)]
    matched = match_recommendations(gold, {"recommendations": made}, token_f1)
    return {gold["recommendations"][i]["id"]: made[j]["id"] for i, j in matched.items()}


def _missed(
    heard: Sequence[Heard], gold: dict[str, Any], same: Mapping[str, str]
) -> Iterator[Wanted]:
    """Agreed recommendations that were not found: what was said of them later teaches as much."""
    from models.evaluation.series import laid_out

    by_id = {h.id: h for h in heard}
    for told in gold["recommendations"]:
        if told["id"] in same or told["agreed"] is not True:
            continue
        h, words = by_id[told["meeting_id"]], set(told["text"].lower().split())
        said = [s for s in h.sentences if h.turn(s.id) in told["turns"]]
        said.sort(key=lambda s: len(words & set(s.text.lower().split())), reverse=True)
        layout, _ = laid_out(h)
        yield layout.said(MISSED + told["id"], said[:SENTENCES], told.get("addressee") or "")


def _events_at(gold: dict[str, Any], same: dict[str, str]) -> dict[tuple[str, int], dict[str, str]]:
    """Evidence of the events at each turn, by recommendation."""
    at: dict[tuple[str, int], dict[str, str]] = {}
    for event in gold["events"]:
        for turn in event["turns"]:
            place = at.setdefault((event["meeting_id"], turn), {})
            if event["recommendation"] in same:
                place[same[event["recommendation"]]] = event.get("evidence", "")
    return at
