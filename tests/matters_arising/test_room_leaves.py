"""What leaves the house: no folder of this machine, no withheld name, no private person's page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import webvtt
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from matters_arising.web.reading import Reading
from matters_arising.web.recordings import AT_ONCE
from tests.matters_arising.room_support import (
    CLOSED,
    CUT,
    FACT,
    GONE,
    MEETING,
    PUBLIC,
    SAYS,
    SOUND,
    archive_of,
    asked_of,
    kept,
    pages_of,
)
from tests.matters_arising.web_support import LOCAL, Read
from tests.warehouse import builders
from transcripts.ledger import Decision, Ledger, now
from transcripts.meeting import AgendaItem
from transcripts.processed import Gap
from warehouse.store import load


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four meetings: one to play, one partly in private, one redacted, one whose file is gone."""
    made = tmp_path_factory.mktemp("home")
    private = Gap(60.0, 90.0, "not in open session: the public was excluded")
    cut = Gap(60.0, 90.0, "redacted on a person's decision")
    held = [kept(made, MEETING), kept(made, CLOSED, more=private), kept(made, CUT, more=cut)]
    return archive_of(made, [*held, kept(made, GONE)])


@pytest.fixture(scope="module")
def reader(archive: Path) -> Iterator[TestClient]:
    """Who reads it."""
    app = create_app(archive, encoder=lambda: builders.encode)
    with TestClient(app, base_url=LOCAL) as made:
        yield made


@pytest.fixture(scope="module")
def told(reader: TestClient) -> dict[str, str]:
    """Every kind of page with its twin, its downloads and its pictures, as source."""
    out = [*pages_of(reader), *asked_of("cameras")]
    answers = {address: reader.get(address) for address in out}
    assert {a: r.status_code for a, r in answers.items() if r.status_code != 200} == {}
    return {address: answer.text for address, answer in answers.items()}


def test_no_folder_of_this_machine_leaves_it(told: dict[str, str], archive: Path) -> None:
    """Not in a page, its twin, its downloads; the links lead to the player instead."""
    assert [a for a, text in told.items() if "secret" in text or str(archive) in text] == []
    hit = json.loads(told["/search.json?q=cameras"])["result"]["hits"][0]
    assert hit["link"] == f"/meeting/{MEETING}?t={hit['start_s']:.1f}#now"
    assert hit["link"] in {a["href"] for a in Read(told["/search?q=cameras"]).all("a")}


def test_such_a_link_plays_the_second_it_was_said(reader: TestClient) -> None:
    """The utterance is marked, and the player stands there."""
    hit = reader.get("/search.json?q=%22ran+for+two+days%22").json()["result"]["hits"][0]
    page = Read(reader.get(hit["link"].partition("#")[0]).text)

    (player,) = page.all("audio")
    assert player["src"] == f"/recording/{builders.sha_of(MEETING)}#t={hit['start_s']:.1f}"
    (asked,) = [li for li in page.all("li") if "asked-for" in (li.get("class") or "")]
    assert asked["id"] == f"{hit['transcript_version'][:8]}-{hit['utterance_id']}"
    assert {span.get("id") for span in page.all("span")} >= {"now"}


@pytest.mark.parametrize(
    ("asked", "status", "first", "length"),
    [
        ("bytes=0-", 206, 0, AT_ONCE),
        ("bytes=100-199", 206, 100, 100),
        ("bytes=10239990-", 206, 10_239_990, 10),
        ("bytes=-5", 206, 10_239_995, 5),
        ("bytes=0-99999999999", 206, 0, AT_ONCE),
        ("bytes=10240000-", 416, 0, 0),
        ("bytes=9-3", 416, 0, 0),
        ("bytes=0-1,5-6", 416, 0, 0),
        ("bytes=" + "0-," * 5000, 416, 0, 0),
        ("bytes=-", 416, 0, 0),
        ("lines=0-5", 416, 0, 0),
        ("", 200, 0, len(SOUND)),
    ],
)
def test_a_recording_is_handed_out_a_stretch_at_a_time(
    reader: TestClient, asked: str, status: int, first: int, length: int
) -> None:
    """What players ask for is given, what would cost others is refused in a sentence."""
    headers = {"Range": asked} if asked else {}
    answer = reader.get(f"/recording/{builders.sha_of(MEETING)}", headers=headers)

    assert answer.status_code == status
    if status != 416:
        assert answer.content == SOUND[first : first + length]
        assert answer.headers["content-type"] == "audio/ogg"


@pytest.mark.parametrize(
    "address",
    [
        f"/recording/{builders.sha_of(CLOSED)}",
        f"/recording/{builders.sha_of(CUT)}",
        f"/recording/{builders.sha_of(GONE)}",
        f"/recording/{'0' * 64}",
        "/recording/..%2F..%2Fetc%2Fpasswd",
        "/recording/%2Fetc%2Fpasswd",
        "/static/..%2Fapp.py",
        "/static/%2e%2e/%2e%2e/errors.py",
    ],
)
def test_nothing_but_recordings_that_may_be_heard_is_handed_out(
    reader: TestClient, address: str
) -> None:
    """No path gets through, and no sound of a meeting that was partly private."""
    assert reader.get(address).status_code in (400, 404)


@pytest.mark.parametrize(
    ("meeting_id", "why"), [(CLOSED, "in private"), (CUT, "taken out"), (GONE, "not where it was")]
)
def test_a_page_says_why_its_recording_is_not_played(
    reader: TestClient, meeting_id: str, why: str
) -> None:
    """And shows the words all the same."""
    page = Read(reader.get(f"/meeting/{meeting_id}").text)

    assert page.all("audio") == []
    assert why in page.words
    assert FACT in page.words


def test_an_operator_can_keep_recordings_to_themselves(archive: Path) -> None:
    """By one switch, for all of them."""
    with TestClient(create_app(archive, recordings=False), base_url=LOCAL) as reader:
        page = Read(reader.get(f"/meeting/{MEETING}").text)
        status = reader.get(f"/recording/{builders.sha_of(MEETING)}").status_code

    assert (page.all("audio"), status) == ([], 404)


def test_downloads_hold_every_utterance_and_nothing_that_acts(reader: TestClient) -> None:
    """As captions, as a table without formulas, as data; each with a permanent address."""
    address = f"/meeting/{MEETING}/transcript"
    table = list(csv.DictReader(io.StringIO(reader.get(f"{address}.csv").text)))
    data = reader.get(f"{address}.json").json()
    captions = webvtt.from_string(reader.get(f"{address}.vtt").text)

    assert len(table) == len(data["transcript"]) == len(captions) == len(SAYS)
    assert [row["text"] for row in data["transcript"]][2] == captions[2].text
    assert captions[2].voice == "Dr Grace Okoro"
    assert table[-1]["text"].startswith("'=cmd")
    assert "<b>" not in reader.get(f"{address}.vtt").text
    assert all(row["address"].startswith(f"{LOCAL}/said/{MEETING}/") for row in table)
    assert reader.get(data["transcript"][2]["address"].removeprefix(LOCAL)).status_code == 200
    assert data["meeting"]["meeting_id"] == MEETING


@pytest.mark.parametrize("kind", ["vtt", "csv", "json"])
def test_a_download_of_no_meeting_is_not_that_of_another(reader: TestClient, kind: str) -> None:
    """An empty id is no filter here."""
    assert reader.get(f"/meeting//transcript.{kind}").status_code == 404


@pytest.mark.parametrize(
    "key",
    ["joan-petty-smith", "ivo-brough", "brough", "ivo-tranter", "member-of-the-public-1", "nobody"],
)
def test_only_office_holders_have_a_page(reader: TestClient, key: str) -> None:
    """Neither members of the public nor guests; and the refusal names nobody else."""
    answer = reader.get(f"/person/{key}")

    assert answer.status_code == 404
    assert "Varley" not in Read(answer.text).words
    assert reader.get("/person/ann-varley").status_code == 200


def test_a_person_page_ranks_and_judges_nobody(reader: TestClient) -> None:
    """What is told is what was said and moved, with its second."""
    data = reader.get("/person/tom-petty.json").json()

    assert set(data) == {
        "key", "name", "offices", "meetings", "moved", "seconded", "findings", "said", "offset",
        "previous_offset", "next_offset",
    }  # fmt: skip
    assert FACT not in json.dumps(data)
    assert "residents were never told about the cameras" in json.dumps(data["findings"]["concern"])


def test_names_of_members_of_the_public_leave_by_no_way(told: dict[str, str]) -> None:
    """Pages, twins, link previews, downloads."""
    assert [a for a, t in told.items() if any(n in t for n in (*PUBLIC, "Brough"))] == []
    assert "[name withheld]" in told[f"/meeting/{MEETING}/transcript.vtt"]


def test_an_old_link_to_an_utterance_leads_to_what_is_said_there_now(sample_home: Path) -> None:
    """Where the transcript was made anew, and the page says so."""
    meeting_id = "aldermere-scsc-2026-06-11"
    with TestClient(create_app(sample_home), base_url=LOCAL) as reader:
        said = reader.get(f"/meeting/{meeting_id}.json").json()["transcript"][7]
        recording, _, at = said["utterance_id"].partition(":")
        old = f"0ld0ld00-{recording}:{int(at) + 300}"
        quoted = reader.get(f"/said/{meeting_id}/{old}.json").json()
        page = reader.get(f"/said/{meeting_id}/{old}").text
        none = reader.get(f"/said/{meeting_id}/0ld0ld00-{recording}:99999999").status_code

    assert (quoted["quotation"]["text"], quoted["made_anew"]) == (said["text"], True)
    assert "made anew" in page
    assert none == 404


def endless(reader: Reading) -> None:
    """A page that asks for more than anybody can wait for."""
    reader.con.execute(
        "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b"
    )


def test_what_takes_too_long_is_cancelled_with_a_sentence(archive: Path) -> None:
    """Inside the database; the next reader is served as ever."""
    app = create_app(archive, seconds=3.0)
    app.add_api_route("/endless", endless)
    with TestClient(app, base_url=LOCAL) as reader:
        answer = reader.get("/endless")
        next_one = reader.get("/about").status_code

    assert (answer.status_code, next_one) == (503, 200)
    assert "was ended after 3 seconds" in Read(answer.text).words


def test_every_page_tells_others_what_it_is(told: dict[str, str]) -> None:
    """Title, description and address for those who share it."""
    pages = {a: Read(t) for a, t in told.items() if t.startswith("<!doctype")}
    meta = {
        address: {m.get("property") or m.get("name"): m.get("content") for m in page.all("meta")}
        for address, page in pages.items()
    }

    assert len(meta) >= 14
    assert all(
        m["og:title"] and m["og:description"] == m["description"] and m["og:url"].startswith(LOCAL)
        for m in meta.values()
    )
    (quotation,) = [m for a, m in meta.items() if a.startswith("/said/")]
    assert FACT in quotation["og:description"]


def test_a_meeting_with_a_restricted_item_is_not_played(tmp_path: Path) -> None:
    """Its recording may hold what was taken in private."""
    agenda = (AgendaItem("1", "Welcome"), AgendaItem("9", "Contract", restricted=True))
    load(tmp_path, [kept(tmp_path, MEETING, agenda=agenda)])
    with TestClient(create_app(tmp_path), base_url=LOCAL) as reader:
        status = reader.get(f"/recording/{builders.sha_of(MEETING)}").status_code

    assert status == 404


def test_every_line_of_the_register_leads_to_its_life(sample_home: Path) -> None:
    """Also where the committee did not agree to it, so that it was given no number."""
    with TestClient(create_app(sample_home), base_url=LOCAL) as reader:
        page = Read(reader.get("/recommendations?state=all").text)
        links = {a["href"] or "" for a in page.all("a") if "/recommendation/" in (a["href"] or "")}
        answers = {link: reader.get(link).status_code for link in links}
        numberless = [link for link in links if "SCSC" not in link]
        shown = Read(reader.get(numberless[0]).text).words

    assert answers == dict.fromkeys(links, 200)
    assert len(links) == 10
    assert "Recommendation that was given no number" in shown


def test_a_recommendation_that_came_with_a_tracker_has_its_page(tmp_path: Path) -> None:
    """Its meeting is not held here, and the page says so."""
    standing, mark = Ledger(tmp_path).standing_to()
    load(tmp_path, [kept(tmp_path, MEETING)], decisions=standing, mark=mark)
    words = "That a tree be planted."
    line = Decision("entry", words, "clerk", now(), reference="SCSC/2025-26/09")
    with TestClient(create_app(tmp_path), base_url=LOCAL) as reader:
        Ledger(tmp_path).append([line])
        page = Read(reader.get("/recommendation/SCSC/2025-26/09").text)

    assert words in page.words
    assert "the meeting that made it is not held here" in page.words


def test_what_was_read_before_a_load_is_read_anew_after_it(tmp_path: Path) -> None:
    """Pages remember parts of what is loaded, and nothing of what was."""
    load(tmp_path, [kept(tmp_path, MEETING)])
    again = kept(tmp_path, MEETING)
    (part,) = again.transcripts
    said = builders.transcript(MEETING, [("V1", "5", "Something else was said after all.")])
    with TestClient(create_app(tmp_path), base_url=LOCAL) as reader:
        before = [reader.get(a).text for a in (f"/meeting/{MEETING}", "/", "/committees")]
        load(tmp_path, [replace(again, transcripts=(builders.processed(said),))])
        after = [reader.get(a).text for a in (f"/meeting/{MEETING}", "/", "/committees")]

    assert FACT in before[0]
    assert FACT not in after[0]
    assert "Something else was said after all." in after[0]
    assert before[1] != after[1]
    assert part.transcript.version[:8] not in after[0]
