"""What people wrote in the ledger of what has to be gone, and meetings that cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows import keeping
from flows.stretches import Stretch
from tests.sample_home import JULY, JUNE
from transcripts.ledger import Decision, Ledger, now
from transcripts.record import Record
from warehouse.listings import meetings
from warehouse.reader import open_reader


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("in")  # its captions
    return Path(shutil.copytree(sample_home, tmp_path / "home", ignore=ignore))


def sister(home: Path) -> Stretch:
    """Where somebody tells who her sister is, which nobody else speaks of."""
    (part,) = Record(home).read(JUNE).transcripts
    said = next(s for s in part.transcript.sentences if "sister" in s.text)
    return Stretch(JUNE, said.start_s, said.end_s)


def test_what_somebody_wrote_of_it_in_the_ledger_goes_and_the_rest_stays(home: Path) -> None:
    """A note on the meeting, a correction of what it recommended, and the reason itself."""
    Ledger(home).append(
        [
            Decision("note", "Her Sister rang!", "A", now(), meeting_id=JUNE, why="the sister's"),
            Decision("correct", "what sisters say", "A", now(), reference="SCSC/2026-27/01"),
            Decision("note", "control room", "A", now(), meeting_id=JULY),
            Decision("note", "no kin", "A", now(), meeting_id=JUNE),
        ]
    )

    deed = keeping.redact(home, sister(home), "A", "her sister asked")

    note, correct, other, plain, redact = Ledger(home).all_lines()[-5:]
    assert (note.verdict, note.why) == ("Her [redacted] rang!", "the [redacted]'s")
    assert correct.verdict == "what [redacted] say"
    assert (redact.why, redact.who) == ("her [redacted] asked", "A")
    assert (other.verdict, plain.verdict) == ("control room", "no kin")
    assert deed.lines == (note.id, correct.id, redact.id)


def test_the_proof_finds_what_the_ledger_still_repeats(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written of the meeting itself is not taken for something said elsewhere."""
    monkeypatch.setattr(keeping, "out_of_the_ledger", lambda *_: ())
    Ledger(home).append([Decision("note", "sister", "A", now(), meeting_id=JUNE)])

    deed = keeping.redact(home, sister(home), "A", "as asked")

    assert ("ledger.jsonl", "sister") in deed.proof.found


@pytest.mark.parametrize("spoilt", ["transcript-*.json", "run-*.json", "current.json"])
def test_a_meeting_that_cannot_be_read_can_be_purged(home: Path, spoilt: str) -> None:
    """Its words are looked for as far as its files still tell them, and its results go."""
    sha = Record(home).read(JUNE).meeting.recordings[0].sha256
    kept = home / "cache" / sha[:32] / "piece-1"
    kept.parent.mkdir(parents=True)
    kept.touch()
    path = next((home / "record" / JUNE).glob(spoilt))
    path.write_bytes(path.read_bytes()[:-40])

    deed = keeping.purge(home, JUNE, "A", "a mistake")

    assert path.name in deed.damaged
    assert len(deed.proof.words) > 20
    assert deed.proof.found == ()
    assert (kept.exists(), path.parent.exists()) == (False, False)
    with open_reader(home) as reader:
        assert [m.meeting_id for m in meetings(reader)] == [JULY]


def test_a_meeting_of_which_nothing_tells_the_newest_run_can_be_purged(home: Path) -> None:
    (home / "record" / JUNE / "current.json").unlink()

    keeping.purge(home, JUNE, "A", "a mistake")

    assert not (home / "record" / JUNE).exists()


def test_a_damaged_meeting_keeps_no_other_from_what_was_decided(home: Path) -> None:
    """It is named, at the next run too."""
    Ledger(home).append([Decision("redact", "redacted", "A", now(), meeting_id=JULY,
                                  recording_sha256="ab", start_s=0.0, end_s=1.0)])  # fmt: skip
    (run,) = (home / "record" / JULY).glob("run-*.json")
    run.write_bytes(b"{")

    assert keeping.settle_all(home) == []
