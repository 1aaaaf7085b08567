"""What is printed: all that is to be read, nothing to press, no address that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, log_in, window
from tests.matters_arising.desk.support import REPORT, Desk
from tests.sample_home import JULY, JUNE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = NEEDS_CHROMIUM
SHEET = (718, 1010)  # A4 with margins of a centimetre, at 96 to the inch
PAGES = (
    "/", "/search?q=damp", f"/meeting/{JUNE}?t=100", f"/meeting/{JULY}", "/recommendations",
    "/recommendation/SCSC/2026-27/01", "/person/councillor-helen-penrose", "/committee/scsc",
    "/concerns", "/about", "/help", "/trends?q=damp,police", "/desk/review?kind=voice",
    "/desk/register", "/desk/register/SCSC/2026-27/01", "/desk/corrections", "/desk/audit",
    "/desk/arising?committee=SCSC&for=2026-09-10", f"/desk/reports/{REPORT}",
)  # fmt: skip
TO_PRESS = "button, input:not([type=hidden]), select, textarea, audio, video, nav"
FAULTS = """pressed => {
  const all = wanted => [...document.querySelectorAll(wanted)].filter(e => e.checkVisibility());
  const told = link => getComputedStyle(link, "::after").content;
  return [
    ...all(pressed).map(e => `to press: ${e.outerHTML}`),
    ...all("a[href^='/']").filter(e => told(e).includes("/")).map(e => `no host: ${e.outerHTML}`),
    ...all("main td, main th, main p, main li")
      .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
      .map(e => `cut off: ${e.outerHTML}`),
  ].map(words => words.slice(0, 120));
}"""


def test_every_page_is_fit_for_paper(browser: Browser, looked_at: Desk) -> None:
    """In the dark too: paper is white."""
    page = window(browser, SHEET, color_scheme="dark")
    log_in(page, looked_at)
    found: dict[str, list[str]] = {}
    papers = set()
    for address in PAGES:
        page.goto(looked_at.address + address)
        if "kind=" in address:
            page.click("text=Begin with the worst")
        page.emulate_media(media="print")
        found[address] = page.evaluate(FAULTS, TO_PRESS)
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.emulate_media(media="screen")
    page.context.close()

    assert {address: faults for address, faults in found.items() if faults} == {}
    assert papers == {"rgb(255, 255, 255)"}


@pytest.mark.parametrize("address", [f"/meeting/{JUNE}", "/person/councillor-helen-penrose"])
def test_what_is_folded_on_a_screen_is_open_on_paper_with_where_it_is_from(
    browser: Browser, looked_at: Desk, address: str
) -> None:
    page = window(browser, SHEET)
    page.goto(looked_at.address + address)
    folded = page.locator("main details .rows blockquote").first
    before = folded.is_visible()
    page.emulate_media(media="print")
    after = folded.is_visible()
    words = page.locator("body").inner_text()
    page.context.close()

    assert (before, after) == (False, True)
    assert looked_at.address + address in words
