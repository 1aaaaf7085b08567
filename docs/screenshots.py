"""Takes the pictures of the README and the tutorials from the pages of the sample council.

    python docs/screenshots.py [HOME]

HOME is the archive that ``make demo`` made (./matters-data). The pages are served from a copy of it
and seen in Chromium; the pictures go into docs/images. Run it again when the pages have changed.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from matters_arising.web.desk.accounts import Accounts

if TYPE_CHECKING:
    from playwright.sync_api import Page

IMAGES = Path(__file__).parent / "images"
WIDTH, HEIGHT = 1100, 760
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
CLERK, PASSWORD = "Ann Clerk", "three quiet herons"
JULY = "aldermere-scsc-2026-07-16"
PUBLIC = {
    "search": "/search?q=was+notice+given+before+the+van+came",
    "meeting": f"/meeting/{JULY}",
    "register": "/recommendations",
    "recommendation": "/recommendation/SCSC/2026-27/01",
    "concerns": "/concerns",
}
AT_THE_DESK = {
    "desk-review": "/desk/review",
    "desk-register": "/desk/register",
    "desk-recommendation": "/desk/register/SCSC/2026-27/01",
}
# behind a link of another page: its picture → that page, the link
BEHIND = {
    "desk-doubt": ("/desk/review", "main a.govuk-button"),
    "desk-report": ("/desk/reports", "main tbody a"),
}
START_S = 60.0


def main() -> None:
    """Takes all pictures."""
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("matters-data")
    from playwright.sync_api import sync_playwright

    with _served(home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, where in PUBLIC.items():
            _take(page, f"{address}{where}", name)
        page.goto(f"{address}/desk")
        page.get_by_label("Name").fill(CLERK)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        for name, where in AT_THE_DESK.items():
            _take(page, f"{address}{where}", name)
        for name, (where, link) in BEHIND.items():
            page.goto(f"{address}{where}")
            _take(page, f"{address}{page.locator(link).first.get_attribute('href')}", name)
        browser.close()


def _take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """The pages of a copy with one account, at a free port."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        copy = Path(folder) / "archive"
        shutil.copytree(home, copy)
        Accounts(copy).add(CLERK, PASSWORD)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-c", "from matters_arising.cli import main; main()"]
        serving = subprocess.Popen([*command, "--home", copy, "serve", "--port", str(port)])
        try:
            _wait(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()
            serving.wait()


def _wait(address: str) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            httpx.get(address, timeout=5.0)
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    main()
