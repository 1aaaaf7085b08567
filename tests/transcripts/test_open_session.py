"""Nothing said after the public is excluded is kept; everything said before it is."""

from __future__ import annotations

from datetime import date

import pytest

from transcripts.meeting import AgendaItem, Meeting
from transcripts.open_session import WHY, open_part
from transcripts.processed import Gap
from transcripts.words import Utterance, Word

MEETING = Meeting(
    "june", "Aldermere Borough Council", "Safer Communities Scrutiny Committee", "SCSC",
    date(2026, 6, 11),
    agenda=(AgendaItem("1", "Minutes"), AgendaItem("2", "Contract", restricted=True)),
)  # fmt: skip


def said(*texts: str, items: tuple[str, ...] = ()) -> list[Utterance]:
    """Utterances of ten seconds each."""
    out = []
    for n, text in enumerate(texts):
        words = tuple(Word(w, n * 10.0, n * 10.0 + 9.0) for w in text.split())
        out.append(Utterance(str(n), "V1", words, items[n] if items else ""))
    return out


@pytest.mark.parametrize(
    "resolution",
    [
        "I move that under section 100A(4) we exclude the press and public for the next item.",
        "so it is resolved that the press and public be excluded from the meeting",
        "Is that agreed? Agreed. We will now go into private session.",
        "can i ask members to agree the exclusion of the press and public",
        "The press and the public are now excluded.",
    ],
)
def test_what_follows_the_exclusion_of_the_public_is_cut(resolution: str) -> None:
    """The resolution itself was made in public and stays."""
    spoken = said("Good evening.", resolution, "The price is a secret.", "So is this.")

    kept, gaps = open_part(MEETING, spoken)

    assert kept == spoken[:2]
    assert gaps == [Gap(20.0, 39.0, WHY)]


@pytest.mark.parametrize(
    "warning",
    [
        "There are no items tonight for which the press and public be excluded.",
        "If we discuss the figures we would have to agree to exclude the press and public.",
        "The public are excluded from too many decisions in this council, chair.",
        "We might have to go into private session later.",
        "People feel excluded by the press.",
    ],
)
def test_a_warning_or_a_turn_of_phrase_closes_nothing(warning: str) -> None:
    """Losing what was said in public would be a fault too."""
    spoken = said("Good evening.", warning, "Item two.")

    assert open_part(MEETING, spoken) == (spoken, [])


def test_the_meeting_goes_on_when_the_public_is_readmitted() -> None:
    """Two closed stretches are two gaps."""
    spoken = said(
        "We agree to exclude the public.", "secret", "We are back in public session.", "Item four.",
        "The press and public be excluded.", "secret",
    )  # fmt: skip

    kept, gaps = open_part(MEETING, spoken)

    assert [u.id for u in kept] == ["0", "2", "3", "4"]
    assert gaps == [Gap(10.0, 19.0, WHY), Gap(50.0, 59.0, WHY)]


def test_a_restricted_item_is_cut_though_nobody_said_so() -> None:
    """The agenda says that it is exempt."""
    spoken = said("the minutes", "the contract", "the contract", items=("1", "2", "2"))

    kept, gaps = open_part(MEETING, spoken)

    assert [u.id for u in kept] == ["0"]
    assert gaps == [Gap(10.0, 29.0, WHY)]
