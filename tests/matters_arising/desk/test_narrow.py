"""On a phone: tables that are read as tables, answers in reach, nothing out of its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, log_in, log_in_by_hand, window
from tests.matters_arising.desk.support import REPORT, Desk
from tests.matters_arising.seeing import DESKTOP, PHONE, ZOOMED
from tests.sample_home import JUNE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
TABLES = ("/", "/about", "/committees", "/committee/scsc", f"/meeting/{JUNE}", "/desk/register",
          "/desk/arising?committee=SCSC&for=2026-09-10", "/desk/audit",
          f"/desk/reports/{REPORT}")  # fmt: skip
OF_TABLES = {"table", "caption", "rowgroup", "row", "columnheader", "rowheader", "cell"}
KINDS = ("voice", "finding", "link")
# what has the focus, and how many of its pixels lie under the bar of answers
UNDER_THE_BAR = """(() => {
  const bar = document.querySelector(".deciding .buttons"), at = document.activeElement;
  if (bar.contains(at) || at === document.body) { return 0; }
  return Math.max(0, at.getBoundingClientRect().bottom - bar.getBoundingClientRect().top);
})()"""


@pytest.fixture(scope="module")
def clerk(browser: Browser, looked_at: Desk) -> Iterator[Page]:
    """Somebody at the desk, at the width of a phone."""
    page = window(browser, (PHONE["width"], PHONE["height"]))
    log_in(page, looked_at)
    yield page
    page.context.close()


def read_out(page: Page) -> list[tuple[str, str]]:
    """What an assistant is told of the tables: each part with its name, in order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    told = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes
            if not n["ignored"]]  # fmt: skip
    return [(role, " ".join(name.split())) for role, name in told if role in OF_TABLES]


@pytest.mark.parametrize("address", TABLES)
def test_a_table_is_read_on_a_phone_as_on_a_desktop(
    clerk: Page, looked_at: Desk, address: str
) -> None:
    """With its head, its rows and the names of its columns; also where styles undo what it is."""
    clerk.set_viewport_size(DESKTOP)
    clerk.goto(looked_at.address + address)
    wide = read_out(clerk)
    clerk.set_viewport_size(PHONE)
    narrow = read_out(clerk)
    # browsers differ in what a style takes away, and none takes away a role that is written
    unsaid = clerk.locator(".stack").evaluate_all(
        "all => all.flatMap(t => [t, ...t.querySelectorAll('thead, tbody, tr, th, td')])"
        ".filter(e => !e.hasAttribute('role')).map(e => e.outerHTML.slice(0, 60))"
    )

    assert narrow == wide
    assert {role for role, _ in narrow} >= {"table", "rowgroup", "row", "columnheader", "cell"}
    assert unsaid == []


def test_a_stacked_table_says_to_the_eye_what_each_figure_is(clerk: Page, looked_at: Desk) -> None:
    clerk.set_viewport_size(PHONE)
    clerk.goto(looked_at.address + "/")
    told = clerk.locator("[data-is=Sentences]").first.evaluate(
        "cell => [getComputedStyle(cell, '::before').content, cell.offsetHeight > 0]"
    )
    head = clerk.locator(".stack thead").first.bounding_box()

    assert told == ['"Sentences: " / ""', True]
    assert head is not None
    assert head["width"] <= 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_answers_are_in_reach_however_long_the_passage_is(
    browser: Browser, looked_at: Desk, kind: str, script: bool
) -> None:
    page = window(browser, (PHONE["width"], PHONE["height"]), java_script_enabled=script)
    log_in_by_hand(page, looked_at)
    page.goto(f"{looked_at.address}/desk/review?kind={kind}")
    page.click("text=Begin with the worst")
    buttons = page.locator(".deciding .buttons .govuk-button")
    buttons.nth(2).wait_for()  # of the next page
    boxes = [b for b in (one.bounding_box() for one in buttons.all()) if b]
    page.click(".more-answers")
    reason = page.locator(".deciding summary").first.bounding_box()
    bar = page.locator(".deciding .buttons").bounding_box()
    page.context.close()

    assert len(boxes) == 3
    assert max(b["y"] + b["height"] for b in boxes) <= PHONE["height"]
    assert min(b["x"] for b in boxes) >= 0
    assert max(b["x"] + b["width"] for b in boxes) <= PHONE["width"]
    assert min(b["height"] for b in boxes) >= 44
    assert reason is not None
    assert bar is not None
    assert reason["y"] + reason["height"] <= bar["y"]


def test_nothing_that_has_the_focus_lies_under_the_answers(clerk: Page, looked_at: Desk) -> None:
    clerk.set_viewport_size(PHONE)
    clerk.goto(f"{looked_at.address}/desk/review?kind=voice")
    clerk.click("text=Begin with the worst")
    under = []
    for _ in range(clerk.locator("a, button, input, select, textarea, summary").count()):
        clerk.keyboard.press("Tab")
        under.append(clerk.evaluate(UNDER_THE_BAR))

    assert len(under) > 20
    assert max(under) == 0


def test_a_window_too_low_for_a_bar_has_none(clerk: Page, looked_at: Desk) -> None:
    """At 400 % it would leave nothing to read."""
    clerk.goto(f"{looked_at.address}/desk/review?kind=voice")
    clerk.click("text=Begin with the worst")
    places = []
    for size in (DESKTOP, PHONE, ZOOMED):
        clerk.set_viewport_size(size)
        places.append(clerk.eval_on_selector(".buttons", "b => getComputedStyle(b).position"))

    assert places == ["static", "fixed", "static"]


def test_an_utterance_that_is_asked_for_stands_like_the_others(
    clerk: Page, looked_at: Desk
) -> None:
    """Its words in the column of words, what was found beside them in the margin."""
    clerk.set_viewport_size(DESKTOP)
    clerk.goto(f"{looked_at.address}/meeting/{JUNE}?t=100#now")
    widths = clerk.locator(".turn .words").evaluate_all(
        "all => [...new Set(all.map(e => Math.round(e.getBoundingClientRect().width)))]"
    )

    assert clerk.locator(".turn.asked-for").count() == 1
    assert len(widths) == 1


def test_each_item_has_its_title_above_what_was_said_under_it(clerk: Page, looked_at: Desk) -> None:
    clerk.goto(f"{looked_at.address}/meeting/{JUNE}")

    assert clerk.locator("li.item h3").all_inner_texts() == [
        "1 Apologies, declarations and minutes",
        "2 Live facial recognition in the town centre",
        "3 Damp and mould repairs in council homes",
        "4 Work programme",
    ]


def test_the_front_page_counts_what_the_register_follows(clerk: Page, looked_at: Desk) -> None:
    """Fewer than were put into words: those stand on a page of their own."""
    clerk.goto(looked_at.address + "/")
    told = clerk.locator(".figures-line a[href='/recommendations']").inner_text()
    clerk.click(".figures-line a[href='/recommendations']")

    assert clerk.locator("main .rows > li").count() == int(told)
