"""Every sentence that recommends something, a page at a time."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.matters_arising.web_support import LOCAL, Read
from tests.warehouse import builders
from warehouse.store import load

MEETING = "2026-06-02"


def test_what_was_floated_is_shown_a_page_at_a_time_and_whole(tmp_path: Path) -> None:
    """The pages lead to one another and together hold every sentence once."""
    lines = [("V1", "5", f"I recommend measure number {n}.") for n in range(105)]
    said = builders.transcript(MEETING, lines)
    found = [builders.finding(said, "recommendation", f"measure number {n}.") for n in range(105)]
    load(tmp_path, [builders.one_transcript(said, found)])
    with TestClient(create_app(tmp_path), base_url=LOCAL) as reader:
        first = Read(reader.get("/floated?committee=SCSC").text)
        (later,) = [a["href"] or "" for a in first.all("a") if "offset=" in (a["href"] or "")]
        rest = reader.get(later.replace("/floated?", "/floated.json?")).json()["recommendations"]

    assert [row["quote"] for row in rest] == [f"measure number {n}." for n in range(100, 105)]
    assert "measure number 99." in first.words
    assert "committee=SCSC" in later
