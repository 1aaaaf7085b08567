"""Other spellings, slips of the keyboard and short forms are looked for, and said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from warehouse import spelling, store
from warehouse.acronyms import vocabulary
from warehouse.expansion import Reading
from warehouse.reader import open_reader
from warehouse.search import search

SAID = (
    ("V1", "1", "The environmental programme of our neighbourhood."),
    ("V2", "1", "The LFR vans and the PSPO were discussed."),
    ("V3", "1", "Public spaces protection orders came later."),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """One meeting."""
    store.load(tmp_path, [b.one_transcript(b.transcript("june", SAID))])
    return tmp_path


def asked(home: Path, question: str, **more: object) -> tuple[list[str], tuple[Reading, ...]]:
    """The hits' words, and how the question was read."""
    with open_reader(home) as reader:
        result = search(reader, question, **more)  # type: ignore[arg-type]
    return [h.text for h in result.hits], result.readings


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("organisation", "organization"), ("prioritized", "prioritised"), ("analyse", "analyze"),
        ("colour", "color"), ("neighborhoods", "neighbourhoods"), ("centre", "center"),
        ("program", "programme"), ("defense", "defence"), ("licence", "license"),
        ("travelled", "traveled"), ("catalogue", "catalog"), ("judgement", "judgment"),
        ("tyres", "tires"), ("fulfil", "fulfill"), ("aethelred", "æthelred"), ("50", "50.00"),
    ],
)  # fmt: skip
def test_a_word_is_known_on_both_sides_of_the_atlantic(word: str, other: str) -> None:
    """Both ways."""
    assert other in spelling.across_the_water(word)
    assert word in spelling.across_the_water(other)


@pytest.mark.parametrize("word", ["four", "for", "hour", "size", "her", "wise", "bins"])
def test_short_words_are_left_alone(word: str) -> None:
    """A rule that made "for" of "four" would find the whole archive."""
    assert spelling.across_the_water(word) == ()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("enviromental", ("environmental",)),
        ("reccomend", ("recommend",)),
        ("hosuing", ("housing",)),
        ("bns", ()),
        ("a14x", ()),
        ("xylophone", ()),
    ],
)
def test_a_slip_is_put_right(word: str, meant: tuple[str, ...]) -> None:
    """One letter, or two in a long word; short words and numbers are not guessed at."""
    heard = ["environmental", "recommend", "housing", "horsing", "bin", "a14", "binge"]
    assert spelling.meant(word, heard) == meant


def test_a_word_nobody_said_is_looked_for_as_it_was_meant_and_that_is_told(home: Path) -> None:
    """Not so where every word is to be taken as written."""
    assert asked(home, "enviromental") == (
        [SAID[0][2]],
        (Reading("word", "enviromental", "environmental", "instead"),),
    )
    assert asked(home, "enviromental", literal=True) == ([], ())
    assert asked(home, "neighborhood program")[0] == [SAID[0][2]]


def test_short_and_long_forms_find_one_another(home: Path) -> None:
    """From the program's list."""
    texts, read = asked(home, "PSPO")
    assert set(texts) == {SAID[1][2], SAID[2][2]}
    assert read == (Reading("word", "pspo", "public spaces protection order", "also"),)
    assert set(asked(home, "public spaces protection order")[0]) == {SAID[1][2], SAID[2][2]}


def test_a_short_form_in_the_plural_is_known(home: Path) -> None:
    """A verb that begins like one is none."""
    assert set(asked(home, "PSPOs")[0]) == {SAID[1][2], SAID[2][2]}
    assert asked(home, "sending")[1] == ()


def test_a_short_form_and_its_plural_find_one_another(tmp_path: Path) -> None:
    """Neither is a form of the other to the stemmer; the long form in any form finds both."""
    said = ("HMOs were licensed.", "One HMO was closed.", "A house in multiple occupation burnt.")
    lines = [("V1", str(n), text) for n, text in enumerate(said, 1)]
    store.load(tmp_path, [b.one_transcript(b.transcript("june", lines))])
    forms = ("HMO", "HMOs", "house in multiple occupation", "houses in multiple occupation")

    found = {form: {h for h in asked(tmp_path, form)[0] if h in said} for form in forms}

    assert [(form, set(said)) for form in forms] == list(found.items())


def test_a_long_form_with_a_hyphen_is_found_in_one_word_too(tmp_path: Path) -> None:
    """As people write it who know no hyphen."""
    said = ("Antisocial behaviour is rising.", "The ASB team came.")
    lines = [("V1", str(n), text) for n, text in enumerate(said, 1)]
    store.load(tmp_path, [b.one_transcript(b.transcript("june", lines))])
    assert set(asked(tmp_path, "ASB")[0]) == set(said)
    assert set(asked(tmp_path, "antisocial behaviour")[0]) == set(said)


def test_a_short_form_with_a_sign_is_found_inside_the_language(home: Path) -> None:
    """Its long form is no look-alike of it, and the sign is shown as it was written."""
    (home / "vocabulary.csv").write_text("short,long\nT&P,protection orders\n")
    read = (Reading("word", "T&P", "protection orders", "also"),)
    assert asked(home, "T&P AND spaces") == ([SAID[2][2]], read)
    assert asked(home, "T&P OR zebra") == ([SAID[2][2]], read)


def test_a_sum_is_found_however_it_was_written(tmp_path: Path) -> None:
    """In figures, by its scale, or in words."""
    said = ("It cost £1.5 million.", "They paid £1,500,000.", "It is one point five million now.")
    small = ("A fee of £90,000.", "Some ninety thousand pounds.", "And £90k more.")
    lines = [("V1", str(n), text) for n, text in enumerate((*said, *small), 1)]
    store.load(tmp_path, [b.one_transcript(b.transcript("june", lines))])

    million, also = asked(tmp_path, "£1,500,000")
    by_scale, figures = asked(tmp_path, "£1.5 million")

    assert set(said) <= set(million)
    assert [r.value for r in also] == ["1.5 million", "one point five million"]
    assert set(said[:2]) <= set(by_scale)
    assert [r.value for r in figures] == ["1500000"]
    assert set(small) <= set(asked(tmp_path, "£90,000")[0])


def test_a_councils_own_vocabulary_adds_to_the_list(home: Path) -> None:
    """Also short forms that a sign holds together."""
    lines = "short,long\nVANS,environmental programme\nT&P,protection orders\n"
    (home / "vocabulary.csv").write_text(lines)
    assert set(asked(home, "vans")[0]) == {SAID[0][2], SAID[1][2]}
    assert asked(home, "T&P") == (
        [SAID[2][2]],
        (Reading("word", "T&P", "protection orders", "also"),),
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("short,long\nVANS\nPS,neighbourhood programme\n", "line 2 of .*vocabulary.csv"),
        ("VANS,environmental programme\n", "does not begin with the line 'short,long'"),
    ],
)
def test_a_line_that_is_none_is_told_and_ends_no_search(home: Path, lines: str, told: str) -> None:
    """The rest of the list is read."""
    (home / "vocabulary.csv").write_text(lines)
    assert asked(home, "vans")[0] == [SAID[1][2]]
    assert set(asked(home, "PSPO")[0]) == {SAID[1][2], SAID[2][2]}
    (fault,) = vocabulary(home).faults
    assert re.search(told, fault)


def test_a_word_that_nothing_holds_any_longer_is_never_proposed(home: Path) -> None:
    """A name that was taken out of the archive must not come back as a suggestion."""
    assert asked(home, "enviromental")[0]
    said = (("V1", "1", "Something else entirely."),)
    store.load(home, [b.one_transcript(b.transcript("june", said))])
    with open_reader(home) as reader:
        held = [w for (w,) in reader.con.execute("SELECT word FROM store.word").fetchall()]
    assert sorted(held) == ["else", "entirely", "something"]
    assert asked(home, "enviromental") == ([], ())
