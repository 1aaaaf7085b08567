"""Transcripts as other tools write them: who speaks is kept where they tell it, and not made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from matters_arising.errors import CaptionsError
from transcripts.captions import captions_engine, read_captions
from transcripts.captions_voices import caption_utterances

Said = list[tuple[str, str, bool]]
PENROSE, MALIK = "Councillor Helen Penrose", "Councillor Sanjay Malik"


def said(path: Path) -> Said:
    return [
        (s.speaker, " ".join(w.text for w in s.words), s.new_speaker) for s in read_captions(path)
    ]


def document(path: Path, *paragraphs: str) -> Path:
    """A Word document of paragraphs; a line break within one is a line break."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(str(path))
    return path


def test_teams_writes_a_name_and_a_time_above_what_was_said(tmp_path: Path) -> None:
    path = document(
        tmp_path / "june.docx",
        "Scrutiny-20260611_183000-Meeting Recording",
        "June 11, 2026, 5:30PM",
        "1h 4m 10s",
        "Helen Penrose started transcription",
        f"{PENROSE}   0:03\nGood evening. Item two: R&D <and> more.",
        f"{MALIK}   0:12\nThank you, Chair.\nAt 7:30 we begin.",
        f"{PENROSE}   1:02:05\nThat is agreed.",
        "Helen Penrose stopped transcription",
    )

    assert said(path) == [
        (PENROSE, "Good evening. Item two: R&D <and> more.", True),
        (MALIK, "Thank you, Chair. At 7:30 we begin.", True),
        (PENROSE, "That is agreed.", True),
    ]
    first, second, last = read_captions(path)
    assert (first.start_s, second.start_s, last.start_s) == (3.0, 12.0, 3725.0)
    assert first.end_s <= second.start_s
    assert captions_engine(path).model == "docx"


def test_teams_of_some_years_ago_wrote_the_times_first(tmp_path: Path) -> None:
    path = document(
        tmp_path / "june.docx",
        f"0:0:3.450 --> 0:0:6.780\n{PENROSE}\nGood evening.",
        f"0:0:7.0 --> 0:0:9.5\n{MALIK}\nThank you.",
    )

    first, second = read_captions(path)
    assert said(path) == [(PENROSE, "Good evening.", True), (MALIK, "Thank you.", True)]
    assert (first.start_s, first.end_s, second.end_s) == (3.45, 6.78, 9.5)


def test_a_document_that_is_no_transcript_says_so(tmp_path: Path) -> None:
    path = document(tmp_path / "minutes.docx", "Minutes", "RESOLVED that the report be noted.")
    with pytest.raises(CaptionsError, match="holds no usable cue"):
        read_captions(path)

    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(CaptionsError, match="no Word document that can be opened"):
        read_captions(path)


def test_teams_tags_every_cue_with_a_name(tmp_path: Path) -> None:
    path = tmp_path / "june.vtt"
    path.write_text(
        "WEBVTT\n\n5f2c-1/12-0\n00:00:03.450 --> 00:00:05.000\n"
        f"<v {PENROSE}>Good evening,</v>\n\n5f2c-1/12-1\n00:00:05.000 --> 00:00:06.780\n"
        f"<v {PENROSE}>and welcome.</v>\n\n5f2c-1/17-0\n00:00:07.000 --> 00:00:09.500\n"
        f"<v {MALIK}>Thank you.</v>\n"
    )

    assert said(path) == [
        (PENROSE, "Good evening,", True),
        (PENROSE, "and welcome.", False),
        (MALIK, "Thank you.", True),
    ]


def zoom(path: Path, *cues: str) -> Path:
    told = "".join(
        f"{n}\n00:00:{n:02d}.000 --> 00:00:{n + 1:02d}.000\n{cue}\n\n"
        for n, cue in enumerate(cues, 1)
    )
    path.write_text(f"WEBVTT\n\n{told}")
    return path


def test_zoom_writes_log_in_names_before_a_colon_however_they_are_spelt(tmp_path: Path) -> None:
    path = zoom(
        tmp_path / "june.vtt",
        "helen penrose: Good evening.",
        "helen penrose: Item two: facial recognition.",
        "Committee Room 2: Thank you, Chair.",
        "Committee Room 2: I propose it.",
        "helen penrose: Agreed.",
    )

    assert said(path) == [
        ("helen penrose", "Good evening.", True),
        ("helen penrose", "Item two: facial recognition.", False),
        ("Committee Room 2", "Thank you, Chair.", True),
        ("Committee Room 2", "I propose it.", False),
        ("helen penrose", "Agreed.", True),
    ]


def test_words_before_a_colon_that_never_come_again_are_words(tmp_path: Path) -> None:
    path = zoom(tmp_path / "a.vtt", "first: the minutes", "second: the budget", "third: the bins")

    assert {speaker for speaker, _, _ in said(path)} == {""}


def written(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value))
    return path


def test_whisper_knows_no_speakers_and_whisperx_numbers_them(tmp_path: Path) -> None:
    words = {"start": 0.0, "end": 1.0, "text": " Good evening."}
    plain = written(tmp_path / "w.json", {"text": " Good evening.", "segments": [words]})
    numbered = written(tmp_path / "x.json", {"segments": [words | {"speaker": "SPEAKER_00"}]})

    assert said(plain) == [("", "Good evening.", False)]
    assert said(numbered) == [("SPEAKER_00", "Good evening.", True)]


OPENCOUNCIL = {
    "people": [{"id": "p1", "name": PENROSE}],
    "transcript": [
        {
            "startTimestamp": 3.0,
            "endTimestamp": 9.0,
            "speakerTagId": "t1",
            "speakerTag": {"id": "t1", "label": "SPEAKER_1", "personId": "p1"},
            "utterances": [
                {"startTimestamp": 3.0, "endTimestamp": 5.0, "text": "Good evening.", "drift": 0},
                {"startTimestamp": 5.5, "endTimestamp": 9.0, "text": "Item two.", "drift": 0},
            ],
        },
        {
            "startTimestamp": 10.0,
            "endTimestamp": 12.0,
            "speakerTag": {"id": "t2", "label": "SPEAKER_2", "personId": None},
            "utterances": [{"startTimestamp": 10.0, "endTimestamp": 12.0, "text": "Thank you."}],
        },
    ],
}


def test_opencouncil_tells_turns_with_utterances_and_who_a_tag_is(tmp_path: Path) -> None:
    path = written(tmp_path / "o.json", OPENCOUNCIL)

    assert said(path) == [
        (PENROSE, "Good evening.", True),
        (PENROSE, "Item two.", False),
        ("SPEAKER_2", "Thank you.", True),
    ]
    assert [s.start_s for s in read_captions(path)] == [3.0, 5.5, 10.0]


def test_opencouncils_raw_transcript_numbers_its_speakers(tmp_path: Path) -> None:
    word = {"word": "Evening.", "start": 3.0, "end": 4.0, "confidence": 0.9}
    utterance = {"text": "Evening.", "start": 3.0, "end": 4.0, "speaker": 1, "words": [word]}
    later = {"text": "Thanks.", "start": 5.0, "end": 6.0, "speaker": 0, "words": []}
    again = {"text": "Agreed.", "start": 7.0, "end": 8.0, "speaker": 1, "words": []}
    told = {"transcript": {"transcription": {"utterances": [utterance, later, again]}}}
    path = written(tmp_path / "o.json", told)

    spoken, tags = caption_utterances(read_captions(path), [], prefix="u")

    assert [s[0] for s in said(path)] == ["speaker 1", "speaker 0", "speaker 1"]
    assert [u.voice for u in spoken] == ["V1", "V2", "V1"]
    assert tags == {"V1": ("speaker 1",), "V2": ("speaker 0",)}


def test_a_council_data_project_transcript_names_whom_it_knows(tmp_path: Path) -> None:
    sentence = {"start_time": 1.0, "end_time": 2.0, "text": "Good evening.", "words": []}
    named = sentence | {"speaker_index": 0, "speaker_name": PENROSE}
    told = {"generator": "x", "sentences": [named, sentence | {"speaker_index": 1}]}
    path = written(tmp_path / "c.json", told)

    assert [(s[0], s[2]) for s in said(path)] == [(PENROSE, True), ("speaker 1", True)]


@pytest.mark.parametrize(
    "value",
    [{"transcript": {"transcript": {"transcript": {"transcript": {"transcript": []}}}}}, [[1]], 3],
)
def test_json_that_is_no_transcript_says_so(tmp_path: Path, value: object) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(value) if value != 3 else '{"transcript": 3}')

    with pytest.raises(CaptionsError, match="has no list of segments, sentences, utterances"):
        read_captions(path)
