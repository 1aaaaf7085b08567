"""The pages show what the warehouse holds, and nothing that a transcript says can act on a page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import HEADERS, create_app
from matters_arising.web.shown import playable
from tests.warehouse import builders
from transcripts.meeting import AgendaItem, Meeting, Recording
from transcripts.processed import ProcessedMeeting
from transcripts.words import Attribution, Reason
from warehouse.store import load

LOCAL = "http://127.0.0.1:8321"
FIRST, LATER, HOSTILE, LONG = "2026-06-02", "2026-07-07", "hostile", "long"
PLAYER = "https://webcast.aldermere.example/1?t={start_s}"
REFERENCE = "SCSC/2026-27/01"
PAGES = (
    "/",
    "/search",
    "/search?q=cameras",
    "/search?q=zeppelin",
    f"/meeting/{FIRST}",
    f"/meeting/{HOSTILE}",
    f"/meeting/{LONG}?offset=200",
    "/recommendations",
    "/recommendations?committee=SCSC",
    f"/recommendation/{REFERENCE}",
    "/nowhere",
)
SCRIPT = "<script>alert(1)</script>"
HOOK = "\"><img/src=x/onerror='alert(2)'>"


def hostile() -> ProcessedMeeting:
    """A meeting whose words, names, titles, reasons and link all try to be part of a page."""
    voices = (
        Attribution("V1", f"Cllr {SCRIPT}", "named", f"Cllr {SCRIPT}", 2.0, (
            Reason("self-introduction", f"I am {HOOK}", 0.5, 2.0),)),
    )  # fmt: skip
    said = builders.transcript(
        HOSTILE,
        (("V1", HOOK, f"I recommend {SCRIPT} that {HOOK} {{{{7*7}}}} dragons."),),
        voices=voices,
    )
    found = builders.finding(
        said,
        "recommendation",
        f"recommend {SCRIPT} that {HOOK}",
        addressee=SCRIPT,
        due=HOOK,
        rules=(SCRIPT,),
    )
    meeting = Meeting(
        HOSTILE,
        SCRIPT,
        f"Committee {HOOK}",
        "X",
        date(2026, 6, 3),
        f"{SCRIPT}{HOOK}",
        link="javascript:alert({start_s})",
        agenda=(AgendaItem(HOOK, SCRIPT),),
        recordings=(Recording("x.opus", builders.sha_of(HOSTILE)),),
    )
    return ProcessedMeeting(meeting, (builders.processed(said, (found,)),))


def long_meeting() -> ProcessedMeeting:
    """A meeting of more utterances than a page shows."""
    lines = [("V1", "", f"This is remark {number}.") for number in range(205)]
    return builders.one_transcript(builders.transcript(LONG, lines), day=date(2026, 6, 4))


def later_meeting() -> ProcessedMeeting:
    """A later meeting that follows up what the first recommended."""
    said = builders.transcript(LATER, (("V1", "2", "Cabinet publishes its schedule in July."),))
    found = (builders.finding(said, "follow-up", "Cabinet publishes its schedule"),)
    return builders.one_transcript(said, found, day=date(2026, 7, 7))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four meetings."""
    made = tmp_path_factory.mktemp("archive")
    meetings = [builders.done(FIRST, link=PLAYER), hostile(), long_meeting(), later_meeting()]
    (recommended,) = [
        f for f in meetings[0].transcripts[0].findings.findings if f.kind == "recommendation"
    ]
    load(made, meetings, references={recommended.id: REFERENCE})
    return made


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    """A reader of its pages."""
    app = create_app(home, encoder=lambda: builders.encode)
    with TestClient(app, base_url=LOCAL) as made:
        yield made


class Read(HTMLParser):
    """What a browser makes of a page: its elements, their attributes, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such element."""
        return [attrs for name, attrs in self.tags if name == tag]


def read(client: TestClient, address: str) -> Read:
    """A page as a browser has it."""
    return Read(client.get(address).text)


def test_the_front_page_says_what_is_held_and_what_it_is_worth(client: TestClient) -> None:
    """Every meeting leads to its page; the minutes are named as the formal record."""
    page = read(client, "/")

    links = {a["href"] for a in page.all("a")}
    assert {f"/meeting/{m}" for m in (FIRST, LATER, HOSTILE, LONG)} <= links
    assert "The minutes are the formal record" in page.words
    assert "concerns: 1" in page.words


def test_a_hit_is_verbatim_with_neighbours_and_a_link_to_the_second(client: TestClient) -> None:
    """Words, speaker, day, and where to hear it."""
    page = read(client, "/search?q=ran+for+two+days")

    assert "“The trial of live facial recognition ran for two days.”" in page.words
    assert "After it: We published a notice. …" in page.words
    assert "Dr Grace Okoro (named by machine)" in page.words
    assert "2 June 2026" in page.words
    hits = client.get("/search.json?q=ran+for+two+days").json()["result"]["hits"]
    assert hits[0]["link"] in {a["href"] for a in page.all("a")}
    assert re.fullmatch(r"https://webcast\.aldermere\.example/1\?t=\d+", hits[0]["link"])


def test_not_found_says_what_was_searched(client: TestClient) -> None:
    """Silence about a thing is never mistaken for its not having been said."""
    page = read(client, "/search?q=zeppelin&committee=SCSC&from=2026-06-01&to=2026-06-30")

    assert "Not found: zeppelin" in page.words
    assert "Words that stand nowhere in this archive: zeppelin." in page.words
    assert "Searched 2 meetings of 2 June 2026 to 4 June 2026" in page.words


@pytest.mark.parametrize(
    ("narrow", "speakers"),
    [
        ("speaker=Petty", {"Cllr Tom Petty"}),
        ("kind=recommendation&meeting=2026-06-02", {"Cllr Ann Varley"}),
        ("from=&to=&speaker=&kind=&q=street", {"Member of the public 1"}),
    ],
)
def test_filters_narrow_and_empty_ones_do_not(
    client: TestClient, narrow: str, speakers: set[str]
) -> None:
    """A form sends all its fields; only the filled ones count."""
    question = "" if "q=" in narrow else "&q=told+schedule"
    hits = client.get(f"/search.json?{narrow}{question}").json()["result"]["hits"]

    assert {hit["speaker"] for hit in hits} == speakers


def test_the_encoder_is_asked_for_once_and_only_for_meaning(home: Path) -> None:
    """It takes seconds and memory that a search by words does without."""
    asked: list[str] = []

    def encoder() -> object:
        asked.append("once")
        return builders.encode

    with TestClient(create_app(home, encoder=encoder), base_url=LOCAL) as client:  # type: ignore[arg-type]
        client.get("/search?q=cameras")
        before = list(asked)
        found = [client.get(f"/search?q=cameras&mode={m}").status_code for m in ("meaning", "both")]

    assert (before, asked, found) == ([], ["once"], [200, 200])


def test_a_meeting_shows_coverage_speakers_with_reasons_and_findings(client: TestClient) -> None:
    """Each name with its evidence, each finding with its words and its second."""
    page = read(client, f"/meeting/{FIRST}")

    assert "of the words have a named speaker" in page.words
    assert "chair's invitation: “Councillor Petty”" in page.words
    assert "“residents were never told about the cameras”" in page.words
    assert "agreed in the meeting" in page.words
    assert "found by the machine" in page.words


def test_a_transcript_is_shown_a_page_at_a_time_and_whole(client: TestClient) -> None:
    """The pages together hold every utterance once, in order."""
    first, second = (client.get(f"/meeting/{LONG}.json?offset={n}").json() for n in (0, 200))

    said = [row["text"] for row in first["transcript"] + second["transcript"]]
    assert said == [f"This is remark {n}." for n in range(205)]
    assert (first["previous_offset"], first["next_offset"]) == (None, 200)
    assert (second["previous_offset"], second["next_offset"]) == (0, None)


def test_the_link_of_a_hit_leads_to_the_utterance_itself(client: TestClient) -> None:
    """Also where it is not on the first page of the transcript."""
    page = read(client, "/search?q=%22remark+203%22")
    (link,) = [a["href"] or "" for a in page.all("a") if "utterance=" in (a["href"] or "")]

    marked = [li for li in read(client, link).all("li") if li.get("id") == link.split("#")[1]]
    assert len(marked) == 1


def test_a_recommendation_shows_its_words_what_was_said_around_and_later(
    client: TestClient,
) -> None:
    """Capitals in its reference do not matter; later mentions are proposals."""
    page = read(client, f"/recommendation/{REFERENCE.lower()}")

    assert f"Recommendation {REFERENCE}" in page.words
    assert "My street has not been swept." in page.words
    assert "A person has to judge" in page.words
    assert "Cabinet publishes its schedule in July." in page.words


def test_recommendations_lead_to_each_one(client: TestClient) -> None:
    """By its reference."""
    page = read(client, "/recommendations?committee=SCSC")

    assert f"/recommendation/{REFERENCE}" in {a["href"] for a in page.all("a")}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_twin_in_json(client: TestClient, address: str) -> None:
    """The address that the page names gives the same answer as data."""
    page = client.get(address)
    twins = [a["href"] for a in Read(page.text).all("a") if ".json" in (a["href"] or "")]
    path, _, query = address.partition("?")
    twin = client.get(twins[0] if twins else f"{path}.json?{query}")

    assert (twin.status_code, twin.headers["content-type"]) == (
        page.status_code,
        "application/json",
    )
    assert isinstance(json.loads(twin.text), dict)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_can_be_read_by_everybody(client: TestClient, address: str) -> None:
    """Language, one main heading, a skip link, labelled inputs, tables with headers, no scripts."""
    page = read(client, address)
    tags = [tag for tag, _ in page.tags]
    labels = {label["for"] for label in page.all("label")}
    fields = [f for f in page.all("input") + page.all("select") if f.get("type") != "hidden"]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]

    assert page.all("html") == [{"lang": "en-GB"}]
    assert tags.count("h1") == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    assert [f for f in fields if f["id"] not in labels] == []
    assert [th for th in page.all("th") if th.get("scope") not in ("col", "row")] == []
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert len(ids) == len(set(ids))
    assert not {"script", "style", "iframe", "object", "base"} & set(tags)
    assert [a for _, a in page.tags if "style" in a or any(k.startswith("on") for k in a)] == []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/meeting/{HOSTILE}",
        "/search?q=dragons",
        f"/search?q={SCRIPT}",
        f"/search?q=%22%3E{SCRIPT}&mode={SCRIPT}",
        f"/search?q=x&speaker={SCRIPT}",
        f"/search?q=x&from={SCRIPT}",
        f"/meeting/{SCRIPT}",
        f"/recommendation/{SCRIPT}",
        f"/{SCRIPT}",
        "/recommendations",
        f"/?{SCRIPT}",
    ],
)
def test_nothing_said_or_asked_becomes_part_of_a_page(client: TestClient, address: str) -> None:
    """Tags in words, names, titles, links and questions stay words."""
    page = read(client, address)

    assert not {"script", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert [a for a in page.all("a") if "javascript" in (a["href"] or "").lower()] == []
    assert all(not name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_hostile_words_are_shown_as_they_were_said(client: TestClient) -> None:
    """Escaping changes nothing of what a reader sees, and no template runs in them."""
    page = read(client, f"/meeting/{HOSTILE}")

    assert f"I recommend {SCRIPT} that {HOOK} {{{{7*7}}}} dragons." in page.words
    assert f"Cllr {SCRIPT}" in page.words


@pytest.mark.parametrize(
    ("link", "clickable"),
    [
        ("https://webcast.aldermere.example/1?t=3", True),
        ("http://webcast.aldermere.example/1", True),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//elsewhere.example/x", False),
        ("https:nowhere", False),
        ("http://[broken", False),
        ("recordings/first.opus#t=3.0", False),
    ],
)
def test_only_web_addresses_are_clickable(link: str, clickable: bool) -> None:
    """A link comes out of a meeting file, which anybody may have written."""
    assert playable(link) is clickable


@pytest.mark.parametrize("address", [*PAGES, "/index.json", "/static/pages.css", "/static/none"])
def test_every_answer_has_strict_headers(client: TestClient, address: str) -> None:
    """Whatever is on a page, it can load nothing but its own style and send nothing away."""
    answer = client.get(address)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nowhere", 404, "There is no page /nowhere here"),
        ("/static/none", 404, "There is no page /static/none here"),
        ("/docs", 404, "There is no page"),
        ("/openapi", 404, "There is no page"),
        ("/meeting/2020-01-01", 404, "No meeting '2020-01-01' in the archive"),
        (f"/meeting/{FIRST}?utterance=u9999", 404, f"No utterance of the meeting '{FIRST}'"),
        ("/recommendation/SCSC/1", 404, f"(it holds: {REFERENCE}"),
        ("/search?q=x&speaker=Nobody", 404, "No speaker 'Nobody' in the archive"),
        ("/search?q=x&mode=magic", 400, "(there is: both, meaning, words)"),
        ("/search?q=x&kind=rumour", 400, "No kind of finding 'rumour'"),
        ("/search?q=x&from=yesterday", 400, "'yesterday' is no day for 'from'"),
        ("/search?q=%3F", 400, "holds no word to search for"),
        ("/search?q=x&k=0", 400, "'0' cannot be used as 'k'"),
        (f"/meeting/{FIRST}?offset=-1", 400, "'-1' cannot be used as 'offset'"),
        (f"/search?q={'x' * 501}", 400, "at most 500 characters"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    client: TestClient, address: str, status: int, sentence: str
) -> None:
    """As a page and as JSON, without a traceback."""
    path, _, query = address.partition("?")
    page, data = client.get(address), client.get(f"{path}.json?{query}")

    assert (page.status_code, data.status_code) == (status, status)
    assert sentence.removesuffix(" here")[1:] in Read(page.text).words
    assert list(data.json()) == ["error"]
    assert "Traceback" not in page.text + data.text


def test_a_bug_is_told_to_the_log_and_not_to_the_reader(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page stays calm and keeps its headers."""

    def encoder() -> object:
        raise RuntimeError("secret")

    with TestClient(create_app(home, encoder=encoder), base_url=LOCAL) as client:  # type: ignore[arg-type]
        page = client.get("/search?q=cameras&mode=meaning")

    assert (page.status_code, page.headers["X-Content-Type-Options"]) == (500, "nosniff")
    assert "fault of the program" in page.text
    assert "secret" not in page.text
    assert "could not show /search" in caplog.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_pages_only_read(client: TestClient, method: str) -> None:
    """Nothing can be changed through them."""
    assert client.request(method, f"/meeting/{FIRST}").status_code == 405


def test_a_foreign_name_that_points_here_is_not_answered(client: TestClient) -> None:
    """Else any web page could read the archive through its visitor's browser."""
    foreign = client.get("/", headers={"host": "elsewhere.example"})

    assert foreign.status_code == 400


def test_a_newer_warehouse_is_shown_without_a_restart(tmp_path: Path) -> None:
    """Whoever has the page open sees the new meeting on the next load."""
    load(tmp_path, [builders.done(FIRST)])
    with TestClient(create_app(tmp_path), base_url=LOCAL) as client:
        before = client.get("/index.json").json()["holds"]["meetings"]
        load(tmp_path, [later_meeting()])
        after = client.get("/index.json").json()["holds"]["meetings"]

    assert (before, after) == (1, 2)


def test_the_pages_never_load_flows_or_prefect() -> None:
    """Reading an archive must not wait for what only processing needs."""
    words = (
        "import sys, matters_arising.web.app; "
        "print({'flows', 'prefect', 'torch'} & set(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=True
    )

    assert loaded.stdout.strip() == "set()"
