"""People's decisions win over the machine, and both can be seen apart."""

from __future__ import annotations

from pathlib import Path

from tests.warehouse import builders as b
from transcripts.ledger import Decision
from warehouse import store
from warehouse.listings import listing, recommendation
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.search import search

JUNE = b.done("june")
SHA = b.sha_of("june")
WHEN = "2026-06-20T10:00:00+01:00"
CONCERN = JUNE.transcripts[0].findings.findings[0]
ASKED = JUNE.transcripts[0].findings.findings[1]


def decided(kind: str, verdict: str, **about: object) -> Decision:
    """A decision of the clerk about the June meeting."""
    return Decision(kind, verdict, "the clerk", WHEN, recording_sha256=SHA, **about)  # type: ignore[arg-type]


def speaker_of(reader: Reader, voice: str) -> tuple[object, ...]:
    """What one voice is called, by whom, and what the machine called it."""
    columns = "speaker, person, decided_by, decided_when, machine_speaker"
    found = reader.con.view("speakers").filter(f"voice = '{voice}'").project(columns).fetchone()
    return tuple(found or ())


def test_a_persons_naming_of_a_voice_is_shown_everywhere_and_the_machines_kept(
    tmp_path: Path,
) -> None:
    """In the views, in search, and found by the new name."""
    store.load(tmp_path, [JUNE], decisions=[decided("speaker", "Dr Grace Okoro", voice="V2")])

    with open_reader(tmp_path) as reader:
        named = speaker_of(reader, "V2")
        (hit,) = search(reader, "cameras", filters=Filters(speaker="grace okoro")).hits
    assert named == ("Dr Grace Okoro", "Dr Grace Okoro", "the clerk", WHEN, "Cllr Tom Petty")
    assert (hit.speaker, hit.machine_made) == ("Dr Grace Okoro", False)


def test_a_voice_that_nobody_knows_loses_its_name(tmp_path: Path) -> None:
    """An empty verdict means nobody."""
    store.load(tmp_path, [JUNE], decisions=[decided("speaker", "", voice="V2")])

    with open_reader(tmp_path) as reader:
        assert speaker_of(reader, "V2")[:3] == ("Speaker 2", None, "the clerk")


def test_a_voice_of_whom_two_things_are_decided_waits_under_no_name(tmp_path: Path) -> None:
    """A re-run made one voice of two: neither decision is about it, nor is the machine believed."""
    (own,) = [u for u in JUNE.transcripts[0].transcript.utterances if u.voice == "V2"][:1]
    half = (own.start_s + own.end_s) / 2
    parts = [("Dr Grace Okoro", own.start_s, half), ("Mr Sam Ives", half, own.end_s)]
    lines = [decided("speaker", n, start_s=a, end_s=b, id=n[:2]) for n, a, b in parts]
    store.load(tmp_path, [JUNE], decisions=lines)

    with open_reader(tmp_path) as reader:
        assert speaker_of(reader, "V2")[:3] == ("Speaker 2", None, "machine")


def test_a_rejected_finding_leaves_listings_and_hits_but_not_the_view_of_all(
    tmp_path: Path,
) -> None:
    """Restoring it, or taking the decision back, brings it in again."""
    rejected = decided("finding", "rejected", finding_id=CONCERN.id)
    store.load(tmp_path, [JUNE], decisions=[rejected])
    with open_reader(tmp_path) as reader:
        gone = listing(reader, "concern")
        (hit,) = search(reader, "cameras").hits
        kept = reader.con.view("findings").filter("kind = 'concern'")
        standing = kept.project("standing, decided_by, decided_when").fetchall()
    store.load(tmp_path, [], decisions=[])
    with open_reader(tmp_path) as reader:
        back = listing(reader, "concern")

    assert (gone, hit.kinds) == ([], ())
    assert standing == [("rejected by a person", "the clerk", WHEN)]
    assert [row.quote for row in back] == [CONCERN.quote]


def test_a_decision_finds_its_finding_again_by_its_seconds(tmp_path: Path) -> None:
    """When another engine cut the words otherwise and the id changed."""
    about = {"finding_id": "an older id", "start_s": CONCERN.start_s, "end_s": CONCERN.end_s}
    store.load(tmp_path, [JUNE], decisions=[decided("finding", "rejected", **about)])

    with open_reader(tmp_path) as reader:
        assert listing(reader, "concern") == []


def test_a_reference_is_shown_and_finds_its_recommendation(tmp_path: Path) -> None:
    """Handed in as a mapping or as a line of the ledger."""
    one, other = tmp_path / "one", tmp_path / "other"
    store.load(one, [JUNE], references={ASKED.id: "SCSC/2026-27/01"})
    line = decided("reference", "SCSC/2026-27/01", finding_id=ASKED.id)
    store.load(other, [JUNE], decisions=[line])

    found = []
    for home in (one, other):
        with open_reader(home) as reader:
            found.append(recommendation(reader, "scsc/2026-27/01").quote)
    assert found == [ASKED.quote, ASKED.quote]


def test_decisions_reach_meetings_loaded_long_before(tmp_path: Path) -> None:
    """A load without meetings brings the warehouse up to date."""
    store.load(tmp_path, [JUNE])
    report = store.load(tmp_path, [], decisions=[decided("speaker", "", voice="V3")])

    with open_reader(tmp_path) as reader:
        assert (report.meetings, speaker_of(reader, "V3")[0]) == (0, "Speaker 3")
