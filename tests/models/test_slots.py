"""Slots: who, what, by when, on what condition, in words that were said, with or without stops."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.findings.patterns import FINDING_FILES, Patterns
from models.findings.phrases import said
from models.findings.quotes import quote
from models.findings.slots import SLOT_FILES, by_proposal, by_rule, slots_of

PATTERNS = Patterns((*FINDING_FILES, *SLOT_FILES))


def bare(text: str) -> str:
    """As speech recognition without punctuation writes it."""
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9' ]", " ", text.lower())).strip()


def told(letter: str, text: str) -> dict[str, str]:
    """The words of each slot, by its name."""
    hits = PATTERNS.match(text)
    quoted = quote(letter, text, hits)
    start = text.index(quoted)
    found = by_rule(letter, text, hits, (start, start + len(quoted)))
    return {name: text[s.start : s.end] for name, s in found.items()}


RECOMMENDED = [
    (
        "I would like to recommend that the police should give all councillors seven days' notice.",
        {"action": "give all councillors seven days' notice", "addressee": "police"},
    ),
    (
        "I move that the council should publish the repair times by the end of quarter two.",
        {"addressee": "council", "deadline": "by the end of quarter two"},
    ),
    (
        "We ask the cabinet to pay for a second crossing before the summer recess.",
        {"addressee": "cabinet", "deadline": "before the summer recess"},
    ),
    (
        "I propose that the director of housing must visit every flat by Friday week.",
        {
            "action": "visit every flat by Friday week",
            "addressee": "director of housing",
            "deadline": "by Friday week",
        },
    ),
    (
        "If the budget allows, the cabinet should fund a second officer.",
        {
            "condition": "If the budget allows",
            "addressee": "cabinet",
            "action": "fund a second officer",
        },
    ),
    (
        "We recommend that the council should light the path, subject to the ecologist's report.",
        {"addressee": "council", "condition": "subject to the ecologist's report"},
    ),
    (
        "I would urge the health board to reopen the Mill Lane clinic as soon as possible.",
        {
            "action": "reopen the Mill Lane clinic as soon as possible",
            "addressee": "health board",
            "deadline": "as soon as possible",
        },
    ),
    (
        "We call on the landlords to mend the boilers within 28 days.",
        {"addressee": "landlords", "deadline": "within 28 days"},
    ),
    (
        "The police must not park the van outside the food bank.",
        {"action": "not park the van outside the food bank", "addressee": "police"},
    ),
    (
        "I would ask the committee to write to the bus company in time for the budget.",
        {"deadline": "in time for the budget"},
    ),
]
UNDERTAKEN = [
    (
        "I'll send members the lamp survey by the thirty-first of March.",
        {
            "holder": "I",
            "action": "send members the lamp survey",
            "deadline": "by the thirty-first of March",
        },
    ),
    (
        "We will bring the figures to the committee early next year.",
        {
            "holder": "We",
            "action": "bring the figures to the committee",
            "deadline": "early next year",
        },
    ),
    (
        "The health board will publish the waiting times by the new year.",
        {
            "holder": "The health board",
            "action": "publish the waiting times",
            "deadline": "by the new year",
        },
    ),
    (
        "I am happy to share the survey with the ward members before the next meeting.",
        {
            "holder": "I",
            "action": "share the survey with the ward members",
            "deadline": "before the next meeting",
        },
    ),
    (
        "They'll email every tenant within a fortnight.",
        {"holder": "They", "action": "email every tenant", "deadline": "within a fortnight"},
    ),
    (
        "We're going to test the alarm in the tower, and I will report back in September.",
        {"holder": "We", "deadline": "in September"},
    ),
]
WORRIED = [
    ("Tenants in Castle Court are told nothing for weeks.", "Tenants in Castle Court"),
    ("I am worried that the parents were never asked.", "the parents"),
    ("The drains have been blocked since Easter.", ""),
    ("It is the nurses who pay for this.", "the nurses"),
    ("My worry is a different one.", ""),
]


def plain(slots: dict[str, str]) -> dict[str, str]:
    return {name: bare(words) for name, words in slots.items()}


@pytest.mark.parametrize(("text", "slots"), RECOMMENDED)
def test_a_recommendation_says_what_whom_by_when_and_if(text: str, slots: dict[str, str]) -> None:
    assert {name: told("R", text).get(name) for name in slots} == slots


@pytest.mark.parametrize(("text", "slots"), UNDERTAKEN)
def test_an_undertaking_says_who_what_and_by_when(text: str, slots: dict[str, str]) -> None:
    assert {name: told("A", text).get(name) for name in slots} == slots


@pytest.mark.parametrize(("text", "whose"), WORRIED)
def test_a_concern_says_whose_it_is_where_it_is_said(text: str, whose: str) -> None:
    assert told("C", text).get("whose", "") == whose


@pytest.mark.parametrize(
    ("letter", "text"),
    [("R", t) for t, _ in RECOMMENDED]
    + [("A", t) for t, _ in UNDERTAKEN]
    + [("C", t) for t, _ in WORRIED],
)
def test_speech_without_stops_and_capitals_gives_the_same_slots(letter: str, text: str) -> None:
    assert plain(told(letter, bare(text))) == plain(told(letter, text))


@pytest.mark.parametrize(
    ("letter", "text", "name"),
    [
        ("R", "The notice is published on the council website.", "action"),
        ("R", "Residents should be asked first.", "action"),
        ("R", "There should be a second lifeguard.", "action"),
        ("R", "We want a fence that keeps the children from the water.", "action"),
        ("R", "They need a grant to mend the roof.", "action"),
        ("R", "We have now heard it all twice.", "deadline"),
        ("R", "Could you check if the lamp is broken?", "condition"),
        ("R", "It should be mended.", "addressee"),
        ("R", "At the end of the day it should be mended.", "deadline"),
    ],
)
def test_what_is_not_said_stays_empty(letter: str, text: str, name: str) -> None:
    assert name not in told(letter, text)


def test_a_proposal_fills_in_only_where_no_rule_speaks() -> None:
    text = "The Friends of the Park should mend the gate by June."
    hits = PATTERNS.match(text)
    proposals = {"to": (4, 23), "by": (0, 3)}

    made = {
        s.name: (s.words, s.rule)
        for s in slots_of("R", text, hits, (0, len(text) - 1), "s1", proposals)
    }

    assert made["addressee"] == ("Friends of the Park", "classifier")
    assert made["deadline"][0] == "by June"


@pytest.mark.parametrize("span", [(-1, 4), (4, 4), (0, 999), (3, 4)])
def test_a_proposal_that_does_not_fit_the_sentence_is_left_out(span: tuple[int, int]) -> None:
    assert by_proposal("R", "The council should mend it.", {"to": span}) == {}


@pytest.mark.parametrize("span", [(8, 11), (7, 12)])
def test_an_article_alone_is_nobody_who_could_be_asked(span: tuple[int, int]) -> None:
    """It stood in the register as the addressee of what was only floated."""
    text = "I think the council should mend it."

    assert by_proposal("R", text, {"to": span}) == {}
    assert by_proposal("R", text, {"to": (8, 19)}) != {}


@pytest.mark.parametrize("letter", ["R", "A"])
@pytest.mark.parametrize("span", [(0, 4), (5, 7)], ids=["When", "is"])
def test_a_bare_question_word_is_no_deadline(letter: str, span: tuple[int, int]) -> None:
    """It stood on the page of the meeting: "due When"."""
    text = "When is it to be mended, by June?"

    assert by_proposal(letter, text, {"by": span}) == {}
    assert set(by_proposal(letter, text, {"by": (25, 32)})) == {"deadline"}


@pytest.mark.parametrize(("letter", "kept"), [("R", {}), ("A", {"action": "mend it"})])
def test_a_proposed_action_is_taken_only_for_what_the_model_has_learnt(
    letter: str, kept: dict[str, str]
) -> None:
    text = "The council should mend it."

    made = by_proposal(letter, text, {"what": (19, 26)})

    assert {name: text[s.start : s.end] for name, s in made.items()} == kept


LEADS = ["", "I would like to recommend that", "We ask", "So, chair, I move that", "I will", "If"]
WHO = ["the police", "the cabinet member for housing", "residents", "we", "nobody", "um, it", ""]
DOES = ["should", "to", "must not", "give", "gives", "will", "has to", "", "and that"]
WHAT = ["publish the protocol", "send it to members", "review and report", "seven days’ notice"]
WHEN = ["", "by the end of June", "as soon as possible", "within 28 days", "now", "if it can"]
FRAGMENTS = st.tuples(*map(st.sampled_from, (LEADS, WHO, DOES, WHAT, ["", "and", ","], WHAT, WHEN)))


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=2), st.sampled_from("RAC"))
def test_every_slot_is_a_piece_of_its_sentence_and_the_quote_holds_the_action(
    clauses: list[tuple[str, ...]], letter: str
) -> None:
    text = ". ".join(" ".join(filter(None, clause)) for clause in clauses)
    hits = PATTERNS.match(text)
    quoted = quote(letter, text, hits)
    start = text.index(quoted)

    slots = slots_of(letter, text, hits, (start, start + len(quoted)), "s1")

    assert all(text[s.start : s.end] == s.words for s in slots)
    action = next((s.words for s in slots if s.name == "action" and letter == "R"), "")
    words = iter(w.word for w in said(quoted))
    assert all(w.word in words for w in said(action))
