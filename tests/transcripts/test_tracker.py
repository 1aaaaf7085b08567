"""What clerks take away opens, means what it says, and comes back in unchanged."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from transcripts.columns import COLUMNS
from transcripts.life import Entry
from transcripts.tracker import agenda, agenda_pages
from transcripts.tracker.compare import (
    ADDS,
    CONFLICT,
    DOUBTFUL,
    NEW,
    SAME,
    UNREADABLE,
    compare,
)
from transcripts.tracker.docx import as_docx
from transcripts.tracker.ics import as_ics
from transcripts.tracker.incoming import read_tracker
from transcripts.tracker.rows import as_csv
from transcripts.tracker.taken import decisions
from transcripts.tracker.xlsx import as_xlsx

TODAY = date(2026, 9, 10)
ONE = Entry(
    reference="SCSC/2026-27/01",
    committee="Safer Communities Scrutiny Committee",
    meeting_date="2026-06-11",
    agenda_item="4",
    text_spoken="Seven days' notice of the van to every councillor.",
    recipient="the police",
    recipient_kind="police",
    action_due="2026-07-31",
    response_due="2026-08-11",
    due_kind="estimated",
    recommendation="agreed",
    rag="Amber",
    link="https://example.org/meeting#t=61",
)
TWO = replace(
    ONE,
    reference="SCSC/2026-27/02",
    text_spoken="=HYPERLINK(0) said the clerk, and a lamp at the gate of every school.",
    recipient="Cabinet Member for Places",
    action_due="",
    response="accepted",
    response_date="2026-07-16",
    response_body="Cabinet",
    status="complete",
    open=False,
    evidence_urls=("https://example.org/lamps",),
)
THREE = replace(ONE, reference="SCSC/2026-27/03", silent=True, text_spoken="Mend the weir.")
ALL = (ONE, TWO, THREE)
LOOKED = {THREE.reference: [agenda.Looked(date(2026, 7, 16), "Safer Communities", 0.94)]}


def test_the_spreadsheet_has_the_tracker_columns_real_days_and_no_formula() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(as_xlsx(ALL, made_on=TODAY)))
    sheet = book["Register"]

    assert [c.value for c in sheet[1]] == list(COLUMNS)
    assert sheet.cell(2, COLUMNS.index("meeting_date") + 1).value.date() == date(2026, 6, 11)
    assert "f" not in {c.data_type for row in sheet.iter_rows() for c in row}
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    assert sheet.cell(3, COLUMNS.index("evidence_urls") + 1).hyperlink is not None
    assert "formal record" in str([c.value for row in book["About"] for c in row])


@pytest.mark.parametrize("pasted", ["one\x0btwo", "a bell\x07", "\x00"])
def test_a_control_character_blocks_no_export(pasted: str) -> None:
    """Word breaks a line with one that no spreadsheet takes; a ledger of old may hold it."""
    odd = replace(ONE, note=pasted, text_spoken=pasted, recipient=pasted)
    paper = agenda_pages.as_docx(replace(page(), searched=pasted, committee=pasted))

    made = (as_xlsx([odd], made_on=TODAY), as_docx([odd], made_on=TODAY), paper, as_ics([odd]))

    assert all(made)
    assert pasted not in as_csv([odd]) + as_ics([odd]).decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_exported_comes_back_as_the_same(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"tracker.{ending}"
    made = {"csv": lambda: as_csv(ALL).encode(), "xlsx": lambda: as_xlsx(ALL, made_on=TODAY)}
    path.write_bytes(made[ending]())

    found = compare(read_tracker(path).lines, ALL)

    assert [f.verdict for f in found] == [SAME] * 3


def test_a_document_repeats_its_head_numbers_its_pages_and_names_its_language() -> None:
    from docx import Document

    document = Document(io.BytesIO(as_docx(ALL, made_on=TODAY)))
    head = document.tables[0].rows[0]

    assert [c.text for c in head.cells][:2] == ["Reference", "Made"]
    assert "tblHeader" in head._tr.xml
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.core_properties.language == "en-GB"
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_calendar_holds_what_is_open_with_ids_that_stay() -> None:
    from icalendar import Calendar

    stamp = datetime(2026, 9, 1, tzinfo=UTC)
    first, second = (Calendar.from_ical(as_ics(ALL, now=stamp)) for _ in range(2))
    events = list(first.walk("VEVENT"))

    assert [str(e["uid"]) for e in events] == [str(e["uid"]) for e in second.walk("VEVENT")]
    assert len(events) == 4  # two days each of what is open; what is done has none
    told = "".join(str(e["description"]) for e in events)
    assert "estimated" in told
    assert "breach" not in told


def test_a_tracker_with_headings_of_its_own_is_understood_and_compared(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(
        "Ref,Date,Recommendation,Area,Status,Exec Date,Agreed\n"
        "SCSC/2026-27/01,11/06/2026,Seven days' notice,the police,Ongoing,16 July 2026,In part\n"
        "SCSC/2026-27/02,11/06/2026,A lamp,Cabinet Member for Roads,Green,16/07/2026,Yes\n"
        "SCSC/2025-26/09,05/03/2026,Paint the bandstand,Parks,Complete,,\n"
        ",11/06/2026,Mend the weir,,,,\n"
        "SCSC/2026-27/03,the day after,Mend the weir,,wobbly,,\n"
        ",,,the police,,,\n",
        encoding="utf-8",
    )

    tracker = read_tracker(path)
    found = compare(tracker.lines, ALL)

    assert tracker.headings["Exec Date"] == "response_date"
    assert [f.verdict for f in found] == [ADDS, CONFLICT, NEW, DOUBTFUL, ADDS, UNREADABLE]
    assert found[4].adds == (("note", "Status: wobbly"),)
    assert dict(found[0].adds)["response"] == "accepted_in_part"
    assert found[1].conflicts == (
        ("recipient", "Cabinet Member for Places", "Cabinet Member for Roads"),
    )
    assert len(found[4].line.faults) == 2


def test_a_contradiction_is_written_only_where_the_tracker_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("reference,recipient\nSCSC/2026-27/02,Parks\n", encoding="utf-8")
    (found,) = compare(read_tracker(path).lines, ALL)

    def lines(take: bool) -> list[tuple[str, str]]:
        made = decisions(found, who="Ada", when="2026-09-10", source="theirs.csv", take=take)
        return [(d.column, d.verdict) for d in made]

    assert lines(False) == []
    assert lines(True) == [("recipient", "Parks")]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("a.xlsx", b"no workbook"), ("a.pdf", b"%PDF"), ("a.csv", b"x,y\n1,2\n")],
)
def test_what_is_no_tracker_gets_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(BadInputError, match=name):
        read_tracker(tmp_path / name)


def page() -> agenda.Agenda:
    sections = (
        agenda.due(ALL, TODAY, LOOKED),
        agenda.answered(ALL, "2026-07-01", TODAY),
        agenda.done(ALL),
        agenda.silent(ALL, LOOKED),
    )
    return agenda.Agenda("Safer Communities", TODAY, "2026-07-16", sections, "2 meetings.")


def test_the_agenda_tells_what_is_due_answered_done_and_silent_and_accuses_nobody() -> None:
    made = page()
    told = {s.title: [i.reference[-2:] for i in s.items] for s in made.sections}

    assert told == {
        "Due by this meeting": ["01", "03"],
        "Answered since the last meeting": ["02"],
        "Done or ended": ["02"],
        "Silent": ["03"],
    }
    text = agenda_pages.as_markdown(made)
    assert "No response found in the records loaded, last looked 16 Jul 2026" in text
    assert "breach" not in text + agenda_pages.as_html(made)


def test_the_agenda_of_a_day_does_not_know_what_was_answered_after_it() -> None:
    answered = max(e.response_date for e in ALL)
    before = date.fromisoformat(answered) - timedelta(days=1)

    assert agenda.answered(ALL, "", date.fromisoformat(answered)).items
    assert not [i for i in agenda.answered(ALL, "", before).items if i.reference[-2:] == "02"]


@pytest.mark.parametrize(
    ("status", "progress", "reason", "told"),
    [
        ("complete", "complete (Clerk, 2026-09-01)", "complete", ["complete (Clerk, 2026-09-01)"]),
        ("superseded", "merged into X/01", "superseded", ["superseded", "merged into X/01"]),
        ("complete", "All in. (Clerk)", "seen", ["complete", "All in. (Clerk)", "seen"]),
    ],
)
def test_the_agenda_does_not_say_a_state_twice(
    status: str, progress: str, reason: str, told: list[str]
) -> None:
    ended = replace(TWO, recipient="", status=status, progress=progress, closed_reason=reason)

    assert list(agenda.done([ended]).items[0].lines) == told


def test_what_was_said_cannot_become_markup() -> None:
    loud = replace(ONE, text_spoken="<script>x</script> [a](b) *c*", silent=True)
    made = replace(page(), sections=(agenda.silent([loud], LOOKED),))

    assert "<script>" not in agenda_pages.as_html(made)
    assert "\\<script\\>" in agenda_pages.as_markdown(made)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("name", ["register.xlsx", "register.docx", "arising.docx"])
def test_libreoffice_opens_what_is_written(tmp_path: Path, name: str) -> None:
    made = {
        "register.xlsx": lambda: as_xlsx(ALL, made_on=TODAY),
        "register.docx": lambda: as_docx(ALL, made_on=TODAY),
        "arising.docx": lambda: agenda_pages.as_docx(page()),
    }
    (tmp_path / name).write_bytes(made[name]())
    where = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", where, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]

    subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True, timeout=120)

    assert (tmp_path / name).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
