"""A saved search tells each thing once, and what another engine makes of it is no news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, NotInArchiveError, StoreError
from tests.warehouse import builders as b
from transcripts.processed import ProcessedMeeting, Transcript, content_hash
from warehouse import store
from warehouse.query import Filters
from warehouse.reader import open_reader
from warehouse.saved import SavedSearch, came_last, hits_of, new_hits
from warehouse.saved_file import FILE_NAME, add, all_saved, remove, saved, tell
from warehouse.search import Hit, search

QUERY = '"facial recognition"'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of one meeting, with a search that was told once."""
    store.load(tmp_path, [b.done("june")])
    add(tmp_path, "facial", QUERY, Filters())
    return tmp_path


def news(home: Path) -> list[Hit]:
    """What a run would tell."""
    search = saved(home, "facial")
    with open_reader(home) as reader:
        return new_hits(search, hits_of(reader, search))


def told(home: Path) -> list[str]:
    """Tells the news; gives its words."""
    found = news(home)
    tell(home, "facial", found)
    return [hit.text for hit in found]


def shifted(said: Transcript, by_s: float) -> Transcript:
    """The same words under other ids and somewhat later, as another engine has them."""
    sentences = [
        replace(s, id=f"x{s.id}", start_s=s.start_s + by_s, end_s=s.end_s + by_s)
        for s in said.sentences
    ]
    version = content_hash(said.version, by_s)
    return replace(said, sentences=tuple(sentences), version=version)


def test_a_run_tells_what_was_not_told(home: Path) -> None:
    """All at first, then nothing, then a new meeting's."""
    first, second = told(home), told(home)
    store.load(home, [b.done("july")])

    assert (len(first), second, len(told(home)), told(home)) == (2, [], 2, [])


def test_an_old_meeting_that_came_today_is_news(home: Path) -> None:
    """Else what a backlog brings would stand behind what is told already, where nobody looks."""
    store.load(home, [b.done("may", day=date(2020, 5, 5))])
    search = saved(home, "facial")
    with open_reader(home) as reader:
        hits = hits_of(reader, search)
        shown = came_last(reader, hits, 2)

    assert [hit.meeting_id for hit in hits] == ["june", "june", "may", "may"]
    assert [hit.meeting_id for hit in shown] == ["may", "may"]


@pytest.mark.parametrize("by_s", [0.0, 0.7, -1.5, 2.5, 4.5])
def test_a_meeting_heard_anew_brings_nothing_back(home: Path, by_s: float) -> None:
    """Other ids, another version, other seconds: the same was said."""
    told(home)
    store.load(home, [b.one_transcript(shifted(b.transcript("june"), by_s))])

    assert told(home) == []


def test_a_sentence_that_another_engine_cuts_in_two_is_no_news(home: Path) -> None:
    """Each part shares its time with what was told."""
    lines = (("V1", "1", "Facial recognition and facial recognition again are on the agenda."),)
    store.load(home, [b.one_transcript(b.transcript("june", lines))])
    told(home)
    cut = (("V1", "1", "Facial recognition and. Facial recognition again are on the agenda."),)
    store.load(home, [b.one_transcript(b.transcript("june", cut))])

    assert told(home) == []


def test_what_an_engine_hears_for_the_first_time_is_news(home: Path) -> None:
    """It was said all along, but nobody was told."""
    told(home)
    heard = (*b.LINES, ("V2", "6", "Then came facial recognition once more."))
    store.load(home, [b.one_transcript(b.transcript("june", heard))])

    assert told(home) == ["Then came facial recognition once more."]


def test_the_next_sentence_is_not_taken_for_the_one_that_was_told(home: Path) -> None:
    """Two that follow at once are two, though engines shift words by as much."""
    lines = (("V1", "1", "Facial recognition is here. Bins are there. They are emptied."),)
    store.load(home, [b.one_transcript(b.transcript("june", lines))])
    told(home)
    more = (("V1", "1", "Facial recognition is here. Facial recognition there. They are emptied."),)
    store.load(home, [b.one_transcript(b.transcript("june", more))])

    assert told(home) == ["Facial recognition there."]


def test_the_same_seconds_of_another_recording_are_another_thing(home: Path) -> None:
    """Every meeting begins with the welcome."""
    told(home)
    store.load(home, [ProcessedMeeting(b.meeting("july"), b.done("july").transcripts)])

    assert {hit.meeting_id for hit in news(home)} == {"july"}


def test_what_is_kept_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Filters, days and spans, by name."""
    from datetime import date

    store.load(tmp_path, [b.done("june")])
    narrow = Filters(committee="SCSC", speaker="Varley", first=date(2026, 5, 1), kind="concern")
    made = [add(tmp_path, "bins", "bins", narrow), add(tmp_path, "a-1", '"å “q”"', Filters())]

    assert all_saved(tmp_path) == [made[1], made[0]]
    assert [p.name for p in tmp_path.glob(f"*{FILE_NAME}*") if p.suffix != ".lock"] == [FILE_NAME]


def test_a_name_is_taken_once_and_free_again_when_removed(home: Path) -> None:
    """Told in a sentence with what to do."""
    with pytest.raises(BadInputError, match="matters saved remove facial"):
        add(home, "facial", "bins", Filters())
    remove(home, "facial")

    with pytest.raises(NotInArchiveError, match="no saved search 'facial'"):
        saved(home, "facial")


@pytest.mark.parametrize("name", ["", "A", "../x", "a b", "-a", "a" * 64, "a.atom"])
def test_a_name_that_is_no_part_of_an_address_is_refused(name: str) -> None:
    """Feeds are served under it."""
    with pytest.raises(BadInputError, match="small letters"):
        SavedSearch(name, "bins")


@pytest.mark.parametrize(
    "content", ["", "[]", '{"searches": [{"name": "a"}]}', '{"searches": [1]}']
)
def test_a_spoilt_file_is_named_and_left_alone(home: Path, content: str) -> None:
    """What a person broke, a person mends."""
    (home / FILE_NAME).write_text(content)

    with pytest.raises(StoreError, match="cannot be read as saved searches"):
        add(home, "bins", "bins", Filters())
    assert (home / FILE_NAME).read_text() == content


def test_a_word_that_is_waited_for_is_not_put_right(tmp_path: Path) -> None:
    """What only looks like it is no news; asked by hand it may be what was meant."""
    store.load(tmp_path, [b.done("june")])
    waiting = SavedSearch("bins", "recognitoin")
    with open_reader(tmp_path) as reader:
        assert hits_of(reader, waiting) == []
        assert search(reader, waiting.query).hits
