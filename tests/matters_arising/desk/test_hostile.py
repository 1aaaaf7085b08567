"""Words that would be markup, shown as words: in a real browser, which would have run them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree

from flows.load import load_meeting, tie_threads
from matters_arising.web.desk.accounts import Accounts
from matters_arising.web.desk.corrections import Corrections
from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, broken, log_in, window
from tests.matters_arising.desk.support import ANN, PASSWORD, Desk, served
from tests.warehouse import builders
from tests.warehouse import register_builders as made
from transcripts.ledger import Decision, Ledger
from transcripts.meeting import AgendaItem, Person
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.words import Attribution, Reason
from warehouse.office import key_of
from warehouse.query import Filters
from warehouse.saved_file import add

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = NEEDS_CHROMIUM
MEETING, REFERENCE = "hostile", "X/2026-27/01"
SCRIPT = "<script>window.ran=1;alert(1)</script>"
HOOK = "\"'><img src=x onerror='window.ran=2;alert(2)'><svg onload=alert(3)>"
LINK = "javascript:window.ran=4"
CLOSE = "</textarea></select></title></style><iframe/srcdoc='<script>top.ran=5</script>'>"
TURNED = "\u202etxet\u202c \u2067right to left"
ALL = f"{SCRIPT} {HOOK} {CLOSE} {TURNED} {{{{7*7}}}} {{% raw %}}"
PAGES = ("/desk", "/desk/review", "/desk/review?kind=voice", "/desk/review?kind=finding",
         "/desk/register", f"/desk/register/{REFERENCE}", "/desk/arising?committee=X",
         "/desk/corrections", "/desk/reports", "/desk/reports/x", "/desk/audit")  # fmt: skip
SENT = "%3Cscript%3Ealert(9)%3C/script%3E"
PUBLIC = ("/", f"/meeting/{MEETING}", f"/meeting/{MEETING}?find=dragons",
          f"/meeting/{MEETING}?find={SENT}", "/recommendations", f"/recommendation/{REFERENCE}",
          "/floated", "/search?q=dragons", f"/search?q={SENT}", "/committees", "/committee/x",
          "/concerns", "/trends?q=dragons", f"/trends?q={SENT}", "/concordance?q=dragons",
          f"/concordance?q={SENT}", f"/corrections?where={SENT}")  # fmt: skip
# of feeds: Atom, RSS and what both have
ELEMENTS = {"feed", "entry", "author", "name", "generator", "link", "published", "content", "id",
            "title", "updated", "rss", "channel", "item", "description", "guid", "pubDate",
            "lastBuildDate", "creator"}  # fmt: skip
# the texts that hold marks of direction and stand in no box of a direction of their own
UNHELD = """(() => {
  const out = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (!/[\u202a-\u202e\u2066-\u2069]/.test(walk.currentNode.data)) { continue; }
    let at = walk.currentNode.parentElement, held = false;
    while (at && at.tagName !== "MAIN" && !held) {
      const alone = /^(OPTION|TEXTAREA)$/.test(at.tagName);
      held = alone || /isolate/.test(getComputedStyle(at).unicodeBidi);
      at = at.parentElement;
    }
    if (!held) { out.push(walk.currentNode.parentElement.outerHTML.slice(0, 60)); }
  }
  return out;
})()"""


def hostile() -> ProcessedMeeting:
    """A meeting whose captions, roster, agenda, titles and link all try to be part of a page."""
    voices = (
        Attribution("V1", f"Cllr {ALL}", "named", f"Cllr {ALL}", 0.2, (
            Reason("self-introduction", f"I am {ALL}", 0.5, 2.0),)),
    )  # fmt: skip
    said = builders.transcript(
        MEETING,
        (
            ("V1", "5", f"I recommend dragons {ALL} by Friday."),
            ("V1", "5", f"I am worried about wyverns {ALL} and smoke."),
            ("V2", "5", f"I am also worried about wyverns {ALL} and smoke."),
        ),
        voices=voices,
    )
    quote, *worried = (u.text for u in said.utterances)
    asked = builders.finding(
        said, "recommendation", quote[:60], score=0.4, agreed=True, addressee=ALL, rules=("R.x",)
    )
    worries = [builders.finding(said, "concern", words[:60]) for words in worried]
    motion = made.motion(said, asked, ("floated", quote[:60]), ("agreed", quote[:60]))
    meeting = replace(
        builders.meeting(MEETING, code="X", committee=f"Committee {ALL}", day=date(2026, 6, 3)),
        title=ALL, council=ALL, link=LINK, page=LINK, agenda=(AgendaItem("5", ALL),),
        people=(Person(f"Cllr {ALL}"), Person(f"Officer {ALL}", kind="officer")),
    )  # fmt: skip
    return ProcessedMeeting(meeting, (made.processed(said, (asked, *worries), (motion,)),))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of an archive in which everything anybody could write is hostile."""
    home: Path = tmp_path_factory.mktemp("hostile")
    meeting = hostile()
    Record(home).save(meeting, key="k")
    load_meeting(home, meeting)
    tie_threads(home)
    told = {"who": f"Ben {HOOK}", "when": "2026-07-01T10:00:00+01:00", "why": ALL}
    Ledger(home).append([
        Decision(kind="note", verdict=ALL, reference=REFERENCE, **told),
        Decision(kind="respond", verdict="accepted", reference=REFERENCE, day="2026-07-01",
                 url=LINK, words=ALL, **told),
        Decision(kind="correct", verdict=ALL, reference=REFERENCE, column="recipient", **told),
    ])  # fmt: skip
    Corrections(home).add(ALL, LINK, HOOK[:190])
    (home / "reports").mkdir()
    (home / "reports" / "x.json").write_text(
        '{"meetings": [{"outcome": "failed", "message": "<script>alert(7)</script>"}]}'
    )
    add(home, "dragons", f"dragons OR wyverns OR {SCRIPT}", Filters())
    Accounts(home).add(ANN, PASSWORD[ANN])
    with served(home) as served_at:
        yield served_at


def test_no_page_runs_or_becomes_what_was_written(browser: Browser, desk: Desk) -> None:
    page = window(browser)
    log_in(page, desk)
    ran, elements, links = [], [], []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    statuses = {}
    for address in (*PUBLIC, *known(desk), *PAGES):
        answer = page.goto(desk.address + address)
        statuses[address] = answer.status if answer else 0
        if "kind=" in address:
            page.click("text=Begin with the worst")
        ran.append(page.evaluate("window.ran || 0"))
        elements += page.evaluate(
            "[...document.querySelectorAll('script:not([src]), iframe, svg:not(figure svg), style,"
            " img[src=x]')].map(e => e.outerHTML.slice(0, 80))"
        )
        links += page.evaluate(
            "[...document.querySelectorAll('[href], [action], [src]')].map(e =>"
            " e.getAttribute('href') || e.getAttribute('action') || e.getAttribute('src'))"
            ".filter(a => /^\\s*(javascript|data|vbscript):/i.test(a))"
        )

    assert {a: status for a, status in statuses.items() if status != 200} == {}
    assert set(ran) == {0}
    assert elements == []
    assert links == []
    assert broken(page) == []
    assert [url for url in asked if not url.startswith(f"{desk.address}/")] == []


def known(desk: Desk) -> Iterator[str]:
    """The pages whose addresses the archive alone knows: of a quotation, a person, a worry."""
    with desk.client() as client:
        (said, *_) = client.get(f"/meeting/{MEETING}.json").json()["transcript"]
        (worry,) = client.get("/concerns.json").json()["threads"]
        yield f"/said/{MEETING}/{said['transcript_version'][:8]}-{said['utterance_id']}"
        yield f"/person/{key_of(f'Cllr {ALL}')}"
        yield f"/concern/{worry['thread_id']}"


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_no_feed_becomes_what_was_written(desk: Desk, kind: str) -> None:
    """It has the elements of a feed, and what was written is text in them."""
    answer = desk.client().get(f"/saved/dragons.{kind}")
    tags = {
        element.tag.rpartition("}")[2] for element in ElementTree.fromstring(answer.text).iter()
    }

    assert answer.status_code == 200
    assert tags <= ELEMENTS
    assert "<script" not in answer.text


def test_what_was_written_is_read_as_it_was_written(browser: Browser, desk: Desk) -> None:
    """Escaping changes nothing of what a clerk sees."""
    page = window(browser)
    log_in(page, desk)
    page.goto(f"{desk.address}/desk/register/{REFERENCE}")
    shown = page.locator("main").inner_text()
    page.goto(f"{desk.address}/desk/corrections")

    assert SCRIPT in shown
    assert "{{7*7}}" in shown
    assert HOOK in page.locator(".sent").first.inner_text()


def test_words_that_turn_round_do_not_turn_what_stands_beside_them(
    browser: Browser,
    desk: Desk,
) -> None:
    """Each stands in a box of its own direction."""
    page = window(browser)
    log_in(page, desk)
    open_to_others = []
    for address in ("/desk/audit", f"/desk/register/{REFERENCE}", "/desk/corrections"):
        page.goto(desk.address + address)
        open_to_others += page.evaluate(UNHELD)

    assert open_to_others == []


def test_the_watch_would_notice(browser: Browser) -> None:
    """The same words on a page that does not escape them do run."""
    page = window(browser)
    page.set_content(f"<p>{HOOK}</p>")
    page.wait_for_function("window.ran === 2")

    assert "dialog 2" in broken(page)
