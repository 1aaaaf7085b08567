"""A concordance misses nothing that was said, and shows it in the order in which it was said."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, NotInArchiveError
from tests.warehouse import builders as b
from tests.warehouse.trends_support import load
from transcripts.ledger import Decision
from warehouse import store
from warehouse.citing import citations
from warehouse.concordance import concordance
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.search import search


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of two meetings that were heard and one that was not."""
    with open_reader(load(tmp_path_factory.mktemp("home"))) as opened:
        yield opened


def test_every_occurrence_stands_in_its_context_in_the_order_said(reader: Reader) -> None:
    """The meeting loaded first was the later one."""
    found = list(concordance(reader, "LIVE facial recognition"))

    june = [
        ("Good evening and welcome. Agenda item five is ", "live facial recognition", "."),
        ("The trial of ", "live facial recognition", " ran for two days. We published a notice."),
    ]
    assert [(o.left, o.words, o.right) for o in found] == [*june, *june]
    assert [o.date for o in found] == sorted(o.date for o in found)
    assert (found[1].speaker, found[1].item, found[1].item_title, found[1].start_s) == (
        "Dr Grace Okoro", "5", "Live facial recognition", 12.4,
    )  # fmt: skip
    assert found[1].link == "https://webcast.aldermere.example/1?t=12"


def test_the_words_around_are_never_another_voice(reader: Reader) -> None:
    """The sentence before and after an utterance is somebody else's."""
    (found, _) = concordance(reader, "schedule")

    assert found.left + found.words + found.right == (
        "I recommend that the Cabinet publishes a schedule before any deployment."
    )


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(committee="HSC"),
        Filters(speaker="Okoro"),
        Filters(first=date(2026, 7, 1)),
        Filters(item="5", meeting="june"),
        Filters(kind="undertaking"),
    ],
)
@pytest.mark.parametrize("phrase", ["the", "we", "notice", "recommend that", "zeppelin"])
def test_it_finds_the_sentences_that_double_quotes_find(
    reader: Reader, phrase: str, filters: Filters
) -> None:
    """No more and no fewer, whatever narrows the archive."""
    hits = search(reader, f'"{phrase}"', filters=filters, k=1000).hits

    found = {(o.meeting_id, o.sentence_id) for o in concordance(reader, phrase, filters=filters)}
    assert found == {(h.meeting_id, h.sentence_id) for h in hits}


def test_letters_beyond_the_plain_ones_are_found(tmp_path: Path) -> None:
    """DuckDB folds them otherwise than the search does."""
    lines = (("V1", "", "The CAFÉ’s oﬃce costs £5 – or £5."), ("V1", "", "The cafe's office."))
    store.load(tmp_path, [b.one_transcript(b.transcript("m", lines))])

    with open_reader(tmp_path) as reader:
        found = [o.words for o in concordance(reader, "cafe's office")]
        pounds = [(o.words, o.nth) for o in concordance(reader, "5")]

    assert found == ["CAFÉ’s oﬃce", "cafe's office"]
    assert pounds == [("£5", 1), ("£5", 2)]


def test_a_hidden_name_is_neither_shown_nor_found(tmp_path: Path) -> None:
    """A member of the public by the label; a name that was withheld not at all."""
    withheld = Decision(
        "withhold", "withheld", "clerk", "2026-06-03T09:00:00+00:00", name="Tom Petty"
    )
    lines = (("V2", "5", "I am Tom Petty and I say cameras."), ("V4", "", "I say bins."))
    store.load(tmp_path, [b.one_transcript(b.transcript("m", lines))], decisions=[withheld])

    with open_reader(tmp_path) as reader:
        said = list(concordance(reader, "I say"))
        named = list(concordance(reader, "Petty"))
        cited = " ".join(citations(reader, said))

    assert named == []
    assert "Petty" not in cited + "".join(o.left + o.speaker + o.right for o in said)
    assert said[1].speaker == "Member of the public 1"


def test_a_citation_says_all_that_finds_the_words_again(reader: Reader) -> None:
    """Who by whose word, body, day, item, second, meeting, transcript, engine, address."""
    (first,) = concordance(reader, "notice", limit=1)

    assert citations(reader, [first]) == [
        "Dr Grace Okoro (named by machine), Safer Communities Scrutiny Committee, Aldermere "
        "Borough Council, 2 June 2026, item 5: Live facial recognition, 0:00:16. Meeting june, "
        f"machine-made transcript {first.transcript_version} by scripted 1 made up. "
        "https://webcast.aldermere.example/1?t=16"
    ]


def test_a_file_is_cited_by_its_name_alone(reader: Reader) -> None:
    """Folders are the affair of one machine."""
    (last,) = concordance(reader, "notice", filters=Filters(meeting="september"))

    assert citations(reader, [last])[0].endswith(" Recording september.opus")


@pytest.mark.parametrize(
    ("phrase", "filters", "fault"),
    [
        ("?", Filters(), BadInputError),
        ("notice", Filters(committee="Nowhere"), NotInArchiveError),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_read(
    reader: Reader, phrase: str, filters: Filters, fault: type[Exception]
) -> None:
    """Not when the first row is wanted."""
    with pytest.raises(fault):
        concordance(reader, phrase, filters=filters)


def test_rows_are_read_a_few_at_a_time(tmp_path: Path) -> None:
    """Ten thousand occurrences take hardly more memory than the first hundred."""
    lines = [("V1", "", f"We said remark {n} about damp and mould. " * 5) for n in range(2_000)]
    store.load(tmp_path, [b.one_transcript(b.transcript("m", lines))])

    with open_reader(tmp_path) as reader:
        list(islice(concordance(reader, "damp"), 100))
        tracemalloc.start()
        list(islice(concordance(reader, "damp"), 100))
        first = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        count = sum(1 for _ in concordance(reader, "damp"))
        whole = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert count == 10_000
    assert whole < first + 4_000_000
