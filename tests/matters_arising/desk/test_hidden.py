"""Names that are hidden are offered, told and taken by no page of the desk."""

from __future__ import annotations

from tests.matters_arising.desk.support import Clerk, Desk
from transcripts.ledger import Decision, Ledger, now


def test_a_name_withheld_with_or_without_its_title_is_given_to_no_voice(
    desk: Desk, ann: Clerk
) -> None:
    """Neither offered nor taken, nor told in the refusal."""
    ledger = Ledger(desk.app.state.desk.home)
    ledger.append([Decision("withhold", "withheld", "B", now(), name="Councillor Tom Petty")])
    ann.open("/desk/review?kind=voice")
    address = ann.links("/desk/review/")[0]
    ann.open(address)
    offered = ann.page
    ann.send(address, verdict="name", name="Tom Petty")

    assert "<option>Ann Varley</option>" in offered
    assert "Petty" not in offered
    assert ann.status == 400
    assert "Petty" not in ann.page
    assert [line for line in ledger.all_lines() if line.kind == "speaker"] == []
