"""What a clerk's file says is read as it stands: nothing of it is lost, and no day is made up."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from transcripts.tracker.cells import cannot_be, read
from transcripts.tracker.compare import NEW, compare
from transcripts.tracker.incoming import Tracker, read_tracker


def tracker(folder: Path, *rows: Sequence[str]) -> Tracker:
    path = folder / "theirs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return read_tracker(path)


@pytest.mark.parametrize(
    "cell",
    ["September 2026", "2026", "March", "10", "Wed", "Sept 26", "12/2026", "05/06", "TBC",
     "31/09/2026", "2026-13-01", "44927"],
)  # fmt: skip
def test_a_cell_that_names_no_full_day_is_no_day(cell: str) -> None:
    value, fault = read("action_due", cell)

    assert value == ""
    assert f"'{cell}' is no" in fault


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-09-30", "2026-09-30"),
        ("30/09/2026", "2026-09-30"),
        ("1.7.26", "2026-07-01"),
        ("5 June 2026", "2026-06-05"),
    ],
)
def test_a_full_day_is_read_day_first(cell: str, day: str) -> None:
    assert read("action_due", cell) == (day, "")


def test_a_value_that_its_column_does_not_take_is_a_fault() -> None:
    assert read("recipient_kind", "Police") == ("police", "")
    assert "recipient_kind: 'somebody' is none of" in read("recipient_kind", "somebody")[1]


@pytest.mark.parametrize("day", ["2020-01-01", "2999-01-01"])
def test_nothing_was_answered_before_it_was_made_or_is_answered_already_tomorrow(day: str) -> None:
    assert cannot_be("response_date", day, "2026-06-11").startswith(f"response_date: {day} ")


def test_a_day_that_is_looked_for_lies_within_years_of_the_meeting() -> None:
    assert cannot_be("action_due", "2026-05-01", "2026-06-11") == ""
    assert cannot_be("action_due", "2046-12-31", "2026-06-11") == ""
    for far in ("9999-12-31", "2047-01-01", "2020-12-31", "0026-06-30"):
        assert "give a day between 2021 and 2046" in cannot_be("action_due", far, "2026-06-11")
    assert cannot_be("meeting_date", "1998-01-05", "") == ""


def test_two_columns_of_one_meaning_keep_both_their_words(tmp_path: Path) -> None:
    found = tracker(
        tmp_path,
        ["Ref", "Recommendation", "Action", "Comments", "Notes", "Update", "Update"],
        ["X/1", "Publish the policy.", "Sent to legal", "too dear", "see May", "begun", "done"],
    )

    assert dict(found.lines[0].values) == {
        "reference": "X/1",
        "text_minuted": "Publish the policy.",
        "note": "Action: Sent to legal; Comments: too dear; Notes: see May",
        "progress": "Update: begun; Update: done",
    }
    assert "'Update' and 'Update' are all read as progress: their words are joined" in found.told


def test_an_action_alone_is_what_is_asked_for(tmp_path: Path) -> None:
    found = tracker(tmp_path, ["Ref", "Action"], ["X/1", "Mend the weir."])

    assert found.lines[0].values["text_minuted"] == "Mend the weir."


def test_a_colour_beside_a_status_does_not_replace_it(tmp_path: Path) -> None:
    found = tracker(tmp_path, ["Ref", "Status", "RAG Status"], ["X/1", "Paused", "Amber"])

    assert found.lines[0].values["status"] == "paused"


def test_two_columns_that_contradict_are_told_and_neither_is_taken(tmp_path: Path) -> None:
    found = tracker(tmp_path, ["Ref", "Agreed", "Response"], ["X/1", "Yes", "No"])

    assert "response" not in found.lines[0].values
    assert found.lines[0].faults[0].startswith("response: 'Yes' and 'No' ")


def test_headings_are_found_under_a_title(tmp_path: Path) -> None:
    found = tracker(
        tmp_path, ["Tracker 2025/26", "", ""], [], ["Ref", "Recommendation"], ["X/1", "Mend it."]
    )

    assert [(line.number, line.values["reference"]) for line in found.lines] == [(4, "X/1")]


def test_a_word_of_a_row_is_no_row_of_headings(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no heading"):
        tracker(tmp_path, ["x", "y"], ["1", "No"])


def test_the_sheet_with_the_headings_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Cover"
    sheet["A1"] = "Tracker 2025/26"
    sheet.merge_cells("A1:D1")
    for name in ("Housing", "Health"):
        more = book.create_sheet(name)
        more["A1"] = f"{name} 2025/26"
        more.merge_cells("A1:B1")
        more.append(["Ref", "Recommendation"])
        more.append([f"{name}/1", "Mend it."])
    book.save(tmp_path / "theirs.xlsx")

    found = read_tracker(tmp_path / "theirs.xlsx")

    assert [line.values["reference"] for line in found.lines] == ["Housing/1"]
    assert [told.split(" is ")[0] for told in found.told] == ["sheet 'Cover'", "sheet 'Health'"]


def test_a_heading_may_offer_its_answers(tmp_path: Path) -> None:
    found = tracker(tmp_path, ["Ref", "Agreed (Yes / No / In part)"], ["X/1", "In part"])

    assert found.lines[0].values["response"] == "accepted_in_part"


@pytest.mark.parametrize(
    ("column", "cell", "state"),
    [
        ("status", "Closed - complete", "complete"),
        ("status", "Amber - ongoing", "in_progress"),
        ("status", "Amber (ongoing)", "in_progress"),
        ("response", "Approved", "accepted"),
        ("response", "Partially", "accepted_in_part"),
    ],
)
def test_states_in_a_clerks_words(column: str, cell: str, state: str) -> None:
    assert read(column, cell) == (state, "")


@pytest.mark.parametrize("cell", ["Green - ongoing", "Complete - no", "Complete? no"])
def test_a_state_that_contradicts_itself_is_none(cell: str) -> None:
    assert read("status", cell)[0] == ""


@pytest.mark.parametrize("cell", ["06/13/2026", "6.13.26"])
def test_there_is_no_thirteenth_month(cell: str) -> None:
    assert read("action_due", cell)[0] == ""
    assert "has no month 13; days are read day first" in read("action_due", cell)[1]


def test_words_of_a_state_that_no_column_holds_are_kept_as_a_note(tmp_path: Path) -> None:
    found = tracker(
        tmp_path,
        ["Ref", "Status", "Agreed", "Comments"],
        ["X/1", "Red", "Minded to", "see May"],
        ["X/2", "Not started", "Yes", ""],
    )
    first, second = found.lines

    assert first.values["note"] == "see May; Status: Red; Agreed: Minded to"
    assert "note" not in second.values


def test_the_older_form_of_a_tracker_is_read_with_its_committee(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text(
        "No.,Recommendation,Priority,Responsible,Agreed (Yes / No / In part),Reason,Date\n"
        "1,Mend the weir.,High,The Engineer,Yes,It leaks.,02/03/2023\n"
    )
    (line,) = read_tracker(path, committee="Housing Panel").lines
    (found,) = compare([line], [])

    assert (found.verdict, found.reference) == (NEW, "HP/2022-23/01")
    assert (line.values["lead_officer"], line.values["response_reason"]) == (
        "The Engineer",
        "It leaks.",
    )


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "utf-8"), ("\t", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1252"), (",", "utf-16")],
)
def test_any_text_that_a_spreadsheet_writes_is_read(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    path = tmp_path / "theirs.csv"
    rows = [["Ref", "Recommendation"], ["X/1", "Mend it, and the café"]]
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)

    assert dict(read_tracker(path).lines[0].values) == {
        "reference": "X/1",
        "text_minuted": "Mend it, and the café",
    }


def test_what_a_workbook_does_not_tell_is_a_fault(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Recommendation", "Due date", "Lead officer"])
    sheet.append(["X/1", "Mend it.", "=DATE(2026,9,30)", "#N/A"])
    sheet.append([None, "And the gate.", None, None])
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "theirs.xlsx")

    first, second = read_tracker(tmp_path / "theirs.xlsx").lines

    assert [fault.split(":")[0] for fault in first.faults] == ["action_due", "lead_officer"]
    assert dict(first.values) == {"reference": "X/1", "text_minuted": "Mend it."}
    assert second.values["reference"] == "X/1"


def test_a_row_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    found = tracker(tmp_path, ["Ref", "Recommendation"], ["", "Mend it."], ["X/1", ""])

    told = [row.line.faults[-1] for row in compare(found.lines, [])]
    assert told == [
        "reference: the row has none, and is worded like nothing that is held",
        "text_minuted: the row has no wording, and its reference is none that is held",
    ]
