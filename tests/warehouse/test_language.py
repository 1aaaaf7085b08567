"""The query language demands what it says, and says what it cannot read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from matters_arising.cli.search import read_as
from matters_arising.errors import BadInputError
from tests.warehouse import builders as b
from warehouse import demanded, language, store, verified
from warehouse.query import Filters, parse, with_fields
from warehouse.reader import Reader, open_reader
from warehouse.search import search

SAID = (
    ("V1", "1", "The cameras watch the square. Nobody gave notice of the cameras."),
    ("V2", "1", "I recommend a notice before the cameras are used."),
    ("V3", "2", "The bus lane costs £3,500 a month, which is 50% more."),
    ("V4", "2", "A lane for the bus would be dear."),
    ("V5", "2", "We co-operate with O'Brien on the organisation of it."),
    ("V6", "2", "The recommendation was about LFR, said the police."),
    ("V1", "3", "Live facial recognition is what residents asked about."),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One meeting in which the words above were said."""
    made = tmp_path_factory.mktemp("home")
    store.load(made, [b.one_transcript(b.transcript("june", SAID))])
    return made


@pytest.fixture
def reader(home: Path) -> Reader:
    """A reader of it, closed at the end."""
    with open_reader(home) as opened:
        yield opened


def found(reader: Reader, question: str) -> set[int]:
    """Which of the sentences above are hits, by their place."""
    texts = [s for _, _, said in SAID for s in re.findall(r"[^.?!]+[.?!]", said)]
    texts = [s.strip() for s in texts]
    return {texts.index(h.text) for h in search(reader, question, k=50).hits}


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("cameras AND notice", {0, 1, 2}),  # the first turn holds both, in two sentences
        ("cameras AND square", {0, 1}),
        ("cameras NOT square", {2}),
        ("cameras AND (NOT square)", {2}),
        ("cameras AND item:1 AND notice", {0, 1, 2}),
        ("item:1 AND cameras NOT square", {2}),
        ("cameras -recommend*", {0, 1}),
        ("square OR police", {0, 6}),
        ("(square OR police) AND recommend*", {6}),
        ('"bus lane"', {3}),
        ('"bus lane" OR police', {3, 6}),
        ("bus NEAR/3 lane", {3, 4}),
        ("bus NEAR/1 lane", {3}),
        ('"lane bus"~4', {3, 4}),
        ('"facial recognition" NEAR/5 residents', {7}),
        ('"recognition facial" NEAR/5 residents', set()),
        ("cameras NEAR/9 cameras", set()),
        ("co-operate NEAR/5 organization", {5}),
        ("residents NEAR/5 LFR", {7}),
        ("recommend*", {2, 6}),
        ("recommendat*", {6}),
        ("£3500 AND month", {3}),
        ('"50 per cent"', {3}),
        ('"£3,500 a month"', {3}),
        ("50 percent", {3}),
        ("cooperate", {5}),
        ("co-operate", {5}),
        ("obrien", {5}),
        ("organization", {5}),
        ("LFR", {6, 7}),
        ("the AND cameras AND square", {0, 1}),
    ],
)
def test_a_question_finds_what_it_demands(reader: Reader, question: str, places: set[int]) -> None:
    """Of an utterance; phrases and nearness of one sentence of it."""
    assert found(reader, question) == places


@pytest.mark.parametrize("question", ["cameras AND xylophone", '"cameras lane"', "zzz*"])
def test_what_is_not_there_is_not_found(reader: Reader, question: str) -> None:
    """Nothing comes near instead."""
    assert found(reader, question) == set()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ('cameras AND "square', "quotation mark is missing"),
        ("(cameras AND square", "bracket is missing"),
        ("NOT cameras", "only says what not to find"),
        ("square OR NOT cameras", "brackets around what belongs together"),
        ("cameras notice NOT square OR lane", "brackets around what belongs together"),
        ("cameras NEAR/3 notice NEAR/3 square", "NEAR joins two words"),
        ("(cameras OR bus) NEAR/5 lane", "NEAR joins two words"),
        ("cameras NEAR 5 notice", "write NEAR/5"),
        ("cameras -speaker:Petty", "narrows the whole question"),
        ("cameras NOT speaker:Petty", "narrows the whole question"),
        ("speaker:Varley OR speaker:Petty", "ask once for each value"),
        ("(speaker:Varley OR speaker:Petty) AND bus", "narrows the whole question"),
        ("speaker:Varley speaker:Petty cameras", "say two things"),
        ("a* AND cameras", "too short"),
        ("cameras AND", "cannot be read"),
        ("£3* AND cameras", "never after a sum"),
        ("*meras AND square", "after the first letters"),
        ("cam* NEAR/3 square", "whole words"),
        ("*meras", "after the first letters"),
        ("speakr:Penrose damp", "not narrowed by 'speakr:'"),
        ("role:chair damp", "not narrowed by 'role:'"),
        ("speaker: Varley damp", "right after the colon"),
        ("damp speaker: Varley", "right after the colon"),
        ("from: 2026 damp", "right after the colon"),
        ("speaker:Varley", "add what to look for"),
        ("cameras AND square^2", "not part of the query language"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_why(
    reader: Reader, question: str, told: str
) -> None:
    """In a sentence, not a traceback."""
    with pytest.raises(BadInputError, match=told):
        search(reader, question)


@pytest.mark.parametrize(
    "question",
    [
        "What did he say (and when)?", "A14/M11: what about it?", "10:30 start", "why not?",
        "THE LIGHTS AND THE BINS IN THE PARK", "BINS AND",
        "what of the last item: bins?", "https://aldermere.example/bins", "* bins",
        '"see note:this" bins',
        "one [two] {three} ~ ^ \\ &&", "what's new - really?", "a/b testing",
    ],
)  # fmt: skip
def test_prose_is_no_language(reader: Reader, question: str) -> None:
    """Whatever signs stand in it, it is read as words."""
    assert not language.is_explicit(question)
    search(reader, question)


@pytest.mark.parametrize(
    ("question", "places"),
    [("LFR AND POLICE", {6}), ("CAMERAS NOT LFR", {0, 1, 2}), ("(LFR OR BUS) NOT LANE", {6, 7})],
)
def test_short_forms_in_capitals_are_joined_by_operators(
    reader: Reader, question: str, places: set[int]
) -> None:
    """They have no small letters by which prose in capitals could be told."""
    assert found(reader, question) == places


def test_an_operator_that_is_taken_as_a_word_is_told(reader: Reader) -> None:
    """Who meant it as one can write the rest small."""
    asked = search(reader, "THE CAMERAS AND THE NOTICE NOT THE BUS")
    small = [r.words for r in asked.readings if r.how == "as a word"]
    assert small == ["AND", "NOT"]


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ('speaker:"Ann Varley"', Filters(speaker="Ann Varley")),
        ("date:2026-06", Filters(first=date(2026, 6, 1), last=date(2026, 6, 30))),
        ("date:2024", Filters(first=date(2024, 1, 1), last=date(2024, 12, 31))),
        ("from:2026-06-02 to:2026-07", Filters(first=date(2026, 6, 2), last=date(2026, 7, 31))),
        ("kind:recommendation Item:5", Filters(kind="recommendation", item="5")),
    ],
)
def test_fields_become_filters(field: str, wanted: Filters) -> None:
    """And leave the rest of the question alone."""
    assert with_fields(f"{field} bins and bags", Filters()) == ("bins and bags", wanted)


def test_a_field_that_contradicts_a_filter_or_is_no_day_is_refused() -> None:
    """Neither is silently preferred."""
    with pytest.raises(BadInputError, match="give one of them"):
        with_fields("speaker:petty bins", Filters(speaker="varley"))
    with pytest.raises(BadInputError, match="no day"):
        with_fields("from:yesterday bins", Filters())


def test_another_spelling_is_told_only_where_it_was_searched_for(reader: Reader) -> None:
    """Words in quotes are taken as they stand; beside them, or near a word, they are not."""
    both = [("organization", "organisation")]
    quoted = search(reader, '"organization of it"')
    outside = search(reader, '"of it" organization')
    near = search(reader, "organization NEAR/3 it")

    assert [[(r.words, r.value) for r in a.readings] for a in (quoted, outside, near)] == [
        [], both, both,
    ]  # fmt: skip


def test_words_beside_quotes_stay_prose() -> None:
    """As they always were: the phrase must stand in the hit, the words may."""
    asked = parse('"bus lane" parking')
    assert (asked.tree, asked.phrases) == (None, (("bus", "lane"),))


def test_every_look_alike_is_read_a_few_at_a_time(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many sentences hold the words of a phrase somewhere."""
    monkeypatch.setattr(verified, "AT_ONCE", 1)
    assert found(reader, '"the cameras" AND notice') == {0, 1, 2}
    assert found(reader, '"cameras the" AND notice') == set()
    assert found(reader, '"the bus" OR "on the"') == {3, 4, 5}


def test_what_too_many_hold_is_taken_at_the_word_of_the_index_and_told(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = search(reader, '"cameras the" AND notice')
    monkeypatch.setattr(demanded, "MOST_READ", 0)
    loose = search(reader, '"cameras the" AND notice')

    assert (exact.hits, exact.readings) == ((), ())
    assert loose.hits
    assert [(r.words, r.how) for r in loose.readings] == [("cameras the", "together")]
    assert "for too many hold them to look at each" in read_as(loose.readings[0])


def test_a_phrase_is_looked_for_where_all_else_is_met(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the many sentences with its words few are read."""
    read: list[int] = []
    monkeypatch.setattr(
        demanded, "verified", lambda con, said, holds: (read.append(len(said)), said)[1]
    )
    assert found(reader, '"the cameras" AND recommend') == {2}
    assert max(read) == 1


def test_every_word_that_begins_so_is_looked_for(tmp_path: Path) -> None:
    """However many there are: long ones are often what is meant."""
    words = [f"re{a}{c}" for a in "bcdfghjklmnpqrstvwxz" for c in "abcdefghijklmnopqrstuvwxyz"]
    said = [("V1", "1", f"We said {word}x.") for word in words]
    said.append(("V2", "1", "The relationship is close."))
    store.load(tmp_path, [b.one_transcript(b.transcript("june", said))])
    with open_reader(tmp_path) as opened:
        hits = search(opened, "re* AND close").hits
    assert [h.text for h in hits] == ["The relationship is close."]
