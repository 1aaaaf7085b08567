"""The reading room in a real browser: its stories, its keys, its sizes, with and without script.

Everything is done as a reader does it, on the sample council with its true sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from matters_arising.web import meetings
from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM
from tests.matters_arising.desk.browsing import tab_to as tab_into
from tests.matters_arising.desk.support import served
from tests.matters_arising.seeing import DESKTOP, PHONE, until
from tests.sample_home import JUNE

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"], indirect=True)
WAYS = pytest.mark.parametrize(
    ("size", "script"),
    [(DESKTOP, False), (PHONE, True)],
    ids=["desktop without script", "phone"],
    indirect=True,
)
REFERENCE = "SCSC/2026-27/01"
pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def room(sample_home: Path) -> Iterator[str]:
    """The address of the pages of the sample council, served for real."""
    with served(sample_home) as desk:
        yield desk.address


@pytest.fixture
def size(request: pytest.FixtureRequest) -> ViewportSize:
    """How large the window is."""
    return getattr(request, "param", DESKTOP)  # type: ignore[no-any-return]


@pytest.fixture
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the window runs scripts."""
    return getattr(request, "param", True)


@pytest.fixture
def page(browser: Browser, size: ViewportSize, script: bool) -> Iterator[Page]:
    """A window without the traces of another."""
    context = browser.new_context(viewport=size, java_script_enabled=script)
    context.set_default_timeout(10_000)
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda fault: faults.append(str(fault)))
    made.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    yield made
    context.close()
    assert faults == []


def second(page: Page) -> float:
    """Where the player of a page stands."""
    return float(page.eval_on_selector("[id^=player]", "player => player.currentTime"))


@SIZES
def test_a_researcher_goes_from_a_question_to_the_second_it_was_said(page: Page, room: str) -> None:
    """Question, verbatim hit, the meeting at that second with its sound, the quotation to copy."""
    page.goto(room)
    page.get_by_label("Words that were said, or a question").fill("live facial recognition")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("“Live facial recognition is a camera on a van.”")).to_be_visible()
    expect(page.get_by_text("Searched 2 meetings of 11 June 2026 to 16 July 2026")).to_be_visible()
    page.get_by_role("link", name="In the transcript at 0:01:27").click()

    asked = page.locator("li.turn.asked-for")
    expect(asked).to_contain_text("Live facial recognition is a camera on a van.")
    expect(asked).to_be_in_viewport()
    until(page, "document.querySelector('[id^=player]').readyState >= 1")
    assert second(page) == pytest.approx(87.6, abs=0.5)

    asked.get_by_role("link", name="quote").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Superintendent Paul Hartley, 11 June 2026"
    )
    told = page.locator("#to-copy").inner_text()
    assert "Live facial recognition is a camera on a van." in told
    assert f"Meeting {JUNE}, machine-made transcript" in told
    assert told.split()[-1] == page.url.partition("?")[0]


@SIZES
def test_a_click_jumps_the_player_and_the_transcript_follows_the_sound(
    page: Page, room: str
) -> None:
    """What is heard is marked, and comes into view."""
    page.goto(f"{room}/meeting/{JUNE}")
    turn = page.locator("li.turn", has_text="Live facial recognition is a camera on a van.")
    turn.locator("a.at").click()
    until(page, "!document.querySelector('[id^=player]').paused")

    start = float(turn.get_attribute("data-start") or "nan")
    assert second(page) == pytest.approx(start, abs=2.0)
    expect(turn).to_have_attribute("aria-current", "true")
    expect(turn).to_be_in_viewport()
    assert page.url.endswith(f"#{turn.get_attribute('id')}")

    page.eval_on_selector("[id^=player]", "player => { player.currentTime = 300; }")
    heard = page.locator("li.turn.now")
    until(
        page,
        "(() => { const now = document.querySelector('li.turn.now');"
        " return now && Number(now.dataset.start) > 290; })()",
    )
    assert float(heard.get_attribute("data-start") or "nan") <= 302
    expect(heard).to_be_in_viewport()

    chapter = page.get_by_role("navigation", name="Agenda").locator("a", has_text="Damp and mould")
    began = page.locator(f"[id='{chapter.get_attribute('data-chapter')}']")
    chapter.click()
    until(page, "document.querySelector('[id^=player]').currentTime > 320")
    assert second(page) == pytest.approx(float(began.get_attribute("data-start") or "nan"), abs=3.0)
    expect(began).to_be_in_viewport()
    expect(page.locator(".margin .note", has_text="recommendation").first).to_be_attached()


def test_where_the_sound_leaves_the_page_nothing_is_marked_and_a_link_goes_after_it(
    page: Page, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways: to the later turns of a long transcript, and from them to the earlier."""
    monkeypatch.setattr(meetings, "PAGE", 5)
    played = "player => { player.muted = true; player.currentTime = %s; return player.play(); }"
    with served(sample_home) as desk:
        page.goto(f"{desk.address}/meeting/{JUNE}")
        page.eval_on_selector("[id^=player]", played % 1)
        page.wait_for_selector("li.turn[aria-current]")
        at_first = page.locator("#elsewhere").is_visible()
        page.eval_on_selector("[id^=player]", played % 300)
        page.get_by_role("link", name="Go to it").click()
        page.wait_for_url("**/meeting/*t=30*")
        asked = page.locator("li.turn.asked-for")
        expect(asked).to_be_in_viewport()
        until(page, "document.querySelector('[id^=player]').readyState >= 1")
        heard = second(page)
        start, end = (float(asked.get_attribute(f"data-{a}") or "nan") for a in ("start", "end"))
        page.eval_on_selector("[id^=player]", played % 1)
        expect(page.get_by_role("link", name="Go to it")).to_be_visible()
        expect(page.locator("li.turn[aria-current]")).to_have_count(0)

    assert not at_first
    assert heard == pytest.approx(300, abs=9)
    assert start - 2 <= heard <= end + 2


def test_what_was_found_stands_beside_the_words_it_quotes(page: Page, room: str) -> None:
    """Every finding of the meeting once, by the turn that says it, and nothing else."""
    told = page.request.get(f"{room}/meeting/{JUNE}.json").json()
    rows = [row for kind in told["findings"].values() for row in kind]
    found = sorted((f["kind"], f["start_s"], f["quote"]) for f in rows)
    page.goto(f"{room}/meeting/{JUNE}")
    turns = page.locator("li.turn:has(.margin)").evaluate_all(
        "all => all.map(turn => [turn.querySelector('.said').innerText,"
        " Number(turn.dataset.start) - 0.01, Number(turn.dataset.end) + 0.01,"
        " [...turn.querySelectorAll('.note .govuk-tag')].map(tag => tag.innerText.toLowerCase())])"
    )
    beside = []
    for said, start, end, kinds in turns:
        quoted = [f for f in found if f[2] in said and start <= f[1] <= end]
        assert sorted(kinds) == [kind for kind, _, _ in quoted], said
        beside += quoted

    assert len(found) > 10
    assert sorted(beside) == found


def test_a_reader_who_does_not_want_to_be_moved_is_not(page: Page, room: str) -> None:
    """The mark goes on, the page stays."""
    page.goto(f"{room}/meeting/{JUNE}")
    page.get_by_label("The transcript follows the sound").uncheck()
    page.eval_on_selector(
        "[id^=player]",
        "player => { player.currentTime = 300; player.muted = true; return player.play(); }",
    )
    page.wait_for_selector("li.turn.now")

    expect(page.locator("li.turn.now")).not_to_be_in_viewport()


@SIZES
def test_a_quotation_is_copied_with_its_citation(page: Page, room: str) -> None:
    """From the transcript itself, by keys, to the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=room)
    page.goto(f"{room}/meeting/{JUNE}")
    turn = page.locator("li.turn", has_text="Live facial recognition is a camera on a van.")
    turn.locator("a.quote").focus()
    page.keyboard.press("Tab")
    expect(turn.get_by_role("button", name="copy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#saying")).to_have_text("Copied, with its citation.")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Good evening to you all. My name is Paul Hartley")
    assert "Live facial recognition is a camera on a van." in copied
    assert f"{room}/said/{JUNE}/" in copied


@SIZES
def test_where_a_page_may_not_copy_the_quotation_is_marked_to_be_copied_by_hand(
    page: Page, room: str
) -> None:
    """As over plain http from another machine: from the transcript to the quotation, and marked."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.goto(f"{room}/meeting/{JUNE}")
    turn = page.locator("li.turn", has_text="Live facial recognition is a camera on a van.")
    turn.get_by_role("button", name="copy").click()
    page.wait_for_url("**/said/**")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#saying")).to_contain_text("The quotation is marked")

    marked = page.evaluate("getSelection().toString()")
    assert "Live facial recognition is a camera on a van." in marked
    assert f"{room}/said/{JUNE}/" in marked


@SIZES
def test_a_researcher_leaves_with_counts_and_files(page: Page, room: str) -> None:
    """A chart with its table, every occurrence, and the transcript as three kinds of file."""
    page.goto(f"{room}/search?q=damp")
    page.get_by_role("link", name="Every occurrence").click()
    page.get_by_role("link", name="How often it was said, by month").click()
    expect(page.get_by_role("row", name="All 2 of 2")).to_be_visible()
    until(page, "document.querySelector('figure img').naturalWidth > 0")

    page.goto(f"{room}/meeting/{JUNE}")
    sizes = {}
    for name in ("VTT", "CSV", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        sizes[download.value.suggested_filename] = Path(download.value.path()).stat().st_size
    assert set(sizes) == {f"{JUNE}.{kind}" for kind in ("vtt", "csv", "json")}
    assert min(sizes.values()) > 5_000


@SIZES
def test_a_reader_follows_a_recommendation_from_the_room_to_its_result(
    page: Page, room: str
) -> None:
    """Register, life, each step with its evidence, the words in their meeting."""
    page.goto(room)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Recommendations").click()
    page.get_by_label("State").select_option("overdue")
    page.get_by_role("button", name="Show").click()
    assert page.locator("main .rows > li").count() >= 1

    page.goto(f"{room}/recommendations")
    page.get_by_role("link", name=REFERENCE).click()
    expect(page.get_by_role("heading", name="From the room to the result")).to_be_visible()
    assert page.locator(".life li").count() >= 3
    page.get_by_role("link", name="In the transcript").first.click()
    expect(page.locator("li.turn.asked-for")).to_be_in_viewport()


@SIZES
def test_keys_alone_lead_from_the_front_page_to_the_sound(page: Page, room: str) -> None:
    """Skip link, question, hit, turn, player: and what has the focus can be seen."""
    page.goto(room)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words that were said, or a question")).to_be_focused()
    page.keyboard.type("camera on a van")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    tab_to(page, "In the transcript at 0:01:27")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meeting/**")
    page.locator("li.turn.asked-for").wait_for()
    until(page, "document.querySelector('[id^=player]').readyState >= 1")
    tab_to(page, "0:01:20")
    seen = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
    page.keyboard.press("Enter")
    until(page, "!document.querySelector('[id^=player]').paused")

    assert seen != "none"
    assert second(page) == pytest.approx(80.2, abs=3)


@WAYS
def test_keys_alone_lead_to_counts_and_files(page: Page, room: str) -> None:
    """A phrase counted, where it was said, its meeting, the transcript as a file."""
    page.goto(room)
    follow(page, "Trends")
    tab_into(page, "#q")
    page.keyboard.type("damp")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="All 2 of 2")).to_be_visible()
    follow(page, "“damp”")
    counted = page.locator("main h2").inner_text()
    follow(page, "Safer Communities Scrutiny Committee, 11 June 2026")
    tab_to(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    table = Path(download.value.path()).read_text(encoding="utf-8")

    assert re.match(r"\d+ occurrences of “damp”", counted)
    assert download.value.suggested_filename == f"{JUNE}.csv"
    assert "Live facial recognition is a camera on a van." in table


@WAYS
def test_keys_alone_lead_from_the_register_to_what_was_said(page: Page, room: str) -> None:
    """What is overdue, the life of one recommendation, the words that are its evidence."""
    page.goto(room)
    follow(page, "Recommendations")
    tab_into(page, "#state")
    page.keyboard.type("overdue")
    tab_to(page, "Show")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    overdue = page.locator("main .rows > li", has=page.get_by_text("overdue", exact=True)).first
    follow(page, overdue.locator("a").first.inner_text())
    expect(page.get_by_role("heading", name="From the room to the result")).to_be_visible()
    follow(page, page.get_by_role("link", name="In the transcript at").first.inner_text())

    expect(page.locator("li.turn.asked-for")).to_be_in_viewport()


def follow(page: Page, name: str) -> None:
    """Goes by keys alone where the link of this name leads."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the link, button or field of this name has the focus."""
    for _ in range(250):
        page.keyboard.press("Tab")
        if name == page.evaluate("document.activeElement.innerText.trim()"):
            return
    pytest.fail(f"no way by Tab to '{name}'")


@SIZES
def test_everything_but_the_following_works_without_script(
    browser: Browser, room: str, size: ViewportSize
) -> None:
    """Search, transcript, find, player at the second, quotation."""
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto(room)
    page.get_by_label("Words that were said, or a question").fill("camera on a van")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="In the transcript at 0:01:27").click()
    source = page.locator("[id^=player]").get_attribute("src") or ""
    shown = page.locator("li.turn.asked-for")
    expect(shown).to_contain_text("camera on a van")
    expect(page.get_by_label("The transcript follows the sound")).to_be_hidden()
    page.get_by_label("Find words in this meeting").fill("treated like a criminal")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("mark").first).to_have_text("treated like a criminal")
    page.get_by_role("link", name="quote").first.click()

    expect(page.locator("#to-copy")).to_contain_text("machine-made transcript")
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    assert float(source.partition("#t=")[2]) == pytest.approx(87.6, abs=0.5)
    context.close()
