"""Minutes are split into the points that a person finds in them, each of the right kind.

The documents in ``minutes/apart`` were written after the rules and no rule was changed since they
were first read: what is found there is what can be expected of minutes of a new council.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from models.minutes.kinds import kind_of
from models.minutes.lists import inline, told_of
from models.minutes.points import points_of
from models.minutes.resolutions import heading_in, resolved_in
from tests.minutes_support import FOLDER, document, expected, fixtures, points
from transcripts.minutes import point_ids
from transcripts.minutes_from.document import read_document
from transcripts.minutes_from.paper import Paragraph, paragraph

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "moderngov"
needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"the shared samples are not in {SAMPLES}"
)


def of(*lines: str) -> list[tuple[str, str, str]]:
    """(heading, label, text) of what some paragraphs resolve."""
    found = resolved_in([paragraph(line) for line in lines])
    return [(r.heading, r.told.label, r.told.text) for r in found]


def test_every_point_is_found_word_for_word_and_nothing_else() -> None:
    wrong = []
    for path in fixtures("tuned"):
        found = [(p.minute_no, p.label, p.heading, p.text) for p in points(path)]
        wanted = [(no, label, heading, text) for no, label, heading, _, text in expected(path)]
        wrong += [(path.name, x) for x in set(found) ^ set(wanted)]

    assert wrong == []


@pytest.mark.parametrize(
    ("folder", "precision", "recall", "kinds"),
    [("tuned", 1.0, 1.0, 0.97), ("apart", 0.85, 0.85, 0.85)],
)
def test_points_and_their_kinds_are_told_as_well_as_stated(
    folder: str, precision: float, recall: float, kinds: float
) -> None:
    found, wanted = {}, {}
    for path in fixtures(folder):
        found |= {(path.name, p.minute_no, p.text): p.kind for p in points(path)}
        wanted |= {(path.name, no, text): kind for no, _, _, kind, text in expected(path)}
    both = found.keys() & wanted.keys()

    assert len(both) / len(found) >= precision
    assert len(both) / len(wanted) >= recall
    assert sum(found[x] == wanted[x] for x in both) / len(both) >= kinds


def test_wordings_of_all_kinds_are_told_apart() -> None:
    rows = (FOLDER / "wordings" / "tuned.tsv").read_text(encoding="utf-8").splitlines()
    wanted = [row.split("\t") for row in rows]

    right = [kind_of(text, heading)[0] == kind for kind, heading, text in wanted]

    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "It was noted that the rounds would start in August.",
        "Members agreed that the evidence was moving.",
        "The committee had resolved in March to wait.",
        "The recommendations were discussed at length.",
        "A list of matters was received from the clerk.",
        "The matter had been RESOLVED in March.",
    ],
)
def test_what_is_only_discussion_decides_nothing(text: str) -> None:
    assert heading_in(text) is None


def test_what_a_report_asks_members_to_do_is_not_what_they_resolved() -> None:
    found = of(
        "Recommendations:", "1. That Members note the report.", "RESOLVED", "That it be sent back."
    )

    assert found == [("RESOLVED", "", "That it be sent back.")]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ("The committee resolved to ask the Director to report back.",),
            [("RESOLVED", "", "to ask the Director to report back.")],
        ),
        (
            ("The Panel made the following recommendations:", "1. That A pay.", "2. That B act."),
            [("RECOMMENDED", "1", "That A pay."), ("RECOMMENDED", "2", "That B act.")],
        ),
        (
            ("Recommendation 1 – that Cabinet build", "Recommendation 2 – that Cabinet pay"),
            [("RECOMMENDED", "", "that Cabinet build"),
             ("RECOMMENDED", "", "that Cabinet pay")],
        ),
        (
            ("RECOMMENDATION: That the Cabinet Member for Transport restore route 9.",),
            [("RECOMMENDED", "", "That the Cabinet Member for Transport restore route 9.")],
        ),
        (("RECOMMENDATION: That the Committee notes the report.",), []),  # the paper's own
        (("The committee discussed the following recommendations.",), []),
    ],
)  # fmt: skip
def test_what_was_put_in_other_set_phrases_is_found(
    lines: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    assert of(*lines) == found


def test_who_is_to_act_in_a_column_of_its_own_is_no_point() -> None:
    import docx

    made = docx.Document()
    made.add_paragraph("Minutes of the Scrutiny Committee of 11 June 2026")
    table = made.add_table(rows=0, cols=3)
    for cells in (
        ("No", "Minute", "Action by"),
        ("6.", "Cameras. RESOLVED: That the Cabinet be recommended to fund a review.", "JS"),
        ("7.", "Damp. RESOLVED: That the Cabinet be asked to act.", "Head of Housing"),
    ):
        row = table.add_row().cells
        for cell, words in zip(row, cells, strict=True):
            cell.text = words
    out = io.BytesIO()
    made.save(out)
    found = points_of(read_document(out.getvalue(), "m.docx"), "m", "Scrutiny Committee")

    assert [p.text for p in found] == [
        "That the Cabinet be recommended to fund a review.",
        "That the Cabinet be asked to act.",
    ]


def test_a_list_goes_on_after_a_paragraph_of_its_own() -> None:
    found = of(
        "RESOLVED", "1. That A be done.", "This takes a year.", "2. That B be done.", "The end."
    )

    assert found == [
        ("RESOLVED", "1", "That A be done. This takes a year."),
        ("RESOLVED", "2", "That B be done."),
    ]


def test_numbered_paragraphs_of_the_discussion_are_no_points() -> None:
    found = of("5.1 Members spoke.", "RESOLVED", "1. That A be done.", "5.2 Members left.")

    assert found == [("RESOLVED", "1", "That A be done.")]


def test_what_stands_before_a_list_belongs_to_each_of_its_points() -> None:
    lead, entries = inline("That Cabinet be asked to: (a) open the pool; and (b) cut the price")

    made = told_of(lead, entries)

    assert [(t.lead, t.label, t.text) for t in made] == [
        ("That Cabinet be asked to:", "a", "open the pool"),
        ("That Cabinet be asked to:", "b", "cut the price"),
    ]


def test_an_h_is_followed_by_an_i_and_an_a_by_a_roman_one() -> None:
    letters = told_of("", [(f"({c})", f"That {c} be done at once by us.") for c in "abcdefghi"])
    nested = told_of(
        "",
        [
            ("(a)", "That Cabinet:"),
            ("(i)", "open the pool on every day of the year"),
            ("(ii)", "heat it"),
        ],
    )

    assert [t.label for t in letters] == list("abcdefghi")
    assert [t.label for t in nested] == ["a(i)", "a(ii)"]


def test_votes_movers_and_seconders_are_kept() -> None:
    said = [
        "Councillor Una Brightwater moved and Councillor Silas Penhaligon seconded the motion.",
        "RESOLVED, by 5 votes to 2, that the pool be opened.",
    ]

    (found,) = resolved_in([Paragraph(t) for t in said])

    assert (found.mover, found.seconder, found.vote, found.told.text) == (
        "Councillor Una Brightwater",
        "Councillor Silas Penhaligon",
        "by 5 votes to 2",
        "that the pool be opened.",
    )


def test_an_amendment_that_was_lost_is_nothing_to_be_done() -> None:
    found = [p for p in points(FOLDER / "tuned" / "panel.txt") if p.heading == "LOST"]

    assert [(p.kind, p.tracked) for p in found] == [("procedure", False)]


def test_what_an_executive_decides_is_its_own_action_and_no_recommendation() -> None:
    text = "ask the Director of Safety to publish a protocol"

    assert kind_of(text, "RESOLVED", "Safer Communities Scrutiny Committee")[0] == "recommendation"
    assert kind_of(text, "RESOLVED", "Mayor and Cabinet")[0] == "action"


def test_a_point_keeps_its_id_while_its_words_and_its_item_stay() -> None:
    first = points(FOLDER / "tuned" / "panel.txt")

    again = point_ids("m", [*first[1:], first[0]])

    assert {p.id for p in first} == {p.id for p in again}
    assert len({p.id for p in first}) == len(first)


@pytest.mark.parametrize("folder", ["tuned", "apart"])
def test_every_point_is_verbatim(folder: str) -> None:
    """Its words stand in the document, in one piece but for line breaks and list numbers."""
    for path in fixtures(folder):
        data, name = document(path)
        paper = read_document(data, name)
        words = " ".join(
            f"{p.label} {p.text}".strip() if p.label and "•" not in p.label else p.text
            for s in paper.sections
            for p in (*s.paragraphs, *s.decision, *map(Paragraph, s.actions))
        )
        for point in points_of(paper, "m"):
            assert point.text in words


@needs_samples
def test_the_points_of_a_whole_meeting_of_moderngov() -> None:
    data = (SAMPLES / "getmeeting-scrutiny.xml").read_bytes()

    found = points_of(read_document(data, "a.xml"), "m", "Safer Neighbourhoods Select Committee")

    assert [(p.minute_no, p.label, p.heading, p.kind) for p in found] == [
        ("1", "", "RESOLVED", "agreement of minutes"),
        ("2", "", "ACTION", "information request"),
        ("5", "1", "RESOLVED", "recommendation"),
        ("5", "2", "RESOLVED", "information request"),
        ("8", "", "RESOLVED", "procedure"),
    ]


@needs_samples
def test_the_answer_of_an_executive_is_read_with_its_lead() -> None:
    data = (SAMPLES / "getmeeting-cabinet-response.xml").read_bytes()

    found = points_of(read_document(data, "a.xml"), "m", "Mayor and Cabinet")

    assert [(p.label, p.kind, p.lead) for p in found] == [
        ("1", "action", "that Mayor and Cabinet:"),
        ("2", "action", "that Mayor and Cabinet:"),
    ]


@needs_samples
def test_a_page_of_one_decision_is_read() -> None:
    data = (SAMPLES / "decision-page.html").read_bytes()

    (found,) = points_of(read_document(data, "a.html"), "m")

    assert (found.kind, found.label, found.item_title) == (
        "recommendation",
        "1",
        "Live facial recognition",
    )
