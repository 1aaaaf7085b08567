"""Who had a worry, how often it was raised, and who took it up without one of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from transcripts.finding import Finding
from transcripts.linked import Thread, Worry
from transcripts.processed import ProcessedMeeting
from warehouse import store
from warehouse.echoes import echoed, echoes
from warehouse.reader import open_reader
from warehouse.threads import thread_alone, threads, threads_told

WORRY = "I am worried that nobody was told."
SAID = [
    ("V2", "5", WORRY),
    ("V2", "5", "I share that concern, if I may say it twice."),
    ("V3", "5", "We published a notice."),
    ("V1", "5", "I have to say I share that concern."),
    ("V3", "5", "I do not share that concern."),
]


class OneThread(r.Likeness):
    """Holds every worry to be the same."""

    def threads(self, worries: Sequence[Worry]) -> list[Thread]:
        return [Thread("t1", WORRY, tuple(w.finding_id for w in worries))]


def archive(home: Path, lines: list[tuple[str, str, str]], *quotes: str) -> list[Finding]:
    said = b.transcript("june", lines)
    found = [b.finding(said, "concern", quote) for quote in quotes]
    meeting = ProcessedMeeting(b.meeting("june", day=r.JUNE), (r.processed(said, found),))
    store.load(home, [meeting])
    return found


def taken_up(home: Path, finding: Finding) -> list[tuple[str, str]]:
    with open_reader(home) as reader:
        concerns = thread_alone(reader, finding.id).concerns
        return [(e.speaker, e.rule) for e in echoes(reader, concerns)]


def test_whoever_shares_a_worry_is_told_with_the_rule_and_nobody_echoes_themselves(
    tmp_path: Path,
) -> None:
    (worry,) = archive(tmp_path, SAID, "nobody was told")

    assert taken_up(tmp_path, worry) == [("Cllr Ann Varley", "echo.shares")]


@pytest.mark.parametrize(
    "between",
    [
        [("V3", "5", "I am afraid of the cost.")],  # another worry, which is then what is shared
        [("V1", "6", "We go on to the bins.")],  # another item
        [(v, "5", "And so on.") for v in ("V3", "V2", "V3", "V2", "V3", "V2")],  # long ago
    ],
    ids=["another worry", "another item", "long ago"],
)
def test_what_stands_between_ends_it(tmp_path: Path, between: list[tuple[str, str, str]]) -> None:
    item = between[-1][1]
    lines = [SAID[0], *between, ("V1", item, "I share that concern.")]
    quotes = ["nobody was told", *(["afraid of the cost"] if "afraid" in between[0][2] else [])]
    worry, *_ = archive(tmp_path, lines, *quotes)

    assert taken_up(tmp_path, worry) == []


@pytest.mark.parametrize(
    "text",
    [
        "I, too, share Councillor Petty's worry about the trees.",
        "I’d echo that.",
        "All of us share that concern.",
        "We have exactly the same complaint in Northgate.",
        "I'm also worried about that.",
        "It's just the same in my ward.",
        "My residents in Elm Road tell me the same.",
    ],
)
def test_ways_of_taking_it_up(text: str) -> None:
    assert echoed(text)


@pytest.mark.parametrize(
    "text",
    [
        "I don't share that concern.",
        "Would you also share the concern that budgets are cut?",
        "Do you share that view?",
        "They should share their concerns with the police.",
        "There is an echo in here.",
        "It's the same in every meeting.",
        "I share the cost of the worried neighbours",
    ],
)
def test_what_is_no_support(text: str) -> None:
    assert not echoed(text)


def test_what_one_person_said_twice_in_one_meeting_does_not_come_back(tmp_path: Path) -> None:
    said = b.transcript("june", [("V2", "5", WORRY), ("V2", "5", "And so nobody knew of it.")])
    found = [b.finding(said, "concern", q) for q in ("nobody was told", "nobody knew")]
    meeting = ProcessedMeeting(b.meeting("june", day=r.JUNE), (r.processed(said, found),))
    store.load(tmp_path, [meeting], linker=OneThread())

    with open_reader(tmp_path) as reader:
        (told,) = threads_told(reader)
        assert threads(reader) == []
    assert (told.voiced, told.raised, told.people) == (2, 1, ("Cllr Tom Petty",))
