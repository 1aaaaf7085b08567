"""No page of the desk shuts anybody out: as it waits, after a fault, decided over, half empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, log_in, window
from tests.matters_arising.desk.support import ANN, MEETING, REPORT, Desk
from tests.matters_arising.desk.support import REFERENCE as MADE
from tests.matters_arising.seeing import what_shuts_out
from transcripts.ledger import Decision, Ledger, now

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
REFERENCE = "SCSC/2026-27/01"
FROM_A_TRACKER = "SCSC/2025-26/09"
PAGES = (
    "/desk",
    "/desk/review",
    "/desk/review?kind=voice",
    "/desk/review?kind=link",
    "/desk/register",
    f"/desk/register/{REFERENCE}",
    "/desk/arising?committee=SCSC&for=2026-09-10",
    "/desk/corrections",
    "/desk/reports",
    f"/desk/reports/{REPORT}",
    "/desk/audit",
    "/corrections",
)


@pytest.fixture(scope="module")
def axe() -> Axe:
    """What looks for faults."""
    return Axe()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window without the traces of another."""
    made = window(browser)
    yield made
    made.context.close()


def test_no_page_of_the_desk_shuts_anybody_out(page: Page, axe: Axe, looked_at: Desk) -> None:
    """axe-core finds nothing and nothing scrolls sideways, in light and dark, wide and narrow."""
    found: dict[str, list[str]] = {}
    page.goto(f"{looked_at.address}/desk/log-in")
    found["/desk/log-in"] = what_shuts_out(page, axe)
    log_in(page, looked_at)
    numbered = Ledger(looked_at.app.state.desk.home).all_lines()[0].id
    for address in (*PAGES, f"/desk/register/{REFERENCE}?done={numbered}"):
        page.goto(looked_at.address + address)
        if "kind=" in address:
            page.click("text=Begin with the worst")
        found[address] = what_shuts_out(page, axe)

    assert {address: faults for address, faults in found.items() if faults} == {}


def test_nor_does_one_that_tells_of_a_fault(page: Page, axe: Axe, desk: Desk) -> None:
    """In what readers send, at the log-in, in the queue, in the register, in the inbox."""
    found: dict[str, list[str]] = {}
    told: list[str] = []

    def look(name: str) -> None:
        told.append(page.locator("[role=alert], [role=status]").first.inner_text())
        found[name] = what_shuts_out(page, axe)

    page.goto(f"{desk.address}/corrections")
    for name, words in (("not sent", " "), ("sent", "I am Pety, not Petty")):
        page.fill("#what", words)
        page.click("button:has-text('Send')")
        look(name)
    page.goto(f"{desk.address}/desk/log-in")
    page.fill("#name", ANN)
    page.fill("#password", "not hers")
    page.click("button:has-text('Log in')")
    look("log-in")
    log_in(page, desk)
    page.goto(f"{desk.address}/desk/review?kind=voice")
    page.click("text=Begin with the worst")
    page.click("text=It is this person")
    look("queue")
    page.goto(f"{desk.address}/desk/register/{MADE}")
    page.click("#v-merge summary")
    page.fill("#merge-into", "X/1")
    page.click("#v-merge button")
    look("register")
    page.goto(f"{desk.address}/desk/corrections")
    page.click("main summary:has-text('Close it')")
    page.click("button:has-text('Close it')")
    look("inbox")

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert [words.split("\n")[0] for words in told] == [
        "Not sent", "Sent", "Not logged in", *["Nothing was written"] * 3,
    ]  # fmt: skip


def test_nor_does_one_that_lacks_something(page: Page, axe: Axe, desk: Desk) -> None:
    """A doubt not yet decided, one decided over, no recording, no meeting."""
    found: dict[str, list[str]] = {}
    entry = Decision("entry", "That a tree be planted.", "clerk", now(), reference=FROM_A_TRACKER)
    Ledger(desk.app.state.desk.home).append([entry])
    log_in(page, desk)
    for kind in ("minutes", "finding"):
        page.goto(f"{desk.address}/desk/review?kind={kind}")
        page.click("text=Begin with the worst")
        found[kind] = what_shuts_out(page, axe)
    page.click(".buttons button[value=reject]")
    page.wait_for_url("**done=**")
    other = page.context.new_page()
    other.goto(page.url)
    for each in (other, page):
        each.click(".kept button")
    stale = page.locator("h1").inner_text()
    found["stale"] = what_shuts_out(page, axe)
    held = []
    for address in (
        f"/meeting/{MEETING}",
        f"/recommendation/{FROM_A_TRACKER}",
        f"/desk/register/{FROM_A_TRACKER}",
    ):
        page.goto(desk.address + address)
        held.append(page.locator("main").inner_text())
        found[address] = what_shuts_out(page, axe)

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert stale == "Not taken back"
    assert "is not played here" in held[0]
    assert "the meeting that made it is not held here" in held[1]
    assert "Nothing that was said is held" in held[2]


@pytest.mark.parametrize("grey", ["#777", "#666"])
def test_the_watch_would_notice_what_is_hard_to_read_in_the_dark(
    page: Page, axe: Axe, grey: str
) -> None:
    """Just under 4.5 to 1, and just under 7 to 1."""
    dark = f"@media (prefers-color-scheme: dark) {{ p {{ color: {grey}; }} }}"
    page.set_content(
        f"<!doctype html><html lang=en><title>A page</title><style>{dark}</style>"
        "<main><h1>A page</h1><p>Words</p></main>"
    )
    found = what_shuts_out(page, axe)

    assert [fault.split(":")[0] for fault in found] == ["1280 dark", "390 dark"]
