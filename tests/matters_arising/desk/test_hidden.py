"""Names that are hidden are offered, told and taken by no page of the desk."""

from __future__ import annotations

import io
from zipfile import ZipFile

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

    assert '<option value="Ann Varley">Ann Varley</option>' in offered
    assert "Petty" not in offered
    assert ann.status == 400
    assert "Petty" not in ann.page
    assert [line for line in ledger.all_lines() if line.kind == "speaker"] == []


def test_a_name_withheld_a_moment_ago_is_in_no_document(desk: Desk, ann: Clerk) -> None:
    """Before it is loaded: neither on the page for the agenda nor in what is printed of it."""
    address = "committee=SCSC&for=2026-09-10"

    def told() -> str:
        document = ann.client.get(f"/desk/arising.docx?{address}").content
        with ZipFile(io.BytesIO(document)) as parts:
            words = parts.read("word/document.xml").decode()
        return words + ann.open(f"/desk/arising?{address}")

    before = told()
    line = Decision("withhold", "withheld", "B", now(), name="Grace Okoro")
    Ledger(desk.app.state.desk.home).append([line])

    assert "Okoro" in before
    assert "Okoro" not in told()
