"""Whatever is shown in quotation marks was said: word for word, at the second it points to."""

from __future__ import annotations

import csv
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from matters_arising.cli import main
from matters_arising.web.app import create_app
from tests.matters_arising.web_support import LOCAL
from tests.sample_home import JULY, JUNE
from transcripts.processed import Transcript
from transcripts.record import Record

MEETINGS = {"5101": JUNE, "5138": JULY}  # by the number of their webcast
REFERENCES = tuple(f"SCSC/2026-27/{number:02d}" for number in range(1, 6))
ASKED = ("damp and mould", "was notice given before the van came", "lights on the path", "police")
LISTINGS = ("concerns", "floated", "undertakings", "decisions", "follow-ups")
PAGES = (
    *(f"/search.json?q={words.replace(' ', '+')}" for words in ASKED),
    *(f"/recommendation/{reference}.json" for reference in REFERENCES),
    *(f"/meeting/{meeting}.json" for meeting in (JUNE, JULY)),
    "/recommendations.json?state=all",
    "/floated.json",
    "/concerns.json",
    "/concordance.json?q=notice",
)
# words of a transcript under these names, beside a ``link`` or ``start_s`` that tells when
QUOTED = ("quote", "text", "text_spoken", "sentence")
SPOKEN_AT = re.compile(r"/(\d+)\?t=(\d+)$")
WITHHELD = re.compile(r"\[name withheld\]")


class Said:
    """A transcript as one running text that knows when each of its words was said."""

    def __init__(self, transcript: Transcript) -> None:
        words = sorted(
            chain.from_iterable(u.words for u in transcript.utterances), key=lambda w: w.start_s
        )
        self.text, self.begins, self.times = "", [], [w.start_s for w in words]
        for word in words:
            self.begins.append(len(self.text))
            self.text += word.text + " "
        self.sentences = sorted((s.start_s, s.end_s) for s in transcript.sentences)

    def seconds(self, quote: str) -> set[int]:
        """The seconds that may be given for a quotation: of its first word, or of its sentence."""
        parts = [re.escape(" ".join(part.split())) for part in WITHHELD.split(quote)]
        pattern = r"(?<!\w)" + r".{1,60}?".join(parts) + r"(?!\w)"
        out = set()
        for found in re.finditer(pattern, self.text):
            first = self.times[bisect_right(self.begins, found.start()) - 1]
            sentence = self.sentences[bisect_right(self.sentences, (first, float("inf"))) - 1][0]
            out |= {int(first), int(sentence)}
        return out


@pytest.fixture(scope="module")
def said(sample_home: Path) -> dict[str, Said]:
    """What was said in both meetings, from the record and not from the warehouse."""
    record = Record(sample_home)
    return {
        meeting: Said(record.read(meeting).transcripts[0].transcript) for meeting in (JUNE, JULY)
    }


def quotations(value: Any) -> Iterator[tuple[str, int, str]]:
    """Meeting, second and words of everything in an answer that says when it was said."""
    if isinstance(value, dict):
        link = SPOKEN_AT.search(value.get("link") or "")
        if link and link[1] in MEETINGS:
            for name in QUOTED:
                if isinstance(value.get(name), str) and value[name]:
                    yield MEETINGS[link[1]], int(link[2]), value[name]
            if "left" in value and "right" in value:  # an occurrence, with the words around it
                yield MEETINGS[link[1]], int(link[2]), value["words"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from quotations(inner)


def untrue(said: dict[str, Said], found: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    """Those that do not stand in the transcript, or not at that second."""
    return [(m, t, words) for m, t, words in found if t not in said[m].seconds(words)]


@pytest.mark.parametrize(
    "command",
    [
        *(("search", words, "-k", "20") for words in ASKED),
        *((listing,) for listing in LISTINGS),
        ("recommendations", "--all"),
        *(("recommendation", reference) for reference in REFERENCES),
        ("concordance", "notice"),
    ],
    ids=" ".join,
)
def test_the_command_quotes_what_was_said_then(
    sample_home: Path, said: dict[str, Said], command: tuple[str, ...]
) -> None:
    """Every quotation of every listing."""
    told = CliRunner().invoke(main, ["--home", str(sample_home), *command, "--json"])

    found = list(quotations(json.loads(told.stdout)))
    assert found
    assert untrue(said, found) == []


def test_the_pages_quote_what_was_said_then(sample_home: Path, said: dict[str, Said]) -> None:
    """By their JSON, from which the pages are made."""
    with TestClient(create_app(sample_home), base_url=LOCAL) as client:
        answers = {page: client.get(page) for page in PAGES}

    found = {page: list(quotations(answer.json())) for page, answer in answers.items()}
    assert [page for page, quoted in found.items() if not quoted] == []
    assert untrue(said, list(chain.from_iterable(found.values()))) == []


def test_exports_quote_what_was_said_then(
    sample_home: Path, said: dict[str, Said], tmp_path: Path
) -> None:
    """Every file of the export that has words with a link."""
    told = CliRunner().invoke(
        main, ["--home", str(sample_home), "export", str(tmp_path / "out"), "--format", "csv"]
    )
    assert told.exit_code == 0, told.output

    found = {}
    for path in sorted((tmp_path / "out").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            if quoted := list(quotations(list(csv.DictReader(file)))):
                found[path.stem] = quoted
    assert {"sentences", "findings", "register", "register_events"} <= set(found)
    assert untrue(said, list(chain.from_iterable(found.values()))) == []
