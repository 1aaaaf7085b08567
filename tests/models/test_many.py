"""Links and threads of an archive of many meetings: as of few, only sooner and in less memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from models.following import threads as made
from models.following.linking import LikenessLinker
from transcripts.claim import Claim
from transcripts.linked import Spoken, Wanted, Worry

SAYINGS = (
    "publish a schedule before any deployment of the camera van",
    "write to every tenant about damp and mould in the tower flats",
    "move the night bus stop away from the sheltered housing",
    "plant forty street trees along the Riverside path by spring",
)


@cache
def said(seed: int) -> tuple[list[Wanted], list[Spoken], list[Worry]]:
    """Twelve meetings, each of which recommends, hears of what was recommended, and worries."""
    rng = np.random.default_rng(seed)
    meant = {text: rng.standard_normal(16) for text in SAYINGS}

    def vectors(texts: Sequence[str]) -> np.ndarray:
        rows = np.stack([meant[t] + rng.standard_normal(16) * 0.3 for t in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    wanted, spoken, worries = [], [], []
    for number in range(12):
        place = {
            "meeting_id": f"m{number:02d}", "council": "Aldermere", "committee": "SCSC",
            "day": date(2026, 1, 8) + timedelta(weeks=number), "item_title": "Matters arising",
        }  # fmt: skip
        for n, text in enumerate(rng.permutation(SAYINGS)[:2].tolist()):
            wanted.append(
                Wanted(
                    f"w{number}-{n}", **place, texts=(text,), vectors=vectors([text]),
                    outcome="agreed", settled_s=60.0 * n, sentence_ids=(f"s{n}",),
                )
            )  # fmt: skip
        for n, text in enumerate(rng.permutation(SAYINGS)[:3].tolist()):
            at = 600.0 + 30 * n
            claim = Claim(
                f"c{number}-{n}", "complete", text, f"t{n}", f"u{n}", "V1", at, at + 5, item="1",
                about=(f"t{n}",), score=0.9, rules=("said",),
            )  # fmt: skip
            spoken.append(Spoken(claim, **place, texts=(text,), vectors=vectors([text])))
        for n, text in enumerate(rng.choice(SAYINGS, 6).tolist()):
            meaning = vectors([text])
            worries.append(
                Worry(
                    f"f{number:02d}-{n}", **place, who="V1", text=text, vector=meaning[0],
                    turns=(text,), apart=(0,), vectors=meaning,
                )
            )  # fmt: skip
    return wanted, spoken, worries


def test_what_a_meeting_is_linked_to_does_not_change_when_later_ones_come() -> None:
    wanted, spoken, _ = said(1)
    linker = LikenessLinker()
    whole = linker.link(wanted, spoken)
    until = date(2026, 2, 20)
    early = linker.link(
        [w for w in wanted if w.day <= until], [s for s in spoken if s.day <= until]
    )

    assert early
    assert whole[: len(early)] == early


def test_asked_about_some_meetings_it_says_the_same_of_those() -> None:
    wanted, spoken, _ = said(1)
    linker = LikenessLinker()
    of = {s.claim.id: s.meeting_id for s in spoken}
    every = linker.link(wanted, spoken)
    bare = [
        s if s.meeting_id == "m09" else Spoken(**_fields(s), vectors=np.zeros((0, 0), np.float32))
        for s in spoken
    ]

    assert linker.link(wanted, bare, {"m09"}) == [k for k in every if of[k.claim_id] == "m09"] != []


def _fields(s: Spoken) -> dict[str, object]:
    names = ("claim", "meeting_id", "council", "committee", "day", "texts", "item_title")
    return {name: getattr(s, name) for name in names}


@pytest.mark.parametrize("seed", range(4))
def test_what_no_pair_ties_is_clustered_apart_with_the_same_threads(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, worries = said(seed)
    monkeypatch.setattr(made, "AT_ONCE", 7)  # several stretches of rows
    apart = made.threads(worries)
    monkeypatch.setattr(made, "parts", lambda ones, others, chances, count, bar: [np.arange(count)])

    assert made.threads(worries) == apart != []


def test_where_too_many_are_tied_the_likeliest_stay_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, _, worries = said(0)
    whole = made.threads(worries)
    monkeypatch.setattr(made, "MOST", 10)
    split = made.threads(worries)

    held = [set(t.finding_ids) for t in whole]
    assert max(len(t.finding_ids) for t in split) <= 10 < max(map(len, held))
    assert all(any(set(t.finding_ids) <= each for each in held) for t in split)
