"""Minuted points find what was said, on invented meetings that were paired by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.minutes.content import Content
from models.minutes.match import match_points
from models.vectors import MiniLM
from tests.minutes_pairs import made, meetings, scored, spoken_in_sample
from tests.minutes_support import FOLDER, points


@pytest.fixture(scope="module")
def vectors() -> MiniLM:
    return MiniLM()


@pytest.mark.parametrize(
    ("name", "precision", "recall"), [("tuned", 0.75, 0.9), ("apart", 0.9, 0.9)]
)
def test_most_points_find_their_words(
    vectors: MiniLM, name: str, precision: float, recall: float
) -> None:
    found = scored(name, vectors)

    assert found[0] >= precision
    assert found[1] >= recall


@pytest.mark.parametrize("name", ["tuned", "apart"])
def test_what_is_taken_as_matched_is_right(vectors: MiniLM, name: str) -> None:
    precision, recall = scored(name, vectors, taken=True)

    assert precision == 1.0
    assert recall >= 0.5


def test_the_minutes_of_the_sample_meeting_find_all_that_was_agreed(vectors: MiniLM) -> None:
    minuted = points(FOLDER / "tuned" / "crime.pdf.txt")

    found = match_points(minuted, spoken_in_sample("2026-06-11"), vectors)

    assert [(m.finding_id, m.taken) for m in found] == [
        ("notice", True),
        ("van", True),
        ("officer", True),
    ]


def test_a_reference_in_the_minutes_makes_a_match_certain(vectors: MiniLM) -> None:
    minuted, voiced = made(meetings("tuned")[0])
    named = replace(minuted[5], text="That SCSC/2026-27/04 be put to Cabinet at once.")
    said = [replace(v, keys=("SCSC/2026-27/04",)) if v.finding_id == "5" else v for v in voiced]

    found = match_points([named], said, vectors)

    assert [(m.finding_id, m.standing) for m in found] == [("5", "certain")]
    assert found[0].reasons[0] == "the minutes name SCSC/2026-27/04"


def test_a_point_that_two_wordings_fit_waits_for_a_person(vectors: MiniLM) -> None:
    minuted, voiced = made(meetings("tuned")[0])
    twice = [voiced[4], replace(voiced[4], finding_id="again")]

    found = match_points([minuted[4]], twice, vectors)

    assert {m.standing for m in found} == {"proposed"}


def test_what_was_noted_or_lost_is_matched_to_nothing(vectors: MiniLM) -> None:
    minuted, voiced = made(meetings("tuned")[0])
    noted = [replace(p, kind="noting") for p in minuted]
    lost = [replace(p, heading="LOST") for p in minuted]

    assert match_points([*noted, *lost], voiced, vectors) == []


def test_no_points_or_no_words_give_no_match(vectors: MiniLM) -> None:
    minuted, voiced = made(meetings("tuned")[0])

    assert match_points([], voiced, vectors) == match_points(minuted, [], vectors) == []


def test_content_is_shared_across_nouns_and_verbs() -> None:
    said, minuted = "publish the notice in seven days", "publication of notices within 7 days"
    content = Content([said, minuted, "the heaters of the families in Castle Street"])

    share, words = content.shared(minuted, said)

    assert share > 0.7
    assert {"7", "days"} <= set(words)
