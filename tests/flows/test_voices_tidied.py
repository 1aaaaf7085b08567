"""Whatever writes takes enrolled voices off the disk that may not lie there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from flows.known import listened_for
from flows.load import decide
from flows.retention import apply
from models.known_voices import voice_engine
from transcripts.enrolled import Enrolled, EnrolledVoices, packed
from transcripts.ledger import Decision, Ledger, now

Deed = Callable[[Path], object]


def enrolled(home: Path) -> Decision:
    """One invented voice with its line."""
    name, until = "Councillor Ann Clay", date.today() + timedelta(30)
    (line,) = Ledger(home).append(
        [Decision("voice", "enrolled", "A. Clerk", now(), name=name, day=until.isoformat())]
    )
    vector = packed(np.full(256, 1 / 16, np.float32))
    EnrolledVoices(home).save(
        Enrolled(
            *(name, "Aldermere", "june", "abc", "V1", 40.0, "confirmed", voice_engine(), now()),
            *(until, "A. Clerk", "consent", line.id, vector),
        )
    )
    return line


DEEDS: dict[str, Deed] = {
    "a run": lambda home: listened_for(home, turned_on=False),
    "the clocks": lambda home: apply(home, [], "A. Clerk", {}),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_where_known_voices_are_off_no_voice_is_left(
    tmp_path: Path, deed: Deed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_KNOWN_VOICES", "false")
    enrolled(tmp_path)

    deed(tmp_path)

    assert not (tmp_path / "voices").exists()
    last = Ledger(tmp_path).all_lines()[-1]
    assert (last.verdict, last.who, last.why) == (
        "removed",
        "matters",
        "known voices are turned off",
    )


def test_an_undone_enrolment_and_a_withheld_name_go_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_KNOWN_VOICES", "true")
    for kind, about in (("undo", ""), ("withhold", "Councillor Ann Clay")):
        line = enrolled(tmp_path)
        verdict = line.id if kind == "undo" else "withheld"
        decide(tmp_path, [])
        assert EnrolledVoices(tmp_path).count() == 1

        decide(tmp_path, [Decision(kind, verdict, "A. Clerk", now(), name=about)])

        assert EnrolledVoices(tmp_path).count() == 0
