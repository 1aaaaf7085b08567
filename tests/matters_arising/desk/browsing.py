"""A real browser for tests: windows that note what a page says, and hands that have no mouse."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from tests.matters_arising.desk.support import ANN, PASSWORD, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync").split()  # fmt: skip
NEEDS_CHROMIUM = pytest.mark.skipif(
    CHROMIUM is None or find_spec("playwright") is None,
    reason="there is no chromium, or no playwright, on this machine",
)
WIDE = (1280, 900)


def window(browser: Browser, size: tuple[int, int] = WIDE, **more: Any) -> Page:
    """A window of its own, which fails the test if a page's policy is ever broken."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.said = []  # type: ignore[attr-defined]
    page.on("console", lambda m: page.said.append(m.text) if m.type == "error" else None)  # type: ignore[attr-defined]
    page.on("dialog", lambda d: (page.said.append(f"dialog {d.message}"), d.dismiss()))  # type: ignore[attr-defined]
    return page


def broken(page: Page) -> list[str]:
    """What a page said of its policy, or asked in a window; a refused form is told as an error."""
    return [s for s in page.said if "status of 4" not in s]  # type: ignore[attr-defined]


def log_in(page: Page, desk: Desk, name: str = ANN) -> None:
    """By keys: the first field, the second, and Enter."""
    page.goto(f"{desk.address}/desk")
    tab_to(page, "#name")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD[name])
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")


def log_in_by_hand(page: Page, desk: Desk) -> None:
    """With a mouse, which needs no script."""
    page.goto(f"{desk.address}/desk")
    page.fill("#name", ANN)
    page.fill("#password", PASSWORD[ANN])
    page.click("button:has-text('Log in')")


def tab_to(page: Page, what: str, most: int = 120) -> None:
    """Presses Tab until it stands there, as somebody without a mouse does."""
    for _ in range(most):
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached by Tab")
