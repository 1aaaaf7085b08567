"""Several recommendations in one sentence: split where each has words of its own."""

from __future__ import annotations

import re

import pytest

from models.findings.parts import parts

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
