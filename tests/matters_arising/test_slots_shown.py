"""Command and page show what a recommendation asks, of whom, by when and on what condition."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from matters_arising.cli import main
from matters_arising.web.app import create_app
from tests.warehouse import builders as b
from transcripts.finding import Slot
from warehouse import store

REFERENCE = "SCSC/2026-27/01"
TEXT = "If the money is there, the Cabinet should publish a schedule by July."
SAID = b.transcript("june", [("V1", "5", TEXT), ("V3", "6", "I will write to you soon.")])
WORDS = {
    "condition": "If the money is there",
    "addressee": "Cabinet",
    "action": "publish a schedule by July",
    "deadline": "by July",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    s = SAID.sentences[0]
    slots = tuple(
        Slot(name, words, TEXT.index(words), TEXT.index(words) + len(words), s.id)
        for name, words in WORDS.items()
    )
    asked = b.finding(
        SAID,
        "recommendation",
        "the Cabinet should publish a schedule by July",
        addressee="Cabinet",
        due="2026-07-31",
        slots=slots,
    )
    at = SAID.sentences[1].text.index("soon")
    soon = Slot("deadline", "soon", at, at + 4, SAID.sentences[1].id)
    promised = b.finding(
        SAID, "undertaking", "I will write to you", due="2026-07-01", slots=(soon,)
    )
    meeting = b.one_transcript(SAID, (asked, promised))
    store.load(tmp_path, [meeting], references={asked.id: REFERENCE})
    return tmp_path


def shown(home: Path, *words: str) -> str:
    result = CliRunner().invoke(main, [*words, "--home", str(home)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_recommendation_is_shown_with_its_particulars(home: Path) -> None:
    out = shown(home, "recommendation", REFERENCE)

    assert "2026-07-31" in out
    assert "what happened, step by step" in out


def test_listings_export_every_particular(home: Path) -> None:
    (asked,) = json.loads(shown(home, "floated", "--json"))
    (promised,) = json.loads(shown(home, "undertakings", "--json"))

    assert {name: asked[name] for name in WORDS} == WORDS
    assert (promised["holder"], promised["action"]) == ("Dr Grace Okoro", "I will write to you")
    assert "deadline,condition" in shown(home, "floated", "--csv")


def test_pages_show_the_words_of_a_deadline_beside_its_day(home: Path) -> None:
    with TestClient(create_app(home), base_url="http://127.0.0.1") as client:
        one = client.get(f"/recommendation/{REFERENCE}").text
        listed = client.get("/floated").text

    assert "<dt>Action</dt><dd>publish a schedule by July</dd>" in one
    assert "<dt>Due</dt><dd>by July (31 July 2026)</dd>" in one
    assert "due by July (31 July 2026)" in listed


def test_the_margin_of_a_meeting_quotes_what_was_found_and_by_when(home: Path) -> None:
    with TestClient(create_app(home), base_url="http://127.0.0.1") as client:
        page = client.get("/meeting/june").text
    notes = [
        " ".join(html.unescape(re.sub(r"<[^>]+>", "", note)).split())
        for note in re.findall(r'<p class="note">(.*?)</p>', page, re.S)
    ]

    assert notes == [
        f"recommendation “the Cabinet should publish a schedule by July” {REFERENCE} to Cabinet, "
        "due by July (31 July 2026) found by the machine",
        "undertaking “I will write to you” due soon (1 July 2026) found by the machine",
    ]
