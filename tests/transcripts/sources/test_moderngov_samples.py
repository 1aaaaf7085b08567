"""The invented answers that lie beside the project, served as a council would."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply
from tests.transcripts.sources.fetching import fetched, settled
from tests.transcripts.sources.moderngov_support import CONFIG, SERVICE
from transcripts.manifest import read_meeting
from transcripts.sources.land import UNHEARD
from transcripts.sources.landed import read_landed

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "moderngov"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"the shared samples are not in {SAMPLES}"
)
NAMES = {"5101": "getmeeting-scrutiny.xml", "5230": "getmeeting-cabinet-response.xml"}


@pytest.fixture
def place(server: CouncilServer, tmp_path: Path) -> Path:
    def sample(name: str) -> Reply:
        return Reply((SAMPLES / name).read_bytes(), headers={"Content-Type": "text/xml"})

    def one(asked: Asked) -> Reply:
        return sample(NAMES[asked.query["lmeetingid"]])

    server.routes |= {
        f"{SERVICE}/GetAllMeetingsByDate": sample("getallmeetingsbydate.xml"),
        f"{SERVICE}/GetCouncillorsByWard": sample("getcouncillorsbyward.xml"),
        f"{SERVICE}/GetCommittees": sample("getcommittees.xml"),
        f"{SERVICE}/GetMeeting": one,
    }
    return settled(tmp_path, CONFIG.format(base=server.base))


def test_both_meetings_come_with_people_agenda_and_minutes(place: Path) -> None:
    day = datetime.date(2025, 12, 31)

    report = fetched(place, since=day.replace(month=1, day=1), until=day)

    scrutiny, cabinet = report.landed
    assert [UNHEARD in m.notes for m in (scrutiny, cabinet)] == [True, False]
    held = read_meeting(scrutiny.folder / "waiting.toml")
    assert report.faults == ()
    assert [len(read_landed(m.folder).of_kind("minutes")) for m in (scrutiny, cabinet)] == [1, 1]
    assert (held.chair, held.start) == ("Councillor Imelda Crane", "19:00")
    assert [a.restricted for a in held.agenda].count(True) == 1
    assert {p.name for p in held.people if p.name.endswith("Teasdale")} == {
        "Councillor Rohan Teasdale",
        "Councillor Gethin Teasdale",
    }
    written = b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file())
    private = (b"PRIVATE", b"ZZ1 1ZZ", b"00000 000000", b"scrutiny@ashmere", b"smallpic", b"70020")
    assert [word for word in private if word in written] == []
