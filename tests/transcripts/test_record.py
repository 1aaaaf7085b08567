"""The record keeps what was made, whole, and never changes a version."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matters_arising.errors import NotInArchiveError, StoreError
from transcripts.finding import Finding
from transcripts.meeting import AgendaItem, Engine, Meeting, Person, Recording
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    Gap,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
    content_hash,
)
from transcripts.record import Record, finished_findings, finished_transcript
from transcripts.words import Attribution, Reason, Sentence, Turn, Utterance, Word

ENGINE = Engine("speech", "sphinx", "5.1", "en-us", "aa", {"beam": 1e-48, "lang": None})


def processed(said: str = "told before") -> ProcessedMeeting:
    """A meeting of one sentence."""
    words = tuple(Word(w, i * 1.0, i + 0.9, 0.5) for i, w in enumerate(said.split()))
    sentence = Sentence("s1", "u1", "V1", said, 0.0, words[-1].end_s, "1")
    transcript = finished_transcript(
        Transcript(
            meeting_id="june",
            recording_sha256="ab" * 32,
            source="speech",
            engines=(ENGINE,),
            turns=(Turn("V1", 0.0, 2.0),),
            utterances=(Utterance("u1", "V1", words, "1"),),
            sentences=(sentence,),
            attributions=(
                Attribution(
                    "V1",
                    "Councillor Ford",
                    "named",
                    "Councillor Ford",
                    2.0,
                    (Reason("introduction", "Ford", 0.0, 2.0),),
                ),
            ),
            coverage=Coverage(2.0, 2.0, 2.0, 2, 2, 2, 1, 1, (Gap(1.0, 2.0, "noise"),)),
        )
    )
    found = Finding("f1", "concern", "s1", "u1", "V1", said, 0.0, 2.0, "1", 0.8, ("c1",))
    findings = finished_findings(FindingsVersion(transcript.version, (ENGINE,), (found,)))
    meeting = Meeting(
        "june",
        "Aldermere Borough Council",
        "Safer Communities Scrutiny Committee",
        "SCSC",
        date(2026, 6, 11),
        people=(Person("Councillor Ford", aliases=("Ann",)),),
        recordings=(Recording("a.opus", "ab" * 32),),
    )
    vectors = np.eye(1, 4, dtype=np.float32)
    return ProcessedMeeting(meeting, (ProcessedTranscript(transcript, findings, vectors, ENGINE),))


def test_a_meeting_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Every word, name, reason, finding and vector."""
    record = Record(tmp_path)
    record.save(processed(), key="k1")

    back = record.read("june")

    assert back.meeting == processed().meeting
    assert back.transcripts[0].transcript == processed().transcripts[0].transcript
    assert back.transcripts[0].findings == processed().transcripts[0].findings
    assert np.array_equal(back.transcripts[0].vectors, processed().transcripts[0].vectors)
    assert record.run_key("june") == "k1"


def test_what_was_found_is_told_without_the_words(tmp_path: Path) -> None:
    """Of preferred transcripts alone."""
    (part,) = processed().transcripts
    (other,) = processed("told otherwise").transcripts
    both = replace(processed(), transcripts=(part, replace(other, preferred=False)))
    record = Record(tmp_path)
    record.save(both, key="k1")

    assert list(record.found("june")) == [(part.transcript.recording_sha256, part.findings)]


def test_a_new_run_leaves_the_old_versions_as_they_were(tmp_path: Path) -> None:
    """Both transcripts are there; the newer one is current."""
    record = Record(tmp_path)
    record.save(processed("told before"), key="k1")
    before = {p: p.read_bytes() for p in (tmp_path / "record" / "june").glob("transcript-*")}
    record.save(processed("told after"), key="k2")

    assert record.read("june").transcripts[0].transcript.sentences[0].text == "told after"
    assert all(path.read_bytes() == content for path, content in before.items())
    assert len(list((tmp_path / "record" / "june").glob("transcript-*"))) == 2


def test_the_same_inputs_make_the_same_version() -> None:
    """And one word more makes another."""
    one, same, other = processed(), processed(), processed("told before dawn")

    assert one.transcripts[0].transcript.version == same.transcripts[0].transcript.version
    assert one.transcripts[0].transcript.version != other.transcripts[0].transcript.version


def test_a_meeting_without_a_finished_run_is_not_there(tmp_path: Path) -> None:
    """A folder a killed process left behind is no meeting."""
    (tmp_path / "record" / "half").mkdir(parents=True)
    record = Record(tmp_path)
    record.save(processed(), key="k1")

    assert record.meeting_ids() == ["june"]
    with pytest.raises(NotInArchiveError, match="it holds: june"):
        record.read("half")


def test_a_damaged_version_is_named(tmp_path: Path) -> None:
    """The sentence says which file, and what to do."""
    record = Record(tmp_path)
    record.save(processed(), key="k1")
    (path,) = (tmp_path / "record" / "june").glob("transcript-*")
    path.write_bytes(path.read_bytes()[:100])

    with pytest.raises(StoreError, match=path.name):
        record.read("june")


def test_a_quote_is_never_empty_and_a_name_never_without_a_reason() -> None:
    """What design promises is refused by the types themselves."""
    found = processed().transcripts[0].findings.findings[0]

    with pytest.raises(ValueError, match="quotes nothing"):
        replace(found, quote=" ")
    with pytest.raises(ValueError, match="neither a rule nor a score"):
        replace(found, score=None, rules=())
    with pytest.raises(ValueError, match="without a reason"):
        Attribution("V1", "Councillor Ford", "named", "Councillor Ford")


def test_current_points_at_a_run_that_names_every_version(tmp_path: Path) -> None:
    """A person can follow the files by hand."""
    run = Record(tmp_path).save(processed(), key="k1")
    folder = tmp_path / "record" / "june"
    name = json.loads((folder / "current.json").read_text())["run"]

    kept = json.loads((folder / name).read_text())["parts"][0]
    assert kept["transcript"] == run.parts[0].transcript
    assert (folder / f"vectors-{kept['vectors']}.npy").exists()


def test_a_record_of_before_seat_logs_and_reasons_is_read(tmp_path: Path) -> None:
    """As it lay on disk: without the fields that came later."""
    record = Record(tmp_path)
    record.save(processed(), key="k1")
    folder = tmp_path / "record" / "june"
    (path,) = folder.glob("transcript-*")
    for file, later in ((path, {"why"}), (folder / "meeting.json", {"seat_log", "seat_log_zero"})):
        kept = file.read_text()
        assert all(f'"{name}"' in kept for name in later)
        file.write_text(json.dumps(_without(json.loads(kept), later)))

    assert record.read("june").meeting == processed().meeting
    assert record.read("june").transcripts[0].transcript == processed().transcripts[0].transcript


def _without(value: object, names: set[str]) -> object:
    """The same JSON without these keys of its objects; a gap has a reason of that name too."""
    if isinstance(value, list):
        return [_without(v, names) for v in value]
    if isinstance(value, dict):
        dropped = names if "words" in value or "path" in value else set()
        return {k: _without(v, names) for k, v in value.items() if k not in dropped}
    return value


def test_a_field_that_came_later_changes_no_key_of_what_has_none() -> None:
    """Else every meeting would be processed again after an upgrade."""
    before = {"item": "1", "title": "Apologies", "restricted": False}

    assert content_hash(AgendaItem("1", "Apologies")) == content_hash(before)
    assert content_hash(AgendaItem("1", "Apologies", begins_s=0.0)) != content_hash(before)
