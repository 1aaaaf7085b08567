"""What a researcher does, on a meeting of the sample council, from its captions on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.flows.support import SAMPLE, asked, matters

JULY = SAMPLE.with_name("2026-07-16")


@pytest.mark.prefect
def test_a_phrase_is_followed_counted_cited_and_kept(tmp_path: Path) -> None:
    """Every command on one archive, as a person types them."""
    made = matters(tmp_path, "process", str(JULY), "--engine", "captions", "--offline")
    assert made.returncode == 0, made.stderr
    words = ("seven", "days", "notice")

    listed = json.loads(asked(tmp_path, "concordance", *words, "--cite", "--json").stdout)
    counted = json.loads(asked(tmp_path, "trends", " ".join(words), "--json").stdout)
    asked(tmp_path, "saved", "add", "notice", *words, "--exact")
    first, again = (asked(tmp_path, "saved", "run", "notice", "--json").stdout for _ in "12")

    found = listed["occurrences"]
    assert len(found) >= 2
    assert {o["words"] for o in found} == {"seven days notice"}
    assert [o["start_s"] for o in found] == sorted(o["start_s"] for o in found)
    assert all("Aldermere" in o["citation"] and "captions" in o["citation"] for o in found)
    assert counted["total"][0]["occurrences"] == len(found)
    assert (len(json.loads(first)), json.loads(again)) == (len(found), [])
