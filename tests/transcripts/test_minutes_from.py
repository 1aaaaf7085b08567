"""Minutes are read from what councils publish, and what is not minutes says what it is."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from models.minutes.points import points_of
from tests.minutes_support import FOLDER, document, docx_of, pdf_of
from transcripts.meeting import AgendaItem
from transcripts.minutes_from.document import MOST_BYTES, check_size, read_document
from transcripts.minutes_from.labels import parted, style
from transcripts.minutes_from.lines import paragraphs_from
from transcripts.minutes_from.markup import paragraphs_of
from transcripts.minutes_from.open_part import open_part
from transcripts.minutes_from.paper import Paper, Paragraph, Section

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "moderngov"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE meeting [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<meeting><meetingid>&b;</meetingid></meeting>"""
STEALING = b"""<?xml version="1.0"?><!DOCTYPE meeting SYSTEM "file:///etc/hostname"><meeting/>"""
SHORT = "Minutes of the meeting of the Committee held on 9 July 2026\n\nRESOLVED: That it be noted."


def paper(name: str) -> Paper:
    """One of the project's own documents, read."""
    data, called = document(FOLDER / name)
    return read_document(data, called)


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("1. To recommend", "1.", "To recommend"),
        ("(a)\u00a0\u00a0\u00a0that", "(a)", "that"),
        ("iv) that", "iv)", "that"),
        ("5.2. Members asked", "5.2.", "Members asked"),
        ("•\tfund it", "•", "fund it"),
        ("31.", "31.", ""),
        ("7.30 pm was the start", "", "7.30 pm was the start"),
        ("5.2 million pounds", "", "5.2 million pounds"),
        ("2026 was dry", "", "2026 was dry"),
        ("A. Renn spoke", "", "A. Renn spoke"),
    ],
)
def test_a_list_number_is_parted_from_the_words_and_nothing_else_is(
    text: str, label: str, words: str
) -> None:
    assert parted(text) == (label, words)


def test_numbers_tell_what_counts_them() -> None:
    labels = ("1.", "(a)", "ii)", "5.2", "B)", "·")

    assert [style(x) for x in labels] == ["digit", "alpha", "roman", "dotted", "upper", "bullet"]


def test_only_tags_end_a_paragraph_of_html() -> None:
    found = paragraphs_of("<p>RESOLVED<br>that it\nbe done</p><p>&nbsp;</p><ol><li>One<li>Two</ol>")

    told = [(p.label, p.text) for p in found]
    assert told == [("", "RESOLVED"), ("", "that it be done"), ("1.", "One"), ("2.", "Two")]


def test_html_nested_without_end_is_refused() -> None:
    with pytest.raises(BadInputError, match="nested deeper"):
        read_document(b"<html>Minutes RESOLVED" + b"<div>" * 20_000, "a.html")


def test_a_paragraph_without_end_is_read_in_bounded_time() -> None:
    text = (
        "Minutes of the Committee\n\nRESOLVED that it be noted and " + "the Director and " * 20_000
    )

    started = time.monotonic()
    points_of(read_document(text.encode(), "a.txt"), "m")

    assert time.monotonic() - started < 20


def test_words_broken_at_the_ends_of_lines_are_made_whole() -> None:
    lines = [
        "The committee asked for publi-",
        "cation of the follow-",
        "up report. A follow-up is due.",
    ]

    (found,) = paragraphs_from(lines)

    assert (
        found.text
        == "The committee asked for publication of the follow-up report. A follow-up is due."
    )


def test_the_headers_and_footers_of_pages_are_no_part_of_the_minutes() -> None:
    found = paper("tuned/crime.pdf.txt")

    words = " ".join(p.text for s in found.sections for p in s.paragraphs)
    assert "Page" not in words
    assert words.count("Aldermere Borough Council") == 0
    assert "seven days' notification of each deployment" in words


def test_the_numbers_that_word_counts_are_counted() -> None:
    found = paper("tuned/board.docx.txt")

    labels = [p.label for s in found.sections for p in s.paragraphs if p.label]
    assert labels == ["1.", "(a)", "(b)", "2.", "3."]


def test_the_day_of_the_meeting_is_told_from_the_head_of_the_document() -> None:
    days = [paper(n).day for n in ("tuned/panel.txt", "tuned/page.html", "tuned/scrutiny.xml")]

    assert days == [date(2026, 7, 7), date(2026, 6, 18), date(2026, 7, 9)]


def test_an_item_of_the_agenda_is_found_by_its_title_whatever_the_minutes_number_it() -> None:
    data, name = document(FOLDER / "tuned/panel.txt")
    agenda = [
        AgendaItem("4", "Damp and mould in council homes"),
        AgendaItem("5", "Street lighting"),
    ]

    found = read_document(data, name, agenda=agenda)

    told = {(s.minute_no, s.item) for s in found.sections if s.item}
    assert told == {("20", "4"), ("21", "5")}


@pytest.mark.parametrize("name", ["tuned/panel.txt", "tuned/commission.xml", "tuned/council.txt"])
def test_nothing_after_the_public_was_excluded_is_taken_until_it_is_back(name: str) -> None:
    found = paper(name)

    words = " ".join(p.text for s in found.sections for p in (*s.paragraphs, *s.decision))
    assert not any(secret in words for secret in ("ended at once", "for a pound", "be given up"))
    assert any("exclu" in why for why in found.left_out)
    assert "re-admitted" in words or name != "tuned/council.txt"


@pytest.mark.parametrize(
    ("text", "public"),
    [
        (
            "There being no questions, it was RESOLVED that the press and public be excluded. "
            "The settlement of £40,000 was approved.",
            "There being no questions, it was RESOLVED that the press and public be excluded.",
        ),
        (
            "RESOLVED: (1) that the public be excluded; (2) that £40,000 be paid.",
            "RESOLVED: (1) that the public be excluded;",
        ),
        ("RESOLVED that the public be excluded. £40,000 was paid. The public were then readmitted "
         "to the meeting.", "RESOLVED that the public be excluded. The public were then readmitted "
         "to the meeting."),
        ("The motion that the public be excluded was lost. £4 was paid.", ""),
        ("It was agreed that there was no reason to exclude the public. £4 was paid.", ""),
    ],
)  # fmt: skip
def test_what_stands_after_the_exclusion_in_its_own_paragraph_is_not_taken(
    text: str, public: str
) -> None:
    paper = open_part(Paper("text", (Section((Paragraph(text),)),)))

    (section,) = paper.sections
    assert [p.text for p in section.paragraphs] == [public or text]
    assert bool(paper.left_out) == bool(public)


def test_text_of_a_restricted_item_is_never_taken() -> None:
    found = paper("tuned/scrutiny.xml")

    restricted = [s for s in found.sections if s.restricted]
    assert [(s.title, s.paragraphs, s.decision) for s in restricted] == [
        ("Staffing matter", (), ())
    ]


def test_a_meeting_that_had_no_reason_to_exclude_anybody_is_read_to_its_end() -> None:
    found = paper("tuned/health.pdf.txt")

    assert found.left_out == ()
    assert "standing orders" in found.sections[-1].paragraphs[-1].text


def test_titles_escaped_twice_are_read_as_they_are_shown() -> None:
    titles = [s.title for s in paper("tuned/scrutiny.xml").sections]

    assert titles[1:3] == ["Buses & trams in Aldermere", "Young people's services"]


def test_text_of_old_windows_is_read() -> None:
    found = read_document(
        "Minutes of the Committee\n\nRESOLVED – it’s £5".encode("cp1252"), "a.txt"
    )

    assert found.sections[0].paragraphs[-1].text == "RESOLVED – it’s £5"


def test_words_of_a_tracked_change_count_as_they_stand_now() -> None:
    import docx
    from docx.oxml import parse_xml

    made = docx.Document(
        io.BytesIO(docx_of("P: Minutes of the Committee\nP: RESOLVED that it be "))
    )
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    last = made.paragraphs[-1]._p
    last.append(parse_xml(f"<w:del {ns}><w:r><w:delText>refused</w:delText></w:r></w:del>"))
    last.append(parse_xml(f"<w:ins {ns}><w:r><w:t>agreed</w:t></w:r></w:ins>"))
    out = io.BytesIO()
    made.save(out)

    found = read_document(out.getvalue(), "a.docx")

    assert found.sections[0].paragraphs[-1].text == "RESOLVED that it be agreed"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a is empty"),
        (b" \n ", "a is empty"),
        (docx_of("P: Minutes")[:900], "a is not a whole DOCX file"),
        (b"PK\x03\x04" + b"x" * 400, "a is not a whole DOCX file"),
        (pdf_of(SHORT, locked=True), "a is locked with a password"),
        (pdf_of(""), "a holds no text, only pictures"),
        (pdf_of(SHORT)[:300], "a is not a whole PDF"),
        (b"%PDF-1.7 nonsense", "a is not a whole PDF"),
        (BOMB, "declares a document type or entities"),
        (STEALING, "declares a document type or entities"),
        (b"<?xml version='1.0'?><meeting><meetingid>", "is not whole XML"),
        (b"<?xml version='1.0' encoding='none-such'?><meeting/>", "is not whole XML"),
        (b"<?xml version='1.0'?><committees/>", "not the answer of GetMeeting"),
        (b"<html><form><input type=password></form></html>", "a page to sign in on"),
        (b"<html><h1>Oops</h1>Something went wrong</html>", "does not read like minutes"),
        (b"<html><div class=mgWordPara>To note.</div></html>", "an agenda but no minutes"),
        (b"Dear all, the picnic is on Friday.", "does not read like minutes"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as DOCX"),
        (b"{\\rtf1 minutes", "save it as DOCX"),
        (b"\x89PNG\0\0\0" + b"\0" * 600, "neither text nor a form of minutes"),
    ],
)  # fmt: skip
def test_what_is_not_minutes_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadInputError) as told:
        read_document(data, "a")

    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_larger_than_minutes_can_be_is_not_even_read() -> None:
    with pytest.raises(BadInputError, match="100 MB"):
        check_size(100_000_000, "pack.pdf")

    assert MOST_BYTES < 100_000_000


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the shared samples are not in {SAMPLES}")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("not-xml-error-page.html", "does not read like minutes"),
        ("getmeeting-cancelled.xml", "was cancelled"),
        ("getmeetings.xml", "not the answer of GetMeeting"),
        ("publici-feed.xml", "not the answer of GetMeeting"),
    ],
)
def test_other_answers_of_a_council_are_told_apart(name: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read_document((SAMPLES / name).read_bytes(), name)
