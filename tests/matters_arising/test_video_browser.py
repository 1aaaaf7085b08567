"""A meeting with pictures: the transcript follows them and they follow the transcript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from matters_arising.web import meetings, recordings
from matters_arising.web.recordings import AT_ONCE
from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, broken, window
from tests.matters_arising.desk.support import Desk, copied, served, with_sound
from tests.matters_arising.seeing import until, what_shuts_out
from tests.sample_home import JULY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
LASTS_S, A_SECOND = 150, 4


def film(path: Path) -> None:
    """Noise, which is large: the player must ask for it a stretch at a time."""
    chance = np.random.default_rng(1)
    with av.open(str(path), "w") as made:
        stream = made.add_stream("libvpx", rate=A_SECOND)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.bit_rate, stream.gop_size = 800_000, 8
        stream.options = {"deadline": "realtime", "cpu-used": "8"}
        for _ in range(LASTS_S * A_SECOND):
            picture = chance.integers(0, 255, (96, 160, 3), np.uint8)
            made.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        made.mux(stream.encode(None))


@pytest.fixture(scope="module")
def room(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = copied(sample_home, tmp_path_factory.mktemp("film"))
    film(home / "july.webm")
    with_sound(home, JULY, home / "july.webm")
    with served(home) as made:
        yield made


def at(page: Page) -> float:
    return float(page.eval_on_selector("video", "player => player.currentTime"))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Status and bytes of what the server answers; a browser tells as one answer what it put
    together from several that it kept."""
    answers: list[tuple[int, int]] = []

    class Noted(FileResponse):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            async def noted(said: Message) -> None:
                if said["type"] == "http.response.start":
                    answers.append((said["status"], int(dict(said["headers"])[b"content-length"])))
                await send(said)

            await super().__call__(scope, receive, noted)

    monkeypatch.setattr(recordings, "FileResponse", Noted)
    return answers


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_pictures_and_words_follow_each_other(
    browser: Browser, room: Desk, sent: list[tuple[int, int]], size: tuple[int, int]
) -> None:
    """A click on a time plays that second; what is heard is marked; nothing is sent whole."""
    page = window(browser, size)
    page.goto(f"{room.address}/meeting/{JULY}?t=75#now")
    until(page, "document.querySelector('video').readyState >= 2")
    asked_for, wide = at(page), page.locator("video").bounding_box()
    turn = page.locator("li.turn", has_text="Very good, Councillor Malik").first
    turn.locator("a.at").click()
    until(page, "!document.querySelector('video').paused")
    page.wait_for_selector("li.turn.now")
    jumped, starts = at(page), float(turn.get_attribute("data-start") or "nan")
    page.eval_on_selector("video", "player => { player.currentTime = 120; }")
    until(page, "Number(document.querySelector('li.turn.now').dataset.start) > 100")
    heard = page.locator("li.turn.now")
    page.wait_for_timeout(1200)  # until the page has moved there
    box, player = heard.bounding_box(), page.locator("video").bounding_box()

    assert (room.app.state.desk.home / "july.webm").stat().st_size > 2 * AT_ONCE
    assert asked_for == pytest.approx(75, abs=1)
    assert jumped == pytest.approx(starts, abs=3)
    assert wide is not None
    assert 0 < wide["width"] <= size[0]
    assert box is not None
    assert player is not None
    assert 0 <= box["y"] < size[1]
    if size[0] < 960:  # the player stands above what it plays, and does not cover it
        assert player["y"] + player["height"] <= box["y"] + 1
    assert sent
    assert {status for status, _ in sent} == {206}
    assert max(length for _, length in sent) <= AT_ONCE
    assert broken(page) == []


def test_a_page_with_pictures_shuts_nobody_out(
    browser: Browser, room: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it scroll sideways, on a phone or at 400 %."""
    monkeypatch.setattr(meetings, "PAGE", 5)  # a long transcript is looked at elsewhere
    page = window(browser)
    page.goto(f"{room.address}/meeting/{JULY}")
    until(page, "document.querySelector('video').readyState >= 1")
    found = what_shuts_out(page, Axe())
    page.context.close()

    assert found == []
