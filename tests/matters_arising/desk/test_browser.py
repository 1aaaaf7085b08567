"""A clerk's day in a real browser: by keys alone, without scripts, on a phone, in the dark."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe

from matters_arising.web.desk.accounts import Accounts
from tests.matters_arising.desk.browsing import (
    NEEDS_CHROMIUM,
    WIDE,
    broken,
    log_in,
    log_in_by_hand,
    tab_to,
    window,
)
from tests.matters_arising.desk.support import (
    ANN,
    BEN,
    PASSWORD,
    REPORT,
    TOLD_OF_A_RUN,
    Desk,
    copied,
    served,
)
from tests.matters_arising.seeing import until, what_shuts_out
from transcripts.ledger import Decision, Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
REFERENCE = "SCSC/2026-27/01"
NARROW = (375, 740)  # a phone
# which line of the passage is marked as playing, and how many seconds the sound is from its start
HEARD = """(() => {
  const all = [...document.querySelectorAll(".passage li")];
  const line = all.findIndex(li => li.classList.contains("playing"));
  const starts = Number(all[line].querySelector("a.play").dataset.start);
  return [line, document.getElementById("sound").currentTime - starts];
})()"""
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desktop", "phone"])


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of the test's own."""
    with served(copied(sample, tmp_path / "home")) as made:
        yield made


def lines(desk: Desk) -> list[Decision]:
    home: Path = desk.app.state.desk.home
    return [line for line in Ledger(home).all_lines() if line.who == ANN]


def moved(page: Page, act: Callable[[], None]) -> None:
    with page.expect_navigation():
        act()


@SIZES
def test_a_clerk_goes_through_the_queue_by_keys_alone(
    browser: Browser, desk: Desk, size: tuple[int, int]
) -> None:
    """Begin, hear it, say yes, take it back, say no, skip; the ledger has it all."""
    page = window(browser, size)
    log_in(page, desk)
    page.goto(f"{desk.address}/desk/review?kind=link")
    moved(page, lambda: page.keyboard.press("j"))
    first = page.url.split("?")[0]
    page.wait_for_function("document.getElementById('sound').readyState > 0")
    page.keyboard.press("p")
    page.wait_for_function("!document.getElementById('sound').paused")
    heard_at = page.evaluate("document.getElementById('sound').currentTime")
    starts = float(page.locator("a.play[data-own]").first.get_attribute("data-start") or "0")
    page.keyboard.press("p")
    moved(page, lambda: page.keyboard.press("a"))
    kept = page.locator(".kept").inner_text()
    moved(page, lambda: page.keyboard.press("u"))
    moved(page, lambda: page.keyboard.press("r"))
    second = page.url.split("?")[0]
    moved(page, lambda: page.keyboard.press("s"))
    skipped = page.url.split("?")[0]
    moved(page, lambda: page.keyboard.press("k"))

    assert abs(heard_at - starts) < 3
    assert "Kept" in kept
    assert "is about it" in kept
    assert len({first, second, skipped}) == 3
    assert page.url.split("?")[0] == second
    assert [line.kind for line in lines(desk)] == ["link", "undo", "link"]
    assert [line.verdict for line in lines(desk)][::2] == ["accepted", "rejected"]
    assert broken(page) == []


def test_keys_mean_nothing_while_somebody_types_or_has_turned_them_off(
    browser: Browser, desk: Desk
) -> None:
    page = window(browser)
    log_in(page, desk)
    page.goto(f"{desk.address}/desk/review?kind=finding")
    moved(page, lambda: page.keyboard.press("j"))
    tab_to(page, ".deciding summary")
    page.keyboard.press("Enter")
    tab_to(page, "#why")
    page.keyboard.type("a reason, really: ask us")
    typed = page.input_value("#why")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    tab_to(page, "#keys-off")
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("r")
    page.wait_for_timeout(300)

    assert typed == "a reason, really: ask us"
    assert lines(desk) == []


def test_the_line_under_the_cursor_or_the_focus_is_the_one_that_is_heard(
    browser: Browser, looked_at: Desk
) -> None:
    """The pointer's line, then the line that Tab stands on, whatever the pointer is over."""
    page = window(browser)
    log_in(page, looked_at)
    page.goto(f"{looked_at.address}/desk/review?kind=finding")
    page.click("text=Begin with the worst")
    lines_shown = page.locator(".passage li")
    heard = []
    lines_shown.first.hover()
    for act in (
        lambda: None,
        lambda: tab_to(page, ".passage li:last-child a.play"),
        lambda: page.evaluate("document.activeElement.blur()"),
    ):
        act()
        page.keyboard.press("p")
        until(page, "!document.getElementById('sound').paused")
        heard.append(page.evaluate(HEARD))
        page.keyboard.press("p")
        until(page, "document.getElementById('sound').paused")
    last = lines_shown.count() - 1
    page.context.close()

    assert last > 0
    assert [line for line, _ in heard] == [0, last, 0]
    assert max(abs(late) for _, late in heard) < 3


@SIZES
def test_the_story_of_a_clerk_by_keys_alone(
    browser: Browser, desk: Desk, size: tuple[int, int]
) -> None:
    """An answer came: it is noted in the register, and the page for the agenda tells it."""
    page = window(browser, size)
    log_in(page, desk)
    tab_to(page, 'a[href="/desk/register"]')
    moved(page, lambda: page.keyboard.press("Enter"))
    tab_to(page, f'a[href="/desk/register/{REFERENCE}"]')
    moved(page, lambda: page.keyboard.press("Enter"))
    tab_to(page, "#v-respond summary")
    page.keyboard.press("Enter")
    tab_to(page, "#respond-state")
    page.keyboard.type("accepted in part")
    tab_to(page, "#respond-quote")
    page.keyboard.type("accepts the first point")
    tab_to(page, "#v-respond button")
    moved(page, lambda: page.keyboard.press("Enter"))
    told = page.locator("dl.facts").first.inner_text()
    tab_to(page, 'a[href="/desk/arising"]')
    moved(page, lambda: page.keyboard.press("Enter"))
    tab_to(page, "form.asking button")
    moved(page, lambda: page.keyboard.press("Enter"))
    agenda = page.locator(".paper").inner_text()

    (made,) = lines(desk)
    assert (made.kind, made.verdict, made.words) == (
        "respond", "accepted_in_part", "accepts the first point",
    )  # fmt: skip
    assert "accepted in part" in told
    assert "accepted in part" in agenda
    assert broken(page) == []


@SIZES
def test_the_same_without_scripts(browser: Browser, desk: Desk, size: tuple[int, int]) -> None:
    page = window(browser, size, java_script_enabled=False)
    log_in_by_hand(page, desk)
    page.goto(f"{desk.address}/desk/review?kind=voice")
    page.click("text=Begin with the worst")
    plays = page.locator("a.play").first.get_attribute("href") or ""
    sound = page.locator("audio[controls]").count()
    page.click("text=No, leave it unnamed")
    page.click(".kept button")
    page.goto(f"{desk.address}/desk/register/{REFERENCE}")
    page.click("text=Write a note")
    page.fill("#note-text", "the chair will raise it")
    page.click("text=Keep the note")
    note = page.locator(".kept").inner_text()
    page.click("text=Log out")

    assert re.search(r"/desk/recording/[0-9a-f]{64}#t=", plays)
    assert sound == 1
    assert [line.kind for line in lines(desk)] == ["speaker", "undo", "note"]
    assert "the chair will raise it" in note
    assert page.url.endswith("/desk/log-in")


@pytest.mark.parametrize(("size", "script"), [(WIDE, True), (NARROW, False)])
def test_the_page_for_the_agenda_is_made_and_taken_away_by_keys_alone(
    browser: Browser, looked_at: Desk, size: tuple[int, int], script: bool
) -> None:
    """All of it, then without one part, and what is on the page is in the Word document."""
    page = window(browser, size, java_script_enabled=script)
    log_in(page, looked_at)
    tab_to(page, "main form[action='/desk/arising'] button")
    moved(page, lambda: page.keyboard.press("Enter"))
    (left_out, *others) = page.locator(".paper h2").all_inner_texts()
    tab_to(page, "[name=part]")
    page.keyboard.press("Space")
    tab_to(page, "form.asking button")
    moved(page, lambda: page.keyboard.press("Enter"))
    parts = page.locator(".paper h2").all_inner_texts()
    tab_to(page, "a[href^='/desk/arising.docx']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with ZipFile(download.value.path()) as document:
        words = html.unescape(document.read("word/document.xml").decode())
    page.context.close()

    assert len(others) > 2
    assert parts == others
    assert re.fullmatch(r"matters-arising-safer.*-\d{4}-\d\d-\d\d\.docx",
                        download.value.suggested_filename)  # fmt: skip
    assert [part for part in (left_out, *others) if part in words] == others


@SIZES
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_operator_reads_by_keys_alone_what_failed_last_night(
    browser: Browser, looked_at: Desk, size: tuple[int, int], script: bool
) -> None:
    """From the desk to the run, which says what to do about it."""
    page = window(browser, size, java_script_enabled=script)
    log_in(page, looked_at)
    told = page.locator("#c-runs").locator("..").inner_text()
    for link in ("/desk/reports", f"/desk/reports/{REPORT}"):
        tab_to(page, f'main a[href="{link}"]')
        moved(page, lambda: page.keyboard.press("Enter"))
    failed = page.get_by_role("row").filter(has_text="empty.mp3").inner_text()
    page.context.close()

    assert "2 meetings, 1 failed" in told
    assert TOLD_OF_A_RUN in failed


def test_of_two_who_decide_at_once_the_second_is_shown_what_the_first_decided(
    browser: Browser, desk: Desk
) -> None:
    """Nothing of theirs is swallowed: what was typed is still there, and can be sent after it."""
    home = desk.app.state.desk.home
    Accounts(home).add(BEN, PASSWORD[BEN])
    ann, ben = window(browser), window(browser)
    log_in(ann, desk)
    log_in(ben, desk, BEN)
    for page in (ann, ben):
        page.goto(f"{desk.address}/desk/review?kind=finding")
        page.click("text=Begin with the worst")
    ben.click(".deciding summary")
    ben.fill("#why", "it only thanks somebody")
    moved(ann, lambda: ann.click('.buttons button[value="accept"]'))
    moved(ben, lambda: ben.click('.buttons button[value="reject"]'))
    told, typed = ben.locator(".govuk-error-summary").inner_text(), ben.input_value("#why")
    shuts_out = what_shuts_out(ben, Axe())
    between = [line.who for line in Ledger(home).all_lines() if line.kind == "finding"]
    moved(ben, lambda: ben.click('.buttons button[value="reject"]'))
    after = [(n.who, n.verdict) for n in Ledger(home).all_lines() if n.kind == "finding"]
    moved(ann, lambda: ann.click(".kept button"))  # of her own, which was decided over
    moved(ben, lambda: ben.click(".kept button"))
    undone = [line.who for line in Ledger(home).all_lines() if line.kind == "undo"]

    assert "Somebody decided about this meanwhile" in told
    assert "was not written" in told
    assert ANN in told
    assert typed == "it only thanks somebody"
    assert between == [ANN]
    assert after == [(ANN, "restored"), (BEN, "rejected")]
    assert undone == [ANN, BEN]
    assert broken(ann) == broken(ben) == []
    assert shuts_out == []


def test_a_clerk_decides_on_a_phone(browser: Browser, desk: Desk) -> None:
    page = window(browser, NARROW, has_touch=True)
    log_in(page, desk)
    page.tap("text=Begin with the worst")
    page.wait_for_url("**/desk/review/**")
    button = page.locator('.buttons button[value="reject"]')
    box = button.bounding_box()
    button.tap()
    page.wait_for_url("**done=**")

    assert box is not None
    assert box["height"] >= 40
    assert box["x"] + box["width"] <= NARROW[0]
    assert len(lines(desk)) == 1


def test_the_paper_prints_without_what_only_a_screen_needs(
    browser: Browser, looked_at: Desk
) -> None:
    page = window(browser)
    log_in(page, looked_at)
    page.goto(f"{looked_at.address}/desk/arising?committee=SCSC&for=2026-09-10")
    page.emulate_media(media="print")

    assert page.locator(".paper h1").is_visible()
    assert not page.locator("form.asking").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert not page.locator(".at-desk").is_visible()
