"""No page of the reading room shuts anybody out, nor tells anybody elsewhere who reads what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from matters_arising.web import meetings
from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM, window
from tests.matters_arising.desk.support import served
from tests.matters_arising.seeing import what_shuts_out
from tests.sample_home import JULY, JUNE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = NEEDS_CHROMIUM
REFERENCE = "SCSC/2026-27/01"
PAGES = {
    "front": "/",
    "search form": "/search",
    "search": "/search?q=live+facial+recognition",
    "not found": "/search?q=zeppelin&from=2026-06-01",
    "meeting": f"/meeting/{JUNE}?t=100",
    "found in a meeting": f"/meeting/{JUNE}?find=damp",
    "recommendations": "/recommendations",
    "recommendation": f"/recommendation/{REFERENCE}",
    "floated": "/floated",
    "person": "/person/councillor-helen-penrose",
    "committees": "/committees",
    "committee": "/committee/scsc",
    "concerns": "/concerns",
    "about": "/about",
    "help": "/help",
    "researcher": "/help/researcher",
    "clerk": "/help/clerk",
    "operator": "/help/operator",
    "trends": "/trends?q=facial+recognition,damp",
    "concordance": "/concordance?q=facial+recognition",
    "problem": "/nowhere",
    "slip": "/search?q=notice&speaker=Flecher",
}


def test_no_page_shuts_anybody_out(
    browser: Browser, sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """axe-core finds nothing and nothing scrolls sideways, in light and dark, wide and narrow.

    Nor is anybody told elsewhere who reads what: a browser asks these pages alone.
    """
    monkeypatch.setattr(meetings, "PAGE", 20)  # so that a transcript has several pages
    page, axe, found = window(browser), Axe(), {}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(sample_home) as desk:
        room = desk.address
        for name, address in pages(room).items():
            page.goto(room + address)
            found[name] = what_shuts_out(page, axe)
        page.context.close()

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert asked
    assert [url for url in asked if not url.startswith((f"{room}/", "data:"))] == []


def pages(room: str) -> dict[str, str]:
    """Every kind of page, also those whose address only the archive knows."""
    (thread, *_) = httpx.get(f"{room}/concerns.json").json()["threads"]
    (said, *_) = httpx.get(f"{room}/meeting/{JULY}.json").json()["transcript"]
    quotation = f"/said/{JULY}/{said['transcript_version'][:8]}-{said['utterance_id']}"
    return PAGES | {"concern": f"/concern/{thread['thread_id']}", "quotation": quotation}
