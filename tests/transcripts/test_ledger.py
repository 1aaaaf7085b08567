"""The ledger keeps every decision, whatever happens to the process that writes it."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.finding import Finding, finding_id
from transcripts.ledger import (
    Decision,
    Ledger,
    Mark,
    Read,
    findings_decided,
    withheld_names,
)

WHEN = "2026-07-01T10:00:00+01:00"


def decision(kind: str = "note", verdict: str = "seen", **more: object) -> Decision:
    """A decision by an invented clerk."""
    return Decision(kind=kind, verdict=verdict, who="A. Clerk", when=WHEN, **more)  # type: ignore[arg-type]


def test_a_decision_comes_back_as_it_was_made(tmp_path: Path) -> None:
    """What was appended is what is read, with an id."""
    ledger = Ledger(tmp_path)

    (line,) = ledger.append([decision(name="Councillor Ford", start_s=1.5, end_s=2.0)])

    assert ledger.all_lines() == [line]
    assert line.id


def test_half_a_line_left_by_a_killed_writer_costs_nothing_else(tmp_path: Path) -> None:
    """A torn last line is skipped, and the next decision starts on a line of its own."""
    ledger = Ledger(tmp_path)
    first = ledger.append([decision(verdict="one")])
    with ledger.path.open("a") as file:
        file.write('{"kind": "no')
    second = ledger.append([decision(verdict="two")])

    assert ledger.all_lines() == first + second


def test_an_undone_decision_does_not_stand_and_can_be_brought_back(tmp_path: Path) -> None:
    """Undoing is a line, and so is undoing that."""
    ledger = Ledger(tmp_path)
    (line,) = ledger.append([decision(verdict="one")])
    (undoing,) = ledger.append([decision("undo", line.id)])
    undone = ledger.standing()
    ledger.append([decision("undo", undoing.id)])

    assert undone == []
    assert ledger.standing() == [line]


def test_a_line_on_disk_is_never_rewritten(tmp_path: Path) -> None:
    """Whatever is appended, the bytes before it stay."""
    ledger = Ledger(tmp_path)
    ledger.append([decision(verdict="one")])
    before = ledger.path.read_bytes()
    ledger.append([decision(verdict="two"), decision("withhold", "withheld", name="Mrs Odell")])

    assert ledger.path.read_bytes().startswith(before)


def _append_many(home: Path, who: int) -> None:
    for n in range(20):
        Ledger(home).append([decision(verdict=f"{who}-{n}")])


def test_two_people_deciding_at_once_lose_no_line(tmp_path: Path) -> None:
    """Three processes append under one lock."""
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_append_many, args=(tmp_path, n)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    verdicts = {d.verdict for d in Ledger(tmp_path).all_lines()}
    assert verdicts == {f"{who}-{n}" for who in range(3) for n in range(20)}


@given(shift=st.floats(-0.4, 0.4))
def test_a_rejected_finding_stays_rejected_when_its_words_moved_a_little(shift: float) -> None:
    """Another engine cuts the sentence elsewhere: the id differs, the seconds overlap."""
    made = decision(
        "finding", "rejected", recording_sha256="abc", finding_id="old", start_s=10.0, end_s=14.0
    )
    found = Finding(
        "new", "concern", "s", "u", "V1", "the lights", 10.0 + shift, 14.0 + shift, rules=("c1",)
    )

    assert findings_decided([made], "abc", [found]) == {"new": made}


PARTS = ("publish the protocol on its website", "send it to all members")


def recommended(start_s: float, *quotes: str, kind: str = "recommendation") -> list[Finding]:
    """The findings of one sentence of four seconds."""
    return [
        Finding(
            finding_id("abc", kind, start_s, start_s + 4, part),
            *(kind, "s", "u", "V1", quote, start_s, start_s + 4),
            rules=("r",),
        )
        for part, quote in enumerate(quotes)
    ]


def rejected(finding: Finding, verdict: str = "rejected") -> Decision:
    return decision(
        "finding",
        verdict,
        recording_sha256="abc",
        finding_id=finding.id,
        start_s=finding.start_s,
        end_s=finding.end_s,
        words=finding.quote,
    )


@pytest.mark.parametrize(
    ("again", "about"),
    [
        (recommended(10.01, *PARTS), "send it to all members"),
        (recommended(10.01, *reversed(PARTS)), "send it to all members"),
        (recommended(10.01, "publish it", "send it"), ""),
        (recommended(10.01, " and ".join(PARTS)), ""),
        (recommended(10.0, " and ".join(PARTS)), ""),
    ],
)
def test_a_decision_about_a_part_of_a_sentence_never_moves_to_another_part(
    again: list[Finding], about: str
) -> None:
    """Parts share their seconds: only their words tell them apart."""
    made = rejected(recommended(10.0, *PARTS)[1])

    assert [f.quote for f in again if f.id in findings_decided([made], "abc", again)] == (
        [about] if about else []
    )


def test_a_decision_stays_with_its_kind_where_a_sentence_holds_two() -> None:
    """A concern and a recommendation of one sentence may have the same words."""
    worry = recommended(10.0, "the lights", kind="concern")[0]
    again = [
        *recommended(10.01, "the lights"),
        *recommended(10.01, "the lights at night", kind="concern"),
    ]

    assert list(findings_decided([rejected(worry)], "abc", again)) == [again[1].id]


def test_a_part_rejected_and_restored_is_restored_after_a_re_run() -> None:
    """Both decisions are about the same part."""
    part = recommended(10.0, *PARTS)[1]
    again = recommended(10.01, *PARTS)

    told = findings_decided([rejected(part), rejected(part, "restored")], "abc", again)

    assert {f: d.verdict for f, d in told.items()} == {again[1].id: "restored"}


def test_a_name_withheld_and_shown_again_is_shown() -> None:
    """The last word on a name wins."""
    lines = [
        decision("withhold", "withheld", name="Mrs Odell"),
        decision("withhold", "withheld", name="Mr Pine"),
        decision("withhold", "shown", name="Mr Pine"),
    ]

    assert withheld_names(lines) == {"Mrs Odell"}


def test_a_decision_without_a_person_is_refused() -> None:
    """Nobody can be asked about a decision nobody made."""
    with pytest.raises(ValueError, match="somebody"):
        Decision(kind="note", verdict="seen", who=" ", when=WHEN)


def test_what_was_written_after_a_mark_is_read_alone(tmp_path: Path) -> None:
    """In pieces of any size it is the same as all at once."""
    ledger = Ledger(tmp_path)
    read, mark = [], Mark()
    for n in range(3):
        ledger.append([decision(verdict=f"{n}-{i}", words="é" * 3_000) for i in range(n + 1)])
        found = ledger.read(mark)
        assert not found.afresh
        read, mark = read + found.lines, found.mark

    assert read == ledger.all_lines()
    assert ledger.read(mark) == Read([], mark, afresh=False)


def test_a_ledger_that_is_not_the_marked_one_is_read_whole(tmp_path: Path) -> None:
    """Put back from a backup, it may be shorter or other, or gone."""
    ledger = Ledger(tmp_path)
    (first,) = ledger.append([decision(verdict="first")])
    early = ledger.path.read_bytes()
    ledger.append([decision(verdict="second")])
    mark = ledger.read().mark

    ledger.path.write_bytes(early)
    shorter = ledger.read(mark)
    ledger.path.write_bytes(early.replace(b"first", b"other") * 4)
    other = ledger.read(mark)
    ledger.path.unlink()
    gone = ledger.read(mark)

    assert (shorter.lines, shorter.afresh) == ([first], True)
    assert ([d.verdict for d in other.lines], other.afresh) == (["other"] * 4, True)
    assert (gone.lines, gone.afresh, ledger.read().lines) == ([], True, [])


def test_what_was_pasted_is_kept_with_spaces_for_what_no_file_can_hold(tmp_path: Path) -> None:
    """Word breaks lines with a control character; lines and tabs of people's own stay."""
    typed = decision(verdict="one\x0btwo", why="a\x07b\tc\nd", words="e\x1ff")
    (made,) = Ledger(tmp_path).append([typed])

    assert Ledger(tmp_path).all_lines() == [made]
    assert (made.verdict, made.why, made.words) == ("one two", "a b\tc\nd", "e f")


def test_half_a_line_is_read_again_when_it_is_whole(tmp_path: Path) -> None:
    """The mark stands after the last whole line."""
    ledger = Ledger(tmp_path)
    ledger.append([decision(verdict="one"), decision(verdict="two")])
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole[:-9])
    read = ledger.read()
    ledger.path.write_bytes(whole)

    assert [d.verdict for d in read.lines] == ["one"]
    assert [d.verdict for d in ledger.read(read.mark).lines] == ["two"]
