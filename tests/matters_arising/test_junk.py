"""Questions about nothing in the sample get no answer by words, or are told what it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from warehouse.reader import open_reader
from warehouse.search import search

JUNK = (
    "zeppelin hangar", "nuclear submarine", "xylophone lessons", "dinosaur fossils",
    "chess grandmaster", "volcano eruption", "penguin enclosure", "opera singers",
    "lunar landing", "cricket umpire",
)  # fmt: skip
NEAR_JUNK = (
    ("nuclear submarine budget", "budget"), ("zeppelin cameras", "cameras"),
    ("penguin notice", "notice"), ("opera residents", "residents"),
    ("volcano police", "police"), ("dinosaur police", "police"),
    ("lunar deployment", "deployment"), ("chess recommendation", "recommendation"),
    ("xylophone cameras", "cameras"), ("cricket budget", "budget"),
)  # fmt: skip


def test_junk_finds_nothing(sample_home: Path) -> None:
    """No word of it was said."""
    with open_reader(sample_home) as reader:
        found = {q: search(reader, q) for q in JUNK}

    assert [q for q, f in found.items() if f.hits] == []
    assert {q: " ".join(f.not_said) for q, f in found.items()} == {q: q for q in JUNK}


def test_what_is_half_junk_is_told_to_hold_the_other_half_only(sample_home: Path) -> None:
    """A list of words asks for any of them, but nobody takes a budget for one of submarines."""
    with open_reader(sample_home) as reader:
        found = {q: search(reader, q) for q, _ in NEAR_JUNK}
        whole = search(reader, "facial recognition")

    assert [q for q, f in found.items() if not f.hits] == []
    assert [(q, *f.hold_only) for q, f in found.items()] == list(NEAR_JUNK)
    assert (bool(whole.hits), whole.hold_only) == (True, ())


@pytest.mark.parametrize("form", ["--table", "--json"])
def test_the_command_says_so_before_the_hits(sample_home: Path, form: str) -> None:
    """For people and for programs."""
    asked = ["--home", str(sample_home), "search", "zeppelin cameras", "--mode", "words", form]
    told = CliRunner().invoke(main, asked).output
    assert ("These hold only: cameras" in told) or ('"hold_only": [\n    "cameras"' in told)
