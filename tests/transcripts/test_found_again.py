"""Decisions find what they were about although another engine cut and spelt it otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.finding import Finding, finding_id
from transcripts.found_again import Said, claim_decided, likeness
from transcripts.ledger import Decision, findings_decided

LINK = Decision(
    "link", "accepted", "A. Clerk", "2026-07-20T10:00:00+01:00", reference="SCSC/2026-27/01",
    claim_id="old", recording_sha256="abc", start_s=100.0, end_s=106.0,
    words="the cabinet member has accepted the hole of it",
)  # fmt: skip
SAME = "The cabinet member has accepted the whole of it."


@given(shift=st.floats(-2.0, 2.0))
def test_a_claim_is_found_at_seconds_that_moved(shift: float) -> None:
    held = [
        Said("before", 92.0, 99.5, "We have had two answers so far."),
        Said("same", 100.0 + shift, 106.0 + shift, SAME),
        Said("after", 108.5, 112.0, "And is it happening?"),
    ]

    assert claim_decided(LINK, held) == "same"


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ([Said("old", 500.0, 501.0, "moved far away")], "old"),
        ([Said("late", 107.5, 112.0, SAME)], "late"),
        ([Said("half", 102.0, 106.0, "has accepted all"), Said("rest", 100.0, 102.0, "the")],
         "half"),
        ([Said("other", 105.8, 112.0, "And is it happening?")], ""),
        ([Said("far", 120.0, 126.0, SAME)], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_what_only_touches_it_is_another_claim(held: list[Said], found: str) -> None:
    assert claim_decided(LINK, held) == found


def test_without_seconds_only_the_id_tells() -> None:
    loose = replace(LINK, start_s=None, end_s=None)

    assert claim_decided(loose, [Said("same", 100.0, 106.0, SAME)]) == ""


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(a: str, b: str) -> None:
    assert 0.0 <= likeness(a, b) == likeness(b, a) <= 1.0


def said(kind: str, quote: str, part: int = 0, start_s: float = 10.0) -> Finding:
    """A finding of a sentence of four seconds."""
    end_s = start_s + 4
    return Finding(
        finding_id("abc", kind, start_s, end_s, part), kind, "s", "u", "V1", quote, start_s, end_s,
        rules=("r",),
    )  # fmt: skip


def about(finding: Finding, kind: str = "finding", verdict: str = "rejected") -> Decision:
    return Decision(
        kind, verdict, "A. Clerk", "2026-07-20T10:00:00+01:00", recording_sha256="abc",
        finding_id=finding.id, start_s=finding.start_s, end_s=finding.end_s, words=finding.quote,
    )  # fmt: skip


def test_a_rejected_concern_rejects_nothing_else_that_is_said_in_its_seconds() -> None:
    worry = said("concern", "there was no notice")

    assert findings_decided([about(worry)], "abc", [said("follow-up", "There was no notice")]) == {}


def test_two_numbers_of_one_sentence_stay_apart_where_it_is_spelt_otherwise() -> None:
    first = said("recommendation", "publish the protocol on its web site by june")
    second = said("recommendation", "send it to all the members of this committee", 1)
    lines = [about(f, "reference", f"SCSC/2026-27/0{n}") for n, f in enumerate((first, second), 1)]
    again = [
        said("recommendation", "Publish the protocol on its website, by June", 0, 10.2),
        said("recommendation", "send it to all members of this committee", 1, 10.2),
    ]

    told = findings_decided(lines, "abc", again, kind="reference")

    assert [told[f.id].verdict for f in again] == ["SCSC/2026-27/01", "SCSC/2026-27/02"]
