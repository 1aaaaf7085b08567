"""Files of a meeting under clocks and redactions: found from any folder, named where they are not.

Those that the program fetched are emptied; those that somebody put there are named.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from flows import keeping, retention
from flows.recordings import place
from tests.sample_home import JULY, JUNE
from transcripts.collect import collect
from transcripts.record import Record
from transcripts.sources.landed import LandedFile, LandedState, write_landed
from transcripts.sources.meeting import Saved

AUDIO, TRANSCRIPT = {"audio": 5}, {"transcript": 5}


@pytest.fixture
def sample(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "sample"))


def named(home: Path, meeting_id: str, **files: str) -> None:
    """The record of a meeting names these files."""
    file = home / "record" / meeting_id / "meeting.json"
    told = json.loads(file.read_text())
    told["recordings"][0] |= files
    file.write_text(json.dumps(told))


def landed(folder: Path, name: str, kind: str, data: bytes) -> Path:
    """A file as ``fetch`` leaves it in the inbox."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    sha = hashlib.sha256(data).hexdigest()
    file = LandedFile(name, kind, "https://x.example/1", "s", saved=Saved(sha256=sha))
    write_landed(folder, LandedState(id=JUNE, keys=("s:1",), files=(file,)))
    return folder / name


def due(home: Path, clocks: dict[str, int], meeting_id: str = JUNE) -> list[retention.Due]:
    return [d for d in retention.due(home, clocks) if d.meeting_id == meeting_id]


def test_files_are_named_from_the_root_wherever_somebody_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "inbox" / "june"
    folder.mkdir(parents=True)
    for name in ("a.opus", "a.vtt", "a.seats.csv"):
        (folder / name).touch()
    (folder / "meeting.toml").write_text(
        'id = "j"\ncouncil = "A"\ncommittee = "S"\ndate = 2026-06-11\n'
        '[[recordings]]\nfile = "a.opus"\ncaptions = "a.vtt"\n'
    )
    monkeypatch.chdir(tmp_path)

    found = [
        *collect([Path("inbox")]),
        *collect([Path("inbox/june/a.vtt")]),
        *collect([Path("inbox/june/a.opus")], manifest=Path("inbox/june/meeting.toml")),
    ]

    assert [c.where for c in found] == [
        "inbox/june/meeting.toml", "inbox/june/a.vtt", "inbox/june/a.opus"
    ]  # fmt: skip
    files = {f for c in found if c.meeting for r in c.meeting.recordings
             for f in (r.path, r.captions, r.seat_log) if f}  # fmt: skip
    assert files == {str(folder / n) for n in ("a.opus", "a.vtt", "a.seats.csv")}


@pytest.mark.parametrize("stand", ["beside", "elsewhere"])
def test_a_record_that_names_files_from_some_folder_is_read_from_any(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand: str
) -> None:
    """As an earlier version wrote it; the inbox lies beside the home folder."""
    data = b"RIFF"
    sound = landed(tmp_path / "inbox" / JUNE, "recording.wav", "recording", data)
    named(sample, JUNE, path=f"inbox/{JUNE}/recording.wav", captions="",
          sha256=hashlib.sha256(data).hexdigest())  # fmt: skip
    monkeypatch.chdir(tmp_path if stand == "beside" else "/")

    listed = due(sample, AUDIO)
    retention.apply(sample, listed, "A. Clerk", AUDIO, date_is_right=True)

    assert [(d.own, d.missing) for d in listed] == [((str(sound),), ())]
    assert sound.read_bytes() == b""
    assert due(sample, AUDIO) == []


def test_a_file_that_is_not_found_is_named(sample: Path) -> None:
    named(sample, JUNE, path="somewhere/recording.wav")
    named(sample, JULY, path="/mnt/not-mounted/recording.wav")

    june, july = due(sample, AUDIO), due(sample, AUDIO, JULY)

    assert [(d.missing, d.touches) for d in [*june, *july]] == [
        (("somewhere/recording.wav",), False),
        (("/mnt/not-mounted/recording.wav",), False),
    ]
    assert "the time of somewhere/recording.wav ended on 2026-06-16, and it is not found" in (
        june[0].left
    )


def test_a_recording_that_was_deleted_from_its_folder_is_not_asked_for(
    sample: Path, tmp_path: Path
) -> None:
    named(sample, JUNE, path=str(tmp_path / "deleted.wav"))

    assert due(sample, AUDIO) == []


def test_home_named_from_another_folder_is_the_same_home(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = sample / "inbox" / "a.wav"
    inside.parent.mkdir()
    inside.write_bytes(b"RIFF")
    named(sample, JUNE, path=str(inside))
    monkeypatch.chdir(sample / "record")

    assert due(Path("../../sample"), AUDIO)[0].own == (str(inside),)


def test_what_a_deed_does_not_touch_is_named_from_any_folder(
    sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "inbox" / "captions.vtt"
    words.parent.mkdir()
    words.write_text("WEBVTT\n")
    named(sample, JUNE, path="lost/recording.wav", captions="inbox/captions.vtt")
    monkeypatch.chdir("/")

    deed = keeping.purge(sample, JUNE, "A. Clerk", "recorded without notice")

    assert deed.files == (str(words),)
    assert deed.missing == ("lost/recording.wav",)


def test_captions_that_were_fetched_are_emptied_with_the_transcript(
    sample: Path, tmp_path: Path
) -> None:
    words = landed(tmp_path / "inbox" / JUNE, "captions-1.vtt", "captions", b"WEBVTT\n\nsaid")
    named(sample, JUNE, captions=str(words))

    listed = due(sample, TRANSCRIPT)
    retention.apply(sample, listed, "A. Clerk", TRANSCRIPT, date_is_right=True)

    assert [(d.own, d.outside) for d in listed] == [((str(words),), ())]
    assert (words.exists(), words.read_bytes()) == (True, b"")
    assert Record(sample).meeting(JUNE).recordings[0].captions == ""
    assert due(sample, TRANSCRIPT) == []


@pytest.mark.parametrize("changed", [False, True], ids=["somebody's", "changed since"])
def test_captions_that_somebody_put_there_are_named_until_they_are_gone(
    sample: Path, tmp_path: Path, changed: bool
) -> None:
    folder = tmp_path / "inbox" / JUNE
    if changed:
        landed(folder, "mine.vtt", "captions", b"WEBVTT\n\nas fetched")
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / "mine.vtt"
    mine.write_bytes(b"WEBVTT\n\nsaid")
    named(sample, JUNE, captions=str(mine))

    retention.apply(sample, due(sample, TRANSCRIPT), "A", TRANSCRIPT, date_is_right=True)
    (after,) = due(sample, TRANSCRIPT)

    assert mine.read_bytes() == b"WEBVTT\n\nsaid"
    assert (after.touches, after.outside) == (False, (str(mine),))
    assert f"the time of {mine} ended on" in after.left
    mine.unlink()
    assert due(sample, TRANSCRIPT) == []


def test_an_absolute_place_stays_as_it_is(tmp_path: Path) -> None:
    assert place(tmp_path, "/srv/a.wav") == Path("/srv/a.wav")
