"""Several archives answer as one: in one order, with what was searched in each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from tests.warehouse import builders as b
from warehouse import store
from warehouse.comparing import Together, together
from warehouse.query import Filters
from warehouse.reader import open_reader
from warehouse.search import search

FERRIES = (
    ("V1", "1", "Good evening. Item one is the ferry to the island."),
    ("V2", "1", "Cameras on the ferry were paid for by the harbour. Facial recognition was not."),
    ("V3", "1", "The island has no cameras at all."),
)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The council that talks of live facial recognition, and one that talks of ferries."""
    made = {name: tmp_path_factory.mktemp(name) for name in ("aldermere", "hollin")}
    store.load(made["aldermere"], [b.done("june")])
    ferries = b.transcript("ferries", FERRIES)
    other = {"day": date(2025, 2, 3), "committee": "Ferry Panel", "code": "FP"}
    store.load(made["hollin"], [b.one_transcript(ferries, **other)])
    return made


def asked(homes: dict[str, Path], question: str, *, k: int = 10, mode: str = "both") -> Together:
    found = {}
    for name, home in homes.items():
        with open_reader(home) as reader:
            found[name] = search(reader, question, mode=mode, encode=b.encode, k=k)
    return together(found, k)


@pytest.mark.parametrize("mode", ["words", "both"])
def test_the_archive_that_answers_comes_first_whichever_was_named_first(
    homes: dict[str, Path], mode: str
) -> None:
    question = "trial of live facial recognition"
    told = asked(homes, question, mode=mode)
    turned = asked(dict(reversed(homes.items())), question, mode=mode)

    assert told.answer.hits[0].text == "The trial of live facial recognition ran for two days."
    assert told.homes[0] == "aldermere"
    assert [h.text for h in told.answer.hits] == [h.text for h in turned.answer.hits]


def test_within_an_archive_the_order_is_its_own(homes: dict[str, Path]) -> None:
    told = asked(homes, "cameras facial recognition", mode="words")

    for name, home in homes.items():
        with open_reader(home) as reader:
            own = [h.text for h in search(reader, "cameras facial recognition").hits]
        pairs = zip(told.answer.hits, told.homes, strict=True)
        assert [h.text for h, held_by in pairs if held_by == name] == own


def test_what_one_archive_says_is_not_never_said(homes: dict[str, Path]) -> None:
    told = asked(homes, "ferry zeppelin", mode="words")

    assert told.answer.not_said == ("zeppelin",)
    assert {h.committee for h in told.answer.hits} == {"Ferry Panel"}


def test_what_was_searched_is_the_sum_and_is_told_for_each(homes: dict[str, Path]) -> None:
    told = asked(homes, "cameras", k=2)

    assert len(told.answer.hits) == 2
    assert told.answer.searched.meetings == 2
    assert told.answer.searched.sentences == sum(s.sentences for s in told.each.values())
    assert (told.answer.searched.first, told.answer.searched.last) == (
        date(2025, 2, 3), date(2026, 6, 2),
    )  # fmt: skip


def test_the_command_asks_both_and_cites_each_by_its_own(homes: dict[str, Path]) -> None:
    asks = ["--home", str(homes["aldermere"]), "search", "cameras", "--mode", "words", "--json"]
    made = CliRunner().invoke(main, [*asks, "--cite", "--also", str(homes["hollin"])])
    told = json.loads(made.stdout)

    assert {h["committee"] for h in told["hits"]} == {
        "Ferry Panel", "Safer Communities Scrutiny Committee",
    }  # fmt: skip
    for hit in told["hits"]:
        assert hit["committee"] in hit["citation"]
    assert {Path(place) for place in told["archives"]} == set(homes.values())


def test_an_archive_without_the_committee_is_passed_over_and_none_with_it_is_refused(
    homes: dict[str, Path],
) -> None:
    asks = ["--home", str(homes["aldermere"]), "search", "cameras", "--mode", "words", "--json"]
    also = ["--also", str(homes["hollin"])]
    made = CliRunner().invoke(main, [*asks, *also, "--committee", "Ferry Panel"])
    told = json.loads(made.stdout)
    refused = CliRunner().invoke(main, [*asks, *also, "--committee", "Tramways"])

    assert {h["committee"] for h in told["hits"]} == {"Ferry Panel"}
    assert list(told["archives"]) == [str(homes["hollin"])]
    assert refused.exit_code != 0


def test_filters_of_a_day_hold_in_each(homes: dict[str, Path]) -> None:
    found = {}
    for name, home in homes.items():
        with open_reader(home) as reader:
            found[name] = search(reader, "cameras", filters=Filters(first=date(2026, 1, 1)))
    told = together(found, 10)

    assert set(told.homes) == {"aldermere"}


def test_another_archives_best_is_among_the_first_five(homes: dict[str, Path]) -> None:
    found = {}
    for name, home in homes.items():
        with open_reader(home) as reader:
            found[name] = search(reader, "cameras", mode="words")
    (one,) = found["hollin"].hits[:1]
    many = replace(found["aldermere"], hits=found["aldermere"].hits[:1] * 9, strength=99.0)
    told = together({"aldermere": many, "hollin": found["hollin"]}, 20)

    assert told.homes[:5] == ("aldermere",) * 4 + ("hollin",)
    assert told.answer.hits[4] == one
