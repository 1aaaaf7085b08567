"""A quotation that holds a mended name says how it was heard: it is not to the letter what was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from matters_arising.web.addresses import said_address
from matters_arising.web.app import create_app
from matters_arising.web.shown import mended
from tests.matters_arising.web_support import LOCAL
from tests.warehouse import builders as b
from transcripts.ledger import Decision, now
from transcripts.processed import ProcessedMeeting, Transcript
from warehouse import store

LINES = [("V1", "5", "Thank you, Councillor Petty, and welcome."), ("V2", "5", "I am glad.")]


def misheard() -> Transcript:
    """The first line with its name as an engine wrote it."""
    said = b.transcript("june", LINES)
    first = said.utterances[0]
    words = [replace(w, heard="Pettie,") if w.text == "Petty," else w for w in first.words]
    return replace(said, utterances=(replace(first, words=tuple(words)), *said.utterances[1:]))


def pages(home: Path) -> list[str]:
    with TestClient(create_app(home), base_url=LOCAL) as client:
        rows = client.get("/meeting/june.json").json()["transcript"]
        version, first = rows[0]["transcript_version"], rows[0]["utterance_id"]
        return [
            client.get("/meeting/june").text,
            client.get(said_address("june", version, first)).text,
        ]


def test_pages_say_what_was_heard(tmp_path: Path) -> None:
    store.load(tmp_path, [ProcessedMeeting(b.meeting("june"), (b.processed(misheard(), ()),))])

    for page in pages(tmp_path):
        assert page.count("as the roster has them: “Pettie,” as “Petty,”.") == 1


def test_a_withheld_name_is_told_in_neither_spelling(tmp_path: Path) -> None:
    done = ProcessedMeeting(b.meeting("june"), (b.processed(misheard(), ()),))
    withhold = Decision("withhold", "withheld", "A. Clerk", now(), name="Tom Petty")
    store.load(tmp_path, [done], decisions=[withhold])

    told = " ".join(pages(tmp_path))
    assert "[name withheld]" in told
    assert [name for name in ("Petty", "Pettie") if name in told] == []


def test_words_are_told_once_and_only_where_they_can_be_told_apart() -> None:
    assert mended("Penrose and Penrose", "penrows and penrows") == "“penrows” as “Penrose”"
    assert mended("[name withheld] spoke", "penrows spoke") == ""
    assert mended("as it was", None) == ""
