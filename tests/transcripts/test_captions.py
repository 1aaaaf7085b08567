"""Captions as councils and their tools write them, faults and all."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from matters_arising.errors import CaptionsError
from transcripts.captions import captions_engine, is_upper_case, read_captions
from transcripts.words import Segment, Word

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "samples"

Told = tuple[str, str, bool]


def vtt(tmp_path: Path, *cues: str, header: str = "WEBVTT") -> Path:
    """A WebVTT file of these cues, each given as its timing line and text."""
    path = tmp_path / "meeting.vtt"
    path.write_text("\n\n".join([header, *cues]) + "\n", encoding="utf-8")
    return path


def told(segments: list[Segment]) -> list[Told]:
    return [(s.text, s.speaker, s.new_speaker) for s in segments]


def test_a_cue_becomes_a_segment_with_word_times_by_their_letters(tmp_path: Path) -> None:
    path = vtt(tmp_path, "00:00:10.000 --> 00:00:12.000\nItem five:\nbins.")

    segments = read_captions(path)

    words = (Word("Item", 10.0, 10.588), Word("five:", 10.588, 11.294), Word("bins.", 11.294, 12.0))
    assert segments == [Segment(words)]


def test_marks_change_the_speaker_also_inside_a_cue(tmp_path: Path) -> None:
    path = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:03.000\n&gt;&gt;&gt; Good morning.\nIs that agreed?",
        "00:00:03.000 --> 00:00:05.000\nIt is. >> Agreed.",
        "00:00:05.000 --> 00:00:06.000\n&amp;gt;&amp;gt; Thank you.",
    )

    assert told(read_captions(path)) == [
        ("Good morning. Is that agreed?", "", True),
        ("It is.", "", False),
        ("Agreed.", "", True),
        ("Thank you.", "", True),
    ]


def test_voice_tags_name_the_speaker_and_a_new_name_is_a_change(tmp_path: Path) -> None:
    path = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:02.000\n<v Helen Penrose>Item one.</v>",
        "00:00:02.000 --> 00:00:03.000\n<v Helen Penrose>The minutes.</v>",
        "00:00:03.000 --> 00:00:05.000\n<v.loud Se&aacute;n Daly>Thanks.</v> <v Helen Penrose>Go.",
    )

    assert told(read_captions(path)) == [
        ("Item one.", "Helen Penrose", True),
        ("The minutes.", "Helen Penrose", False),
        ("Thanks.", "Seán Daly", True),
        ("Go.", "Helen Penrose", True),
    ]


def test_names_before_a_colon_are_speakers_after_a_mark_or_in_a_call_export(tmp_path: Path) -> None:
    marked = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:02.000\n>> COUNCILLOR DALY: THANK YOU.",
        "00:00:02.000 --> 00:00:03.000\nItem five: bins.",
    )
    of_marks = told(read_captions(marked))
    export = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:02.000\nHelen Penrose: Item five: bins.",
        "00:00:02.000 --> 00:00:03.000\nSeán Daly: Thank you.",
        "00:00:03.000 --> 00:00:04.000\nand good evening.",
    )

    of_export = told(read_captions(export))

    assert of_marks == [("THANK YOU.", "COUNCILLOR DALY", True), ("Item five: bins.", "", False)]
    assert of_export == [
        ("Item five: bins.", "Helen Penrose", True),
        ("Thank you.", "Seán Daly", True),
        ("and good evening.", "", False),
    ]


def test_tags_entities_and_sounds_are_not_words(tmp_path: Path) -> None:
    path = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:02.000\n<c.yellow>Bins &amp; <i>bags</i></c> [applause] ♪♪",
        "00:00:02.000 --> 00:00:03.000\n[music]",
        "00:00:03.000 --> 00:00:04.000\n<00:00:03.200><c>Next</c><00:00:03.500><c> item</c>",
    )

    assert told(read_captions(path)) == [("Bins & bags", "", False), ("Next item", "", False)]


@pytest.mark.parametrize(
    "timing",
    [
        "00:01.500 --> 00:02.500",
        "00:00:01,500 --> 00:00:02,500",
        "0:00:01.5 --> 0:00:02.5",
        "00:00:01.500 --> 00:00:02.500 align:middle position:??% line:-1x%",
        "  00:00:01.500-->00:00:02.500  ",
    ],
)
def test_timing_lines_are_read_as_they_come(tmp_path: Path, timing: str) -> None:
    path = vtt(tmp_path, f"{timing}\nAgreed.")

    assert read_captions(path) == [Segment((Word("Agreed.", 1.5, 2.5),))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "meeting.vtt"
    text = "WEBVTT\r\n\r\n00:00:01.000 --> 00:00:02.000\r\nthe café’s bins\r\n"
    path.write_bytes(text.encode(encoding))

    assert [s.text for s in read_captions(path)] == ["the café’s bins"]


def test_a_rolling_display_is_read_once(tmp_path: Path) -> None:
    path = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:03.000\n \nwe now turn<00:00:01.500><c> to</c>",
        "00:00:03.000 --> 00:00:03.010\nwe now turn to\n ",
        "00:00:03.010 --> 00:00:05.000\nwe now turn to\nthe second item",
        "00:00:05.000 --> 00:00:05.010\nthe second item\n ",
        "00:00:05.010 --> 00:00:07.000\nthe second item\nlive facial recognition",
    )

    assert " ".join(s.text for s in read_captions(path)) == (
        "we now turn to the second item live facial recognition"
    )


def test_a_display_that_grows_word_by_word_is_read_once(tmp_path: Path) -> None:
    path = vtt(
        tmp_path,
        "00:00:01.000 --> 00:00:02.000\nI am",
        "00:00:02.000 --> 00:00:03.000\nI am concerned",
        "00:00:03.000 --> 00:00:04.000\nI am concerned about it",
    )

    assert [s.text for s in read_captions(path)] == ["I am", "concerned", "about it"]


def test_a_roll_call_keeps_every_answer(tmp_path: Path) -> None:
    cues = [f"00:00:{n:02d}.000 --> 00:00:{n:02d}.900\n>> {t}" for n, t in enumerate(
        ["Councillor Daly?", "Present.", "Present.", "Councillor Malik?", "Here.", "Mayor Fenn?",
         "Present.", "That is all of us.", "We are quorate.", "Item one."], start=1)]  # fmt: skip
    path = vtt(tmp_path, *cues)

    assert [s.text for s in read_captions(path)].count("Present.") == 3


def test_overlapping_unordered_and_timeless_cues_give_words_in_order(tmp_path: Path) -> None:
    path = vtt(
        tmp_path,
        "00:00:05.000 --> 00:00:04.000\nlast words",
        "00:00:01.000 --> 00:00:09.000\nfirst words",
        "00:00:02.000 --> 00:00:03.000\nnext words",
    )

    segments = read_captions(path)

    assert [s.text for s in segments] == ["first words", "next words", "last words"]
    assert [(s.start_s, s.end_s) for s in segments] == [(1, 2), (2, 3), (5, pytest.approx(5.667))]


def test_subrip_is_read_also_without_numbers_and_with_dashes_for_speakers(tmp_path: Path) -> None:
    path = tmp_path / "meeting.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}- Agreed?\n- <i>Agreed.</i>\n\n"
        "00:00:03,000 --> 00:00:04,000\nNext item.\n\n3\n00:00:05,000 --> 00:00:06,000\n\n"
    )

    assert told(read_captions(path)) == [
        ("Agreed?", "", True),
        ("Agreed.", "", True),
        ("Next item.", "", False),
    ]


def test_cues_without_a_header_are_read(tmp_path: Path) -> None:
    path = vtt(tmp_path, "00:00:01.000 --> 00:00:02.000\nAgreed.", header="")

    assert [s.text for s in read_captions(path)] == ["Agreed."]


def test_whisper_json_keeps_word_times_and_confidence(tmp_path: Path) -> None:
    path = tmp_path / "meeting.json"
    words = [
        {"word": " Item", "start": 1.0, "end": 1.4, "probability": 0.9},
        {"word": " five.", "start": 1.4, "end": 2.0, "probability": 0.5},
    ]
    segment = {"start": 0.0, "end": 2.0, "text": " Item five.", "words": words}
    path.write_text(json.dumps({"text": " Item five.", "segments": [segment], "language": "en"}))

    segments = read_captions(path)

    assert segments == [Segment((Word("Item", 1.0, 1.4, 0.9), Word("five.", 1.4, 2.0, 0.5)))]


def test_whisperx_json_places_words_it_could_not_align(tmp_path: Path) -> None:
    path = tmp_path / "meeting.json"
    words = [
        {"word": "In", "start": 1.0, "end": 1.2, "score": 0.8, "speaker": "SPEAKER_01"},
        {"word": "2025"},
        {"word": "yes", "start": 2.0, "end": 2.2, "score": 0.7, "speaker": "SPEAKER_01"},
    ]
    first = {"start": 1.0, "end": 2.2, "text": "In 2025 yes", "speaker": "A", "words": words}
    second = {"start": 3.0, "end": 4.0, "text": "No words", "speaker": "B"}
    path.write_text(json.dumps({"segments": [first, second]}))

    segments = read_captions(path)

    assert segments == [
        Segment(
            (Word("In", 1, 1.2, 0.8), Word("2025", 1.2, 1.2), Word("yes", 2, 2.2, 0.7)), "A", True
        ),
        Segment((Word("No", 3.0, 3.333), Word("words", 3.333, 4.0)), "B", True),
    ]


def test_council_data_project_json_is_read_with_its_written_text(tmp_path: Path) -> None:
    path = tmp_path / "meeting.json"
    words = [
        {"text": "come", "start_time": 15.0, "end_time": 15.5},
        {"text": "in", "start_time": 15.5, "end_time": 16.0},
    ]
    sentence = {"start_time": 11.0, "end_time": 16.0, "text": "Come in.", "words": words}
    path.write_text(json.dumps({"generator": "x", "sentences": [sentence | {"speaker_index": 0}]}))

    segments = read_captions(path)

    words = (Word("Come", 15.0, 15.5), Word("in.", 15.5, 16.0))
    assert segments == [Segment(words, "speaker 0", True)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.vtt", ""),
        ("header.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:00.000\n\n"),
        ("prose.srt", "Minutes of the meeting\nItem 1: apologies\n"),
        ("other.json", '{"agenda": []}'),
        ("broken.json", '{"segments": ['),
        ("numbers.json", "[1, 2]"),
    ],
)
def test_a_file_without_a_cue_is_one_clear_fault(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)

    with pytest.raises(CaptionsError, match=name) as fault:
        read_captions(path)

    assert "\n" not in str(fault.value)


def test_a_missing_file_is_a_captions_fault(tmp_path: Path) -> None:
    with pytest.raises(CaptionsError, match="there is no captions file"):
        read_captions(tmp_path / "gone.vtt")


def test_capitals_throughout_are_noticed(tmp_path: Path) -> None:
    upper = read_captions(vtt(tmp_path, "00:00:01.000 --> 00:00:02.000\nTHE TIME IS 9:31 A.M."))
    lower = read_captions(vtt(tmp_path, "00:00:01.000 --> 00:00:02.000\nThe TIME is 9:31."))

    assert (is_upper_case(upper), is_upper_case(lower)) == (True, False)


def test_the_engine_names_the_file_by_its_hash(tmp_path: Path) -> None:
    engine = captions_engine(vtt(tmp_path, "00:00:01.000 --> 00:00:02.000\nAgreed."))

    assert (engine.task, engine.name, engine.model) == ("speech", "captions", "vtt")
    assert engine.version.startswith("webvtt-py ")
    assert len(engine.model_sha256) == 64


@pytest.mark.skipif(not SHARED.exists(), reason="the shared samples are not on this machine")
@pytest.mark.parametrize(
    ("name", "words", "changes", "upper"),
    [
        ("captions/boston_captions.vtt", 11241, 0, False),
        ("captions/brief_080221_2012161.vtt", 113, 17, True),
        ("captions/fake_caption.vtt", 77, 4, True),
        ("captions/oakland_captions.vtt", 3050, 54, False),
        ("moderngov/captions_en_GB.vtt", 37, 1, False),
    ],
)
def test_captions_of_real_councils_are_read_whole(
    name: str, words: int, changes: int, upper: bool
) -> None:
    segments = read_captions(SHARED / name)

    found = (sum(len(s.words) for s in segments), sum(s.new_speaker for s in segments))
    assert (*found, is_upper_case(segments)) == (words, changes, upper)
    assert all(a.start_s <= b.start_s for a, b in pairwise(segments))
