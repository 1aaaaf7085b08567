"""Looking at a page in a real browser: until something holds, and for what shuts people out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 pixels by 1024 at 400 %
RULES: dict[str, Any] = {
    # the stricter rule of contrast tells only of what meets the other one, so both are asked
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
# in the dark a page has other colours and nothing else, so these rules alone are asked again
OF_COLOUR: dict[str, Any] = {
    "runOnly": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"],
    "resultTypes": ["violations"],
}
RUN = "rules => axe.run(rules).then(told => told.violations)"


def until(page: Page, holds: str) -> None:
    """Waits until something holds; asked from outside, for the policy of the pages lets nobody
    evaluate a string inside."""
    for _ in range(200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"it never came to hold that {holds}")


def what_shuts_out(page: Page, axe: Axe) -> list[str]:
    """Every rule of axe that the page breaks, and by how much it is wider than a window.

    In light and dark, on a desktop and a phone, at 400 %, with everything opened.
    """
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(axe.axe_script)
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme, rules in (("light", RULES), ("dark", OF_COLOUR)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for fault in page.evaluate(RUN, rules):
                where = [n["html"] for n in fault["nodes"]][:3]
                found.append(f"{size['width']} {scheme}: {fault['id']} {where}")
    for size in (PHONE, ZOOMED):
        page.set_viewport_size(size)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            found.append(f"{wider} wider than {size['width']}")
    page.set_viewport_size(DESKTOP)
    return found
