"""The queue by keys alone: the same keys for every kind of doubt, where no sound is held too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, broken, log_in, tab_to, window
from tests.matters_arising.desk.support import ANN, Desk
from tests.matters_arising.seeing import PHONE
from transcripts.ledger import Ledger

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
SOMEBODY = "Dr Grace Okoro"


def press(page: Page, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_every_kind_of_doubt_is_settled_by_keys_alone(browser: Browser, desk: Desk) -> None:
    """Yes, no, and a name of the roster; each is told, and the last is taken back."""
    page = window(browser, (PHONE["width"], PHONE["height"]))
    log_in(page, desk)
    told = []
    for kind, key in (("minutes", "a"), ("finding", "r"), ("link", "a"), ("voice", "n")):
        page.goto(f"{desk.address}/desk/review?kind={kind}")
        press(page, "j")
        if key == "n":
            tab_to(page, "#name")
            page.keyboard.type(SOMEBODY)
            page.keyboard.press("Tab")
        press(page, key)
        told.append(page.locator(".kept").inner_text())
    press(page, "u")
    home = desk.app.state.desk.home
    lines = [(n.kind, n.verdict) for n in Ledger(home).all_lines() if n.who == ANN]
    faults = broken(page)
    page.context.close()

    assert [line[0] for line in lines] == ["minuted", "finding", "link", "speaker", "undo"]
    assert [line[1] for line in lines][:4] == ["accepted", "rejected", "accepted", SOMEBODY]
    assert all("Kept" in words for words in told)
    assert faults == []


def test_the_key_for_undo_goes_back_and_never_forth(browser: Browser, desk: Desk) -> None:
    page = window(browser)
    log_in(page, desk)
    page.goto(f"{desk.address}/desk/review?kind=finding")
    for key in ("j", "r", "r", "u", "u"):
        press(page, key)
    told = page.locator(".kept").inner_text()
    page.keyboard.press("u")
    page.wait_for_timeout(300)
    lines = [n for n in Ledger(desk.app.state.desk.home).all_lines() if n.who == ANN]
    faults = broken(page)
    page.context.close()

    assert [n.kind for n in lines] == ["finding", "finding", "undo", "undo"]
    assert [n.verdict for n in lines[2:]] == [lines[1].id, lines[0].id]
    assert lines[0].words in told
    assert faults == []


def test_the_key_for_a_name_goes_to_the_list_while_none_is_chosen(
    browser: Browser, desk: Desk
) -> None:
    page = window(browser)
    log_in(page, desk)
    page.goto(f"{desk.address}/desk/review?kind=voice")
    press(page, "j")
    before = page.url
    page.keyboard.press("n")
    stands_on = page.evaluate("document.activeElement.id")
    page.keyboard.type(SOMEBODY)
    page.keyboard.press("Tab")
    press(page, "n")
    told = page.locator(".kept").inner_text()
    page.context.close()

    assert stands_on == "name"
    assert "done=" not in before
    assert SOMEBODY in told
