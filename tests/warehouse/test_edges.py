"""Archives that hold little or nothing are answered, not stumbled over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.warehouse import builders as b
from warehouse import store
from warehouse.listings import holdings, listing, meetings
from warehouse.query import Filters
from warehouse.reader import open_reader
from warehouse.search import MODES, search

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("mode", MODES)
def test_an_empty_archive_answers_that_it_is_empty(tmp_path: Path, mode: str) -> None:
    """Nothing found in no meetings."""
    store.rebuild(tmp_path, [])

    with open_reader(tmp_path) as reader:
        result = search(reader, "bins", mode=mode, encode=b.encode)
        held = (holdings(reader).meetings, meetings(reader), listing(reader, "concern"))
    assert (result.hits, result.searched.meetings, result.searched.share_transcribed) == (
        (), 0, None,
    )  # fmt: skip
    assert held == (0, [], [])


def test_meetings_are_listed_with_the_shares_that_the_view_of_coverage_has(tmp_path: Path) -> None:
    """Of a meeting without speech there is none."""
    coverage = b.Coverage(60, 0, 0, 0, 0, 0, 0, 0, (b.GAP,))
    silent = replace(b.transcript("silent", (), voices=()), coverage=coverage)
    store.load(tmp_path, [b.one_transcript(silent), b.done("june")])

    with open_reader(tmp_path) as reader:
        listed = {m.meeting_id: (m.share_transcribed, m.share_named) for m in meetings(reader)}
        view = reader.con.view("coverage").filter("meeting_id = 'june' AND preferred")
        wanted = view.project("share_transcribed, share_named").fetchone()
    assert listed == {"june": wanted, "silent": (None, None)}


@pytest.mark.parametrize("mode", MODES)
def test_a_silent_meeting_is_held_and_finds_nothing(tmp_path: Path, mode: str) -> None:
    """No words, no voices, no speech."""
    silent = replace(
        b.transcript("silent", (), voices=()),
        coverage=b.Coverage(60, 0, 0, 0, 0, 0, 0, 0, (b.GAP,)),
    )
    store.load(tmp_path, [b.one_transcript(silent)])

    with open_reader(tmp_path) as reader:
        result = search(reader, "bins", mode=mode, encode=b.encode)
        held = holdings(reader)
    assert (result.hits, result.searched.meetings) == ((), 1)
    assert (held.meetings, held.sentences, held.gaps) == (1, 0, 1)
    assert store.check(tmp_path) == []


def test_a_transcript_without_vectors_is_searched_by_its_words(tmp_path: Path) -> None:
    """And lies beside others that have them."""
    bare = b.processed(b.transcript("bare"))
    bare = replace(bare, vectors=np.empty((0, 0), dtype=np.float32))
    store.load(tmp_path, [b.ProcessedMeeting(b.meeting("bare"), (bare,)), b.done("june")])

    with open_reader(tmp_path) as reader:
        both = search(reader, "Friday bins", mode="both", encode=b.encode).hits
        wide = search(
            reader, "Friday bins", mode="both", encode=lambda t: b.encode(t, dimensions=64)
        ).hits
    assert {h.meeting_id: h.meaning is None for h in both} == {"bare": True, "june": False}
    assert {h.meeting_id: h.meaning is None for h in wide} == {"bare": True, "june": True}


def test_a_word_that_only_another_version_holds_is_not_said(tmp_path: Path) -> None:
    """What is not searched does not count."""
    other = b.transcript("june", (("V1", "1", "A xylophone."),), source="captions")
    store.load(tmp_path, [b.ProcessedMeeting(
        b.meeting("june"), (b.processed(b.transcript("june")), b.processed(other, preferred=False)),
    )])  # fmt: skip

    with open_reader(tmp_path) as reader:
        one = search(reader, "xylophone")
        every = search(reader, "xylophone", filters=Filters(all_versions=True))
    assert (one.not_said, len(every.hits)) == (("xylophone",), 1)
