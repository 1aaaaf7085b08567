"""Several recommendations in one sentence: split where each has words of its own."""

from __future__ import annotations

import re

import pytest

from models.findings.parts import asked_parts, parts, promised_parts

SPLIT = [
    (
        "publish the protocol and send it to members, and that the cabinet member report back in "
        "March",
        ["publish the protocol", "send it to members", "the cabinet member report back in March"],
    ),
    (
        "the police give every councillor notice, and that the notice is published the same day",
        ["the police give every councillor notice", "the notice is published the same day"],
    ),
    (
        "the council should mend the lamps on Mill Lane and tell the residents by letter",
        ["the council should mend the lamps on Mill Lane", "tell the residents by letter"],
    ),
    (
        "close the footbridge, and then inspect the piers",
        ["close the footbridge", "inspect the piers"],
    ),
    (
        "publish the protocol and that officers write to every resident, and the police should "
        "report back within six weeks",
        [
            "publish the protocol",
            "officers write to every resident",
            "the police should report back within six weeks",
        ],
    ),
    (
        "the director repair the roof by July and the cabinet member publish the report",
        ["the director repair the roof by July", "the cabinet member publish the report"],
    ),
    (
        "the police publish the dates; second, that the cabinet member signs the agreement; and "
        "third, that the council funds the scheme",
        [
            "the police publish the dates",
            "the cabinet member signs the agreement",
            "the council funds the scheme",
        ],
    ),
]
STOPPED = [
    (
        "the police publish the protocol, that the cabinet member reviews the policy",
        ["the police publish the protocol", "the cabinet member reviews the policy"],
    ),
    (
        "the cabinet should fund the scheme; the police should report monthly",
        ["the cabinet should fund the scheme", "the police should report monthly"],
    ),
]
WHOLE = [
    "review and publish the policy",
    "ensure that schools open and stay open",
    "work with the traders to tidy the square and plant the beds",
    "mend the lamps and the benches",
    "do the right thing and mend the lamps",
    "ask the cabinet for time and money",
    "write to the bus company and report",
    "give notice to tenants who ask and pay the rent",
    "we set one condition for it: that the council must mend the lamps",
    "the council ensures that schools open and that staff are trained",
    "fund the police and the council plan for floods",
    "write to people who live there and children must be asked",
]
ONE_OF_SEVERAL = (
    "We recommend two things: first, that the police publish the dates; and second, that the "
    "director reports back in September."
)
UNSTOPPED = (
    "thank you chair i recommend that the police publish the dates by july i also recommend that "
    "the director repairs the roof and i am worried that nobody told the residents"
)
PROMISES = [
    (
        "I will write to members by Friday and I will publish the plan by July",
        ["I will write to members by Friday", "I will publish the plan by July"],
    ),
    (
        "I will send the report to members and Ottoline will publish the minutes",
        ["I will send the report to members", "Ottoline will publish the minutes"],
    ),
    (
        "i will write to members by friday i will publish the plan by july",
        ["i will write to members by friday", "i will publish the plan by july"],
    ),
    (
        "We will mend the lamps and we recommend that the police publish the dates",
        ["We will mend the lamps"],
    ),
]
ONE_PROMISE = [
    "Yes, chair, on that point I will write to you",
    "I will tell you what we will need to do the work",
    "I will open the gate and the lamps will shine all night",
    "I will publish the figures we will need",
    "As soon as it is possible to tell the costs, we will publish them",
]


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in parts(text, 0, len(text))]


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", text.lower())


@pytest.mark.parametrize(("text", "wanted"), SPLIT)
def test_actions_with_words_of_their_own_are_split(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted
    assert [bare(p) for p in split(bare(text))] == [bare(w) for w in wanted]


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_one_action_stays_one(text: str) -> None:
    assert split(text) == [text]
    assert split(bare(text)) == [bare(text)]


@pytest.mark.parametrize(("text", "wanted"), STOPPED)
def test_commas_and_semicolons_part_what_each_is_asked(text: str, wanted: list[str]) -> None:
    assert split(text) == wanted


@pytest.mark.parametrize("quote", ["the police publish the dates", "the director reports back"])
def test_a_quotation_of_one_recommendation_leaves_the_others_to_be_found(quote: str) -> None:
    start = ONE_OF_SEVERAL.index(quote)

    made = asked_parts(ONE_OF_SEVERAL, (start, start + len(quote)))

    wanted = ["the police publish the dates", "the director reports back"]
    assert len(made) == 2
    assert all(ONE_OF_SEVERAL[a:b].startswith(w) for (a, b), w in zip(made, wanted, strict=True))


def test_recommendations_without_stops_are_each_found_and_hold_no_worry() -> None:
    start = UNSTOPPED.index("publish")

    made = asked_parts(UNSTOPPED, (start, len(UNSTOPPED)))

    assert [UNSTOPPED[a:b] for a, b in made] == [
        "publish the dates by july",
        "the director repairs the roof",
    ]


@pytest.mark.parametrize(("text", "wanted"), PROMISES)
def test_promises_of_one_sentence_are_split(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in promised_parts(text, (0, len(text)))] == wanted


@pytest.mark.parametrize("text", ONE_PROMISE)
def test_one_promise_stays_one(text: str) -> None:
    assert promised_parts(text, (0, len(text))) == [(0, len(text))]
