"""Words spoken over another voice, and words without one, as the archive shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.warehouse import builders as b
from transcripts.processed import ProcessedMeeting
from transcripts.voiceless import NO_MICROPHONE, NOT_SAID
from transcripts.words import UNKNOWN_VOICE, Turn
from warehouse import sql, store
from warehouse.meeting import coverage, transcript
from warehouse.migrate import migrate
from warehouse.query import Filters
from warehouse.reader import open_reader
from warehouse.search import search

LINES = (
    ("V1", "1", "Good evening and welcome. Mister Petty-Smith may speak."),
    ("V2", "5", "I am worried about the cameras. Joan Petty-Smith told us so."),
    (UNKNOWN_VOICE, "5", "Hear hear hear."),
    (UNKNOWN_VOICE, "5", "Shame."),
)


def meeting() -> ProcessedMeeting:
    """The second line begins while the first voice goes on; two more are nobody's."""
    said = b.transcript("june", LINES)
    second = said.utterances[1]
    turns = (Turn("V1", 0.0, second.words[3].end_s), Turn("V2", second.start_s, second.end_s))
    lost = replace(said.utterances[2], why=NO_MICROPHONE)
    utterances = (*said.utterances[:2], lost, said.utterances[3])
    total = replace(said.coverage, words_with_voice=said.coverage.words - 4)
    return b.one_transcript(replace(said, turns=turns, utterances=utterances, coverage=total))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of that meeting."""
    made = tmp_path_factory.mktemp("home")
    store.load(made, [meeting()])
    return made


def test_the_words_of_an_overlap_are_shown_where_they_were_said(home: Path) -> None:
    """By their number, as words, and for their sentence alone."""
    with open_reader(home) as reader:
        said = transcript(reader, "june", offset=0, limit=9)
        sentences = reader.con.execute(
            "SELECT text, words_overlapped FROM sentences WHERE words_overlapped > 0"
        ).fetchall()

    assert [u.words_overlapped for u in said] == [0, 4, 0, 0]
    assert said[1].overlapped == "I am worried about"
    assert sentences == [("I am worried about the cameras.", 4)]


def test_a_hidden_name_is_hidden_in_the_words_of_an_overlap_too(tmp_path: Path) -> None:
    """Also where only half of the name was spoken over."""
    done = meeting()
    said = done.transcripts[0].transcript
    joan = next(w for w in said.utterances[1].words if w.text == "Joan")
    turns = (Turn("V1", joan.start_s, joan.end_s), said.turns[1])
    part = replace(done.transcripts[0], transcript=replace(said, turns=turns))
    store.load(tmp_path, [replace(done, transcripts=(part,))])

    with open_reader(tmp_path) as reader:
        shown = transcript(reader, "june", offset=1, limit=1)[0]

    assert shown.words_overlapped == 1
    assert shown.overlapped == "[name withheld]"


def test_every_word_without_a_voice_says_why(home: Path) -> None:
    """In a view of its own, in the transcript, and counted with the coverage."""
    with open_reader(home) as reader:
        rows = reader.con.execute("SELECT words, why FROM voiceless ORDER BY start_s").fetchall()
        said = transcript(reader, "june", offset=0, limit=9)
        (share,) = coverage(reader, "june")

    assert rows == [(3, NO_MICROPHONE), (1, NOT_SAID)]
    assert [u.why_no_voice for u in said] == ["", "", NO_MICROPHONE, NOT_SAID]
    assert (share.words_without_voice, share.words_overlapped) == (4, 4)
    assert share.why_no_voice == (f"{NO_MICROPHONE} (3)", f"{NOT_SAID} (1)")


def test_a_hit_says_that_another_voice_was_heard(home: Path) -> None:
    """And another hit of the same utterance does not."""
    with open_reader(home) as reader:
        (over,) = search(reader, "cameras", mode="words", filters=Filters(), k=5).hits
        (clear,) = search(reader, "told", mode="words", filters=Filters(), k=5).hits

    assert (over.words_overlapped, clear.words_overlapped) == (4, 0)


def test_the_page_of_a_meeting_tells_both(home: Path) -> None:
    """Beside the words they are about."""
    with TestClient(create_app(home), base_url="http://127.0.0.1") as client:
        page = client.get("/meeting/june").text
        found = client.get("/search?q=cameras").text

    assert "Another voice was heard during “I am worried about”" in page
    assert f"No voice: {NO_MICROPHONE}" in page
    assert "4 were spoken while another voice was heard" in page
    assert "another voice is heard at the same time" in found


def test_an_archive_made_before_keeps_its_rows(tmp_path: Path) -> None:
    """The schema of before, with a row of it, brought up to this one."""
    with duckdb.connect(str(tmp_path / "old.duckdb")) as con:
        sql.run(con, "begin_schema")
        for number, name in enumerate(sql.names("schema")[:3], start=1):
            sql.run(con, name, "schema")
            sql.run(con, "record_migration", number=number, name=name)
        con.execute(
            "INSERT INTO store.utterance VALUES (1, 1, 'u', 'V1', '', 0, 1, 'old words', NULL, 2, "
            "NULL, 2, 2, 2)"
        )
        migrate(con, "old.duckdb")
        kept = con.execute("SELECT text, words_overlapped, overlapped, why FROM store.utterance")

        assert kept.fetchall() == [("old words", 0, "", "")]
