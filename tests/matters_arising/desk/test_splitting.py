"""A recommendation that became several, at the desk."""

from __future__ import annotations

from tests.matters_arising.desk.support import REFERENCE, Clerk, Desk
from transcripts.ledger import Ledger

PAGE = f"/desk/register/{REFERENCE}"


def test_a_split_enters_new_ones_a_line_each(desk: Desk, ann: Clerk) -> None:
    ann.open(PAGE)
    ann.send(PAGE, verb="split", parts="Print the schedule\n\nPost it")
    *_, first, second, whole = Ledger(desk.app.state.desk.home).all_lines()

    assert [first.verdict, second.verdict] == ["Print the schedule", "Post it"]
    assert whole.others == (first.reference, second.reference)


def test_a_split_into_nothing_is_refused(desk: Desk, ann: Clerk) -> None:
    ann.open(PAGE)
    ann.send(PAGE, verb="split", others=" ", parts=" ")

    assert ann.status == 400
    assert "the words of each new one" in ann.words
